//! The player in a real browser: the picture moves, near live, and goes on after the publisher comes back.

use anyhow::{Context, Result, ensure};
use protocol::{Command, ServerTime};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::Page,
    publisher::Picture,
    show::{ROOM, Show},
    site::{File, Site},
};

/// A page of our own with nothing but the player: `src` alone loads nothing of the shop.
async fn player(show: &Show) -> Result<(Site, Page)> {
    let shop = show.server.origin();
    let site = Site::start(format!(
        "<!doctype html><script type=module src='{shop}/embed/live-stall.js'></script>\
         <live-stall src='{shop}/live/{ROOM}/index.m3u8' autoplay muted></live-stall>"
    ))
    .await?;
    let page = Page::open_playing(site.origin(), PHONE).await?;
    Ok((site, page))
}

#[tokio::test]
async fn the_picture_moves_and_is_near_live() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) = player(&show).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let first = page.picture().await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let second = page.picture().await?;
    let frames = second.frame.context("no picture")?.saturating_sub(first.frame.context("no picture")?);
    ensure!((45..=80).contains(&frames), "{frames} frames in about 2 s: {first:?} {second:?}");

    // The frame on the screen against the one that the encoder is drawing now, by the programme's own clock.
    let anchor = show.first_picture().await?;
    let drawn = anchor + i64::from(second.frame.context("no picture")?) * 1_000 / 30;
    let behind = second.wall as i64 - drawn;
    ensure!((0..2_500).contains(&behind), "the picture is {behind} ms behind the programme clock");
    let program = second.program.context("the element gives no programTime")? as i64;
    ensure!((program - drawn).abs() <= 100, "programTime is {} ms off the picture", program - drawn);
    let latency = (second.latency.context("the element gives no latency")? * 1_000.0) as i64;
    ensure!((latency - behind).abs() <= 250, "latency says {latency} ms, the picture {behind} ms");

    let loaded =
        page.run("return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.endsWith('_seat.js'))", &[]).await?;
    ensure!(
        !loaded.to_string().contains("/embed/overlay"),
        "a page that only plays loaded the shop: {loaded}"
    );
    Ok(())
}

/// What was seen of a show until it ended.
#[derive(Debug, Deserialize)]
struct Seen {
    /// The numbers painted into the pictures, in the order in which they were shown.
    frames: Vec<u32>,
    duration: f64,
    at: f64,
    /// Ranges that are buffered, in seconds.
    buffered: Vec<(f64, f64)>,
    error: Option<String>,
}

#[tokio::test]
async fn a_show_that_ends_is_played_to_its_last_picture() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) = player(&show).await?;
    let script = "window.frames = []; const video = probe.video(); \
        const look = () => { const frame = probe.frame(); if (frame !== null) frames.push(frame); \
        video.requestVideoFrameCallback(look) }; video.requestVideoFrameCallback(look)";
    page.run(script, &[]).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    show.host.command(ROOM, &Command::EndShow).await?;
    let script = "const stall = probe.stall(); if (!stall.ended) return null; const {buffered} = stall; \
        return {frames, duration: stall.duration, at: stall.currentTime, error: stall.error?.message ?? null, \
        buffered: Array.from({length: buffered.length}, (_, at) => [buffered.start(at), buffered.end(at)])}";
    let seen = page
        .until("the show is played to its end", Duration::from_secs(20), async || {
            Ok(serde_json::from_value::<Option<Seen>>(page.run(script, &[]).await?)?)
        })
        .await?;
    ensure!(seen.error.is_none() && (seen.at - seen.duration).abs() < 0.1, "{seen:?}");
    ensure!(seen.buffered.len() == 1 && (seen.buffered[0].1 - seen.duration).abs() < 0.1, "{seen:?}");
    let (first, last) = seen.frames.first().zip(seen.frames.last()).context("no picture was seen")?;
    ensure!(last - first >= 90 && seen.frames.is_sorted(), "{seen:?}");
    // A machine without a GPU leaves some out, but none of them long.
    ensure!(seen.frames.windows(2).all(|pair| pair[1] - pair[0] <= 10), "{seen:?}");
    Ok(())
}

