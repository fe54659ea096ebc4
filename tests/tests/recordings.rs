//! A show that is over is played again: what was packaged is what the replay has, whatever became of the server.

use anyhow::{Context, Result, ensure};
use playlist::{Media, Playlist, PlaylistType};
use protocol::{Command, Show as Past};
use reqwest::Method;
use std::time::Duration;
use tests::{
    publisher::{FRAME_RATE, Picture, Publisher},
    server::Server,
    show::{ROOM, Show},
    wait::until,
};

async fn text(show: &Show, path: &str) -> Result<String> {
    let answer = show.server.api()?.request(Method::GET, path).send().await?;
    Ok(answer.error_for_status().with_context(|| path.to_owned())?.text().await?)
}

async fn shows(show: &Show) -> Result<Vec<Past>> {
    Ok(serde_json::from_str(&text(show, &format!("/api/v1/rooms/{ROOM}/shows")).await?)?)
}

/// The newest show, once it has a replay.
async fn replay(show: &Show) -> Result<Past> {
    until("there is a replay", Duration::from_secs(20), async || {
        Ok(shows(show).await?.into_iter().next().filter(|past| past.replay.is_some()))
    })
    .await
}

async fn media(show: &Show, past: &Past) -> Result<Media> {
    match playlist::parse(&text(show, &format!("/live/{ROOM}/shows/{}/media.m3u8", past.id)).await?)? {
        Playlist::Media(media) => Ok(media),
        Playlist::Multivariant(_) => anyhow::bail!("expected a media playlist"),
    }
}

/// Decode times of the pictures, in seconds, as ffprobe reads them.
async fn pictures(show: &Show, path: &str) -> Result<Vec<f64>> {
    let url = format!("{}{path}", show.server.origin());
    let mut probe = tokio::process::Command::new("ffprobe");
    probe.args(["-v", "error", "-select_streams", "v", "-show_entries", "packet=dts_time", "-of", "csv=p=0"]);
    let output = tokio::time::timeout(Duration::from_secs(60), probe.arg(url).output()).await??;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && complaint.is_empty(), "ffprobe: {complaint}");
    let times = String::from_utf8(output.stdout)?;
    Ok(times.lines().filter_map(|line| line.trim_end_matches(',').parse().ok()).collect())
}

fn ensure_no_hole(pictures: &[f64]) -> Result<()> {
    let holes: Vec<_> =
        pictures.windows(2).filter(|pair| (0.030..0.037).contains(&(pair[1] - pair[0]))).collect();
    ensure!(holes.len() + 1 == pictures.len(), "{} of {} steps are whole", holes.len(), pictures.len());
    Ok(())
}

#[tokio::test]
async fn a_show_that_is_over_plays_from_its_first_picture_to_its_last_at_the_same_address() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    let first = show.first_picture().await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    show.pin_tea(None).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    publisher.drop_off().await?;
    ensure!(shows(&show).await?.len() == 1 && shows(&show).await?[0].replay.is_none());
    show.host.command(ROOM, &Command::EndShow).await?;
    let past = replay(&show).await?;
    ensure!(past.start.0 == first, "starts at {}, expected {first}", past.start.0);
    let media = media(&show, &past).await?;
    ensure!(media.end_list && media.playlist_type == Some(PlaylistType::Vod));
    ensure!(media.segments.iter().all(|segment| !segment.gap && !segment.discontinuity));
    let pictures = pictures(&show, &format!("/live/{ROOM}/index.m3u8")).await?;
    ensure_no_hole(&pictures)?;
    let seconds = pictures.len() as f64 / f64::from(FRAME_RATE);
    ensure!(seconds > 8.5, "{seconds} s");
    ensure!(
        (seconds - past.duration_ms as f64 / 1_000.0).abs() < 0.1,
        "{seconds} s, said {}",
        past.duration_ms
    );
    let [chapter] = &past.chapters[..] else { anyhow::bail!("{:?}", past.chapters) };
    ensure!(
        chapter.title == show.tea.title && chapter.at.0 - past.start.0 == i64::try_from(chapter.start_ms)?
    );
    let vtt = text(&show, &format!("/live/{ROOM}/shows/{}/chapters.vtt", past.id)).await?;
    ensure!(vtt.starts_with("WEBVTT\n\n00:00:0") && vtt.contains("Longjing"), "{vtt}");
    Ok(())
}

#[tokio::test]
async fn what_was_whole_on_the_disk_when_the_power_went_is_a_replay() -> Result<()> {
    let server = Server::start_with(vec![("LIVESTALL_GRACE_SECONDS", "1".to_owned())]).await?;
    let mut show = Show::prepare_on(server).await?;
    let publisher = show.publish(Picture::default()).await?;
    tokio::time::sleep(Duration::from_secs(7)).await;
    show.server.kill().await?;
    drop(publisher);
    show.server.restart().await?;
    let past = replay(&show).await?;
    let media = media(&show, &past).await?;
    ensure!(media.segments.len() >= 2, "{media}");
    let pictures = pictures(&show, &format!("/live/{ROOM}/index.m3u8")).await?;
    ensure!(pictures.len() > 100, "{} pictures", pictures.len());
    ensure_no_hole(&pictures)
}

#[tokio::test]
async fn a_show_that_went_on_after_a_crash_is_one_replay() -> Result<()> {
    let server = Server::start_with(vec![("LIVESTALL_GRACE_SECONDS", "8".to_owned())]).await?;
    let mut show = Show::prepare_on(server).await?;
    let publisher = show.publish(Picture::default()).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    show.server.kill().await?;
    drop(publisher);
    show.server.restart().await?;
    let publisher = Publisher::start(&show.publish_url, Picture::default())?;
    show.on_the_air(|| Ok(())).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    drop(publisher);
    let past = replay(&show).await?;
    let media = media(&show, &past).await?;
    let breaks = media.segments.iter().filter(|segment| segment.discontinuity).count();
    ensure!(breaks == 1 && media.segments.len() >= 4, "{media}");
    let replayed = past.end.context("no end")?.0 - past.start.0;
    ensure!(past.duration_ms + 500 < u64::try_from(replayed)?, "the time without a server is in the replay");
    // The next show is the room's, and this one stays where it is.
    let _publisher = show.publish(Picture::default()).await?;
    let live = text(&show, &format!("/live/{ROOM}/index.m3u8")).await?;
    ensure!(live.lines().any(|line| line == "media.m3u8"), "{live}");
    ensure!(shows(&show).await?.len() == 2);
    text(&show, past.replay.as_deref().context("no replay")?).await?;
    Ok(())
}
