//! What goes wrong between a live stream and its viewer, and is survived: it plays on by itself, the page stays as it is.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    faults::{Fault, On},
    origin::Origin,
    page::Page,
};

/// Longest time from the first fault to a picture that moves again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Seconds that are played after it before it counts as survived.
const AFTER: f64 = 2.0;

/// A playlist without parts says where the live edge is to so many seconds only.
const SEGMENT: f64 = 1.0;

const PAGE: &str = "<live-stall src=/live/media.m3u8 autoplay muted></live-stall><script>window.errors = []; \
    document.addEventListener('stall:error', ({detail}) => errors.push(detail.message)); \
    const meddling = new BroadcastChannel('meddling'); let refused = 0; \
    meddling.onmessage = () => { refused += 1 }; window.first = true</script>";

/// A viewer of a live stream.
struct Viewer {
    origin: Origin,
    page: Page,
}

/// How the viewer fares.
#[derive(Debug, Deserialize)]
struct Now {
    time: f64,
    frames: u32,
    /// Seconds behind the programme clock.
    latency: Option<f64>,
    /// What the element's `error` says.
    error: Option<String>,
    /// The page has not been loaded anew.
    first: bool,
    #[expect(dead_code, reason = "for who reads why a test fails")]
    heard: Vec<String>,
}

impl Viewer {
    /// Somebody who has been watching for a moment.
    async fn watching() -> Result<Self> {
        let origin = Origin::start(PAGE).await?;
        let page = Page::open(origin.address(), PHONE).await?;
        let viewer = Self { origin, page };
        viewer
            .page
            .until("the player is at home in a worker", PATIENCE, async || {
                let home = viewer
                    .page
                    .run("return document.querySelector('live-stall').stats.home ?? null", &[])
                    .await?;
                ensure!(home != json!("native"), "the browser plays by itself");
                Ok((home == json!("worker")).then_some(()))
            })
            .await?;
        let start = viewer.now().await?;
        viewer.plays_past(start.time + 1.0, &start).await?;
        Ok(viewer)
    }

    async fn now(&self) -> Result<Now> {
        let script = "const stall = document.querySelector('live-stall'), video = stall?.video; \
            return {time: video?.currentTime ?? 0, frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0, \
            latency: stall?.latency ?? null, error: stall?.error?.message ?? null, first: window.first === true, heard: errors}";
        Ok(serde_json::from_value(self.page.run(script, &[]).await?)?)
    }

    async fn plays_past(&self, time: f64, before: &Now) -> Result<Now> {
        let frames = before.frames;
        let now = self
            .page
            .until(&format!("it plays past {time} s, after {before:?}"), PATIENCE, async || {
                let now = self.now().await?;
                ensure!(now.error.is_none(), "it gave up: {now:?}");
                Ok((now.time > time && now.frames > frames).then_some(now))
            })
            .await?;
        ensure!(now.first, "the page was loaded anew");
        Ok(now)
    }

    /// Waits until something has gone wrong so often, then sees it play on.
    async fn survives(&self, faults: u32) -> Result<Now> {
        self.page
            .until(&format!("{faults} faults struck"), PATIENCE, async || {
                Ok((self.origin.hits() >= faults).then_some(()))
            })
            .await?;
        self.plays_on().await
    }

    /// Plays on, and is live again.
    async fn plays_on(&self) -> Result<Now> {
        let struck = self.now().await?;
        // What is buffered is played anyway: that does not count.
        let ahead =
            self.page.run("return document.querySelector('live-stall').stats.bufferAhead ?? 0", &[]).await?;
        let buffered = ahead.as_f64().context("no bufferAhead")?;
        self.plays_past(struck.time + buffered + AFTER, &struck).await
    }

    /// What Chromium tells of a decoder that fails in the middle of a picture, and what the page does right after.
    async fn fail_to_decode(&self, then: &str) -> Result<()> {
        let script = "const {video} = document.querySelector('live-stall'); window.loaded = false; \
            video.addEventListener('loadeddata', () => { loaded = true }, {once: true}); \
            for (const name of ['error', 'pause']) video.dispatchEvent(new Event(name));";
        self.page.run(&[script, then].concat(), &[]).await.map(drop)
    }

    /// In the worker: the next appends find no room, or the clock is turned, by so many milliseconds.
    async fn meddle(&self, what: &str, number: f64) -> Result<()> {
        let script = "meddling.postMessage({[arguments[0]]: arguments[1]})";
        self.page.run(script, &[json!(what), json!(number)]).await.map(drop)
    }
}