/// What the show's playlist holds by now, as a recording with a date range every half second from the second one on.
async fn recording_with_ranges(show: &Show) -> Result<String> {
    let path = format!("/live/{ROOM}/media.m3u8");
    let text = show.server.api()?.request(reqwest::Method::GET, &path).send().await?.text().await?;
    let base = format!("{}/live/{ROOM}/", show.server.origin());
    let kept = [
        "#EXTM3U",
        "#EXT-X-VERSION",
        "#EXT-X-TARGETDURATION",
        "#EXT-X-MEDIA-SEQUENCE",
        "#EXT-X-MAP",
        "#EXT-X-PROGRAM",
        "#EXTINF",
    ];
    let mut recording = String::new();
    for line in text.lines() {
        if line.starts_with('#') && kept.iter().any(|tag| line.starts_with(tag)) {
            recording += &line.replace("URI=\"", &format!("URI=\"{base}"));
            recording += "\n";
        } else if !line.starts_with('#') {
            recording += &format!("{base}{line}\n");
        }
    }
    let first = show.first_picture().await?;
    for half in 0..8 {
        let start = ServerTime(first + 1_000 + half * 500);
        recording += &format!("#EXT-X-DATERANGE:ID=\"r{half}\",START-DATE=\"{start}\",X-TEA=\"oolong\"\n");
    }
    Ok(recording + "#EXT-X-ENDLIST\n")
}

#[tokio::test]
async fn a_busy_page_does_not_hold_up_what_comes_with_the_picture() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    tokio::time::sleep(Duration::from_secs(9)).await;
    let recording = recording_with_ranges(&show).await?;
    let shop = show.server.origin();
    let page = format!(
        "<!doctype html><script type=module src='{shop}/embed/live-stall.js'></script>\
         <live-stall src='/recording.m3u8' muted></live-stall>"
    );
    let site = Site::serve(vec![File::new("/", page), File::new("/recording.m3u8", recording)]).await?;
    let page = Page::open(site.origin(), PHONE).await?;
    // Plays for 1.3 s, then nothing of the page runs for 1.6 s; cues are compared with where the picture was by the clock.
    let script = "return (async () => { const stall = document.querySelector('live-stall'), heard = []; \
        stall.addEventListener('stall:cue', ({detail}) => heard.push(detail.id)); await stall.play(); \
        const wait = ms => new Promise(done => setTimeout(done, ms)); \
        const wall = () => performance.timeOrigin + performance.now(); \
        while (stall.currentTime < 1.3) await wait(20); \
        const busy = [wall()]; while (wall() < busy[0] + 1600); busy.push(wall()); \
        while (stall.currentTime < 5.2) await wait(50); \
        const at = stall.currentTime, now = wall(); \
        return [busy, stall.cues.map(cue => [cue.id, cue.data.attributes['X-TEA'], cue.firedAt, at - (now - cue.firedAt) / 1000 - cue.start]), heard] })()";
    let told = page.run(script, &[]).await?;
    let cues = told[1].as_array().context("no cues")?;
    let names: Vec<_> = cues.iter().filter_map(|cue| cue[0].as_str()).collect();
    ensure!(names == ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"], "{told}");
    ensure!(told[2] == json!(names), "{told}");
    ensure!(cues.iter().all(|cue| cue[1] == json!("oolong")), "{told}");
    let busy = |cue: &&serde_json::Value| {
        cue[2].as_f64() > told[0][0].as_f64() && cue[2].as_f64() < told[0][1].as_f64()
    };
    ensure!(cues.iter().filter(busy).count() >= 2, "cues waited for the page: {told}");
    ensure!(cues.iter().all(|cue| cue[3].as_f64().is_some_and(|late| late.abs() < 0.25)), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_publisher_that_drops_and_returns_goes_on_without_a_reload() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    let (_site, page) = player(&show).await?;
    page.run("window.notReloaded = true", &[]).await?;
    let anchor = show.first_picture().await?;
    let before = page.picture().await?;
    publisher.drop_off().await?;
    page.shows(".face[data-face=away], .face[data-face=buffering]", "").await?;
    let stood_still = page.picture().await?.frame;
    let _publisher = show.publish(Picture::default()).await?;
    // The new encoder counts from nought again, so that its pictures are later than their numbers say.
    let after = page
        .until("the picture of the returned publisher", Duration::from_secs(20), async || {
            let picture = page.picture().await?;
            let Some((frame, program)) = picture.frame.zip(picture.program) else { return Ok(None) };
            let drawn = anchor + i64::from(frame) * 1_000 / 30;
            // Just after the seek the last picture of the old one still stands there.
            let fresh = picture.frame != stood_still && program as i64 - drawn > 1_000;
            Ok(fresh.then_some(frame))
        })
        .await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let later = page.picture().await?;
    ensure!(later.frame.is_some_and(|frame| frame > after + 30), "it stands still: {after} then {later:?}");
    ensure!(
        later.program > before.program && later.time > before.time,
        "the clock went back: {before:?} {later:?}"
    );
    ensure!(
        page.run("return window.notReloaded === true", &[]).await? == json!(true),
        "the page was reloaded"
    );
    Ok(())
}
