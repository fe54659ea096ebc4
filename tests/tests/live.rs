//! Real encoders against the real server: what is published is what is served.

use anyhow::{Context, Result, ensure};
use protocol::RoomStatus;
use reqwest::Method;
use std::time::{Duration, Instant};
use tests::{
    publisher::{Picture, Publisher},
    show::{ROOM, Show},
    wait::until,
};
use tokio::{io::AsyncWriteExt, net::TcpStream, process::Command};

async fn playlist(show: &Show, query: &str) -> Result<String> {
    let api = show.server.api()?;
    let answer = api.request(Method::GET, &format!("/live/{ROOM}/media.m3u8{query}")).send().await?;
    Ok(answer.error_for_status()?.text().await?)
}

/// What ffprobe finds in the stream: `codec,frames` a line.
async fn probe(show: &Show) -> Result<String> {
    let url = format!("{}/live/{ROOM}/index.m3u8", show.server.origin());
    let mut probe = Command::new("ffprobe");
    probe.args(["-v", "error", "-read_intervals", "%+3", "-count_packets"]);
    probe.args(["-show_entries", "stream=codec_name,nb_read_packets", "-of", "csv=p=0"]).arg(url);
    let output =
        tokio::time::timeout(Duration::from_secs(30), probe.output()).await.context("ffprobe hangs")??;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && complaint.is_empty(), "ffprobe: {complaint}");
    Ok(String::from_utf8(output.stdout)?)
}

#[tokio::test]
async fn ffprobe_reads_what_ffmpeg_publishes_with_b_frames_and_without() -> Result<()> {
    for b_frames in [false, true] {
        let show = Show::prepare().await?;
        let publisher = show.publish(Picture { b_frames, ..Picture::default() }).await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
        let found = probe(&show).await?;
        ensure!(found.contains("h264,") && found.contains("aac,"), "b-frames {b_frames}: found {found}");
        drop(publisher);
    }
    Ok(())
}

#[tokio::test]
async fn a_stream_without_sound_is_served_too() -> Result<()> {
    let show = Show::prepare().await?;
    let _publisher = show.publish(Picture { sound: false, ..Picture::default() }).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let found = probe(&show).await?;
    ensure!(found.contains("h264,") && !found.contains("aac"), "found {found}");
    Ok(())
}

#[tokio::test]
async fn the_playlist_is_low_latency_and_a_blocking_reload_waits_for_its_part() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let text = playlist(&show, "").await?;
    for tag in [
        "#EXT-X-PART:",
        "#EXT-X-PART-INF:",
        "#EXT-X-PROGRAM-DATE-TIME:",
        "#EXT-X-PRELOAD-HINT:",
        "CAN-BLOCK-RELOAD=YES",
    ] {
        ensure!(text.contains(tag), "no {tag} in:\n{text}");
    }
    let first: u64 = text
        .lines()
        .find_map(|line| line.strip_prefix("#EXT-X-MEDIA-SEQUENCE:"))
        .context("no media sequence")?
        .parse()?;
    let segments = u64::try_from(text.lines().filter(|line| line.starts_with("#EXTINF:")).count())?;
    let next = first + segments;
    let asked = Instant::now();
    let later = playlist(&show, &format!("?_HLS_msn={}", next + 1)).await?;
    ensure!(later.contains(&format!("seg-{}", next + 1)), "segment {} is not in:\n{later}", next + 1);
    ensure!(asked.elapsed() > Duration::from_millis(500), "it did not wait");
    Ok(())
}

#[tokio::test]
async fn a_wrong_key_and_a_second_publisher_are_refused_and_the_show_goes_on() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    let mut wrong = Publisher::start(&show.server.publish_url("no-such-key"), Picture::default())?;
    wrong.cut_off(Duration::from_secs(15)).await?;
    let mut second = Publisher::start(&show.publish_url, Picture::default())?;
    second.cut_off(Duration::from_secs(15)).await?;
    publisher.still_running()?;
    ensure!(show.host.room(ROOM).await?.status == RoomStatus::Live);
    Ok(())
}

#[tokio::test]
async fn garbage_on_the_rtmp_port_harms_nothing() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for length in [1, 1_537, 3_073, 200_000] {
        let mut stream = TcpStream::connect(show.server.rtmp_address()).await?;
        // A valid version byte gets past the first check.
        let mut bytes = noise.get(..length).context("not that much noise")?.to_vec();
        if let Some(version) = bytes.first_mut() {
            *version = 3;
        }
        // The server may hang up before it has read all.
        let _ = stream.write_all(&bytes).await;
    }
    let before = playlist(&show, "").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    ensure!(playlist(&show, "").await? != before, "the playlist stands still");
    publisher.still_running()
}

#[tokio::test]
async fn a_publisher_that_returns_goes_on_in_the_same_playlist_behind_a_discontinuity() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    publisher.drop_off().await?;
    let away = async |status| Ok((show.host.room(ROOM).await?.status == status).then_some(()));
    until("the room knows that the publisher is away", Duration::from_secs(10), async || {
        away(RoomStatus::Away).await
    })
    .await?;
    ensure!(!playlist(&show, "").await?.contains("#EXT-X-ENDLIST"), "the show ended within the grace time");
    let _publisher = show.publish(Picture::default()).await?;
    until("the playlist has a discontinuity", Duration::from_secs(10), async || {
        Ok(playlist(&show, "").await?.lines().any(|line| line == "#EXT-X-DISCONTINUITY").then_some(()))
    })
    .await
}