#[tokio::test]
async fn segments_that_are_not_there_are_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::Status(404), 3);
    viewer.survives(3).await.map(drop)
}

#[tokio::test]
async fn a_segment_that_never_comes_is_passed_over() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::OneSegment, Fault::Status(404), 100);
    viewer.survives(2).await.map(drop)
}

#[tokio::test]
async fn a_server_in_trouble_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::Status(503), 3);
    viewer.survives(3).await?;
    viewer.origin.fail(On::Playlists, Fault::Status(500), 3);
    viewer.survives(3).await.map(drop)
}

#[tokio::test]
async fn bodies_that_are_cut_short_are_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::Truncated, 2);
    viewer.survives(2).await?;
    viewer.origin.fail(On::Playlists, Fault::Truncated, 2);
    viewer.survives(2).await.map(drop)
}

#[tokio::test]
async fn bodies_shorter_than_announced_are_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::WrongLength, 2);
    viewer.survives(2).await?;
    viewer.origin.fail(On::Playlists, Fault::WrongLength, 2);
    viewer.survives(2).await.map(drop)
}

#[tokio::test]
async fn a_body_that_stalls_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::Stalled, 1);
    viewer.survives(1).await.map(drop)
}

#[tokio::test]
async fn seconds_offline_are_survived_and_made_up_for() -> Result<()> {
    let viewer = Viewer::watching().await?;
    let before = viewer.now().await?.latency.context("no latency")?;
    viewer.origin.go_offline(Duration::from_secs(5)).await;
    viewer.survives(1).await?;
    viewer
        .page
        .until("it is as near live as before", PATIENCE, async || {
            let latency = viewer.now().await?.latency.context("no latency")?;
            Ok((latency < before + SEGMENT).then_some(()))
        })
        .await
}

#[tokio::test]
async fn a_playlist_that_stops_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.replay().freeze(true);
    tokio::time::sleep(Duration::from_secs(6)).await;
    viewer.origin.replay().freeze(false);
    viewer.plays_on().await.map(drop)
}

#[tokio::test]
async fn a_playlist_that_goes_backwards_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    for seconds in [4, 0, 4, 0] {
        viewer.origin.replay().rewind(seconds);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
    }
    let now = viewer.plays_on().await?;
    ensure!(now.latency.is_some_and(|latency| latency < 8.0), "{now:?}");
    Ok(())
}

#[tokio::test]
async fn a_server_that_begins_its_numbers_anew_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.replay().restart();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let now = viewer.plays_on().await?;
    ensure!(now.latency.is_some_and(|latency| latency < 8.0), "{now:?}");
    Ok(())
}

#[tokio::test]
async fn a_segment_that_cannot_be_decoded_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.origin.fail(On::Segments, Fault::Corrupted, 1);
    viewer.survives(1).await?;
    viewer.origin.fail(On::OneSegment, Fault::Corrupted, 100);
    viewer.survives(1).await.map(drop)
}

#[tokio::test]
async fn a_picture_that_the_browser_stopped_when_it_failed_plays_on() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.fail_to_decode("").await?;
    viewer.plays_on().await.map(drop)
}

#[tokio::test]
async fn a_picture_that_was_paused_while_it_failed_stays_paused() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.fail_to_decode("document.querySelector('live-stall').pause();").await?;
    viewer
        .page
        .until("there is a picture again", PATIENCE, async || {
            let ready = "return loaded && document.querySelector('live-stall').video.readyState >= 2";
            Ok((viewer.page.run(ready, &[]).await? == json!(true)).then_some(()))
        })
        .await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let paused = viewer.page.run("return document.querySelector('live-stall').paused", &[]).await?;
    ensure!(paused == json!(true), "it plays: {:?}", viewer.now().await?);
    Ok(())
}

#[tokio::test]
async fn a_full_buffer_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    viewer.meddle("full", 4.0).await?;
    viewer
        .page
        .until("the buffer was full", PATIENCE, async || {
            Ok((viewer.page.run("return refused", &[]).await? == json!(4)).then_some(()))
        })
        .await?;
    viewer.plays_on().await.map(drop)
}

#[tokio::test]
async fn a_clock_that_jumps_is_survived() -> Result<()> {
    let viewer = Viewer::watching().await?;
    // The worker's clock an hour on, as after sleep; then the page's a day back, as when it is set.
    viewer.meddle("turn", 3_600_000.0).await?;
    viewer.plays_on().await?;
    viewer.page.run("const now = Date.now; Date.now = () => now() - 86_400_000", &[]).await?;
    viewer.plays_on().await.map(drop)
}
