//! `glass`, `glass-100`, `round-trip`, `blocked`: how old the picture on the screen is, and how often it stands still.
//!
//! From camera to screen by the clock in the picture itself: no player, playlist or server has a say in it.

use crate::{
    bench::{Bench, Head},
    contender::Contender,
    peers::Player,
    report::{Goal, NO_GOAL, median, quantile},
    session::{Extras, Session},
    stage::Stage,
};
use anyhow::{Context, Result};
use std::time::Duration;
use tests::link::Link;

/// Joining is over: latency and stalls count from here, ms after the first frame.
const GRACE_MS: f64 = 2_000.0;
const MINUTE: Duration = Duration::from_secs(60);
const NO_STALL: Head = ("stalls", Goal { text: "none", reached: |medians| Some(medians.ours()? == 0.0) });
const MOST: Head = ("95 % of the time at most, ms", NO_GOAL);

/// On our server, with parts of that many milliseconds.
pub(crate) async fn glass(bench: &Bench, row: &'static str, part_ms: u32) -> Result<()> {
    let goal = if part_ms == 100 {
        Goal { text: "≤ 0.5 of hls.js", reached: |medians| medians.at_most(0.5, Player::HlsJs) }
    } else {
        Goal {
            text: "≤ 0.6 of hls.js, 0.75 of shaka",
            reached: |medians| {
                Some(medians.at_most(0.6, Player::HlsJs)? && medians.at_most(0.75, Player::Shaka)?)
            },
        }
    };
    let stage = Stage::live(part_ms).await?;
    let head = ("glass to glass, ms", goal);
    if stage.part_ms.abs_diff(part_ms) > part_ms / 4 {
        let why = format!("the server makes parts of {} ms and takes no LIVESTALL_PART_MS", stage.part_ms);
        bench.skip(row, head, &why);
        return Ok(());
    }
    let note =
        format!("640×360 at 30/s, parts of {} ms, watched for {} s", stage.part_ms, watched(bench).as_secs());
    let stream = stage.stream();
    bench
        .compare(row, Player::ALL, [head, MOST, NO_STALL], &note, async |player| {
            let session = Session::open(bench, player, &stream, Extras::default()).await?;
            watch(&session, watched(bench)).await
        })
        .await;
    Ok(())
}

/// With the stream 60 ms away, there and back; the page's own files are near.
pub(crate) async fn round_trip(bench: &Bench, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 0.85 of shaka", reached: |medians| medians.at_most(0.85, Player::Shaka) };
    let stage = Stage::live(200).await?;
    let mut link = Link::new(Duration::from_millis(60), None);
    let stream = Stage::stream_at(&link.to(&stage.origin()).await?);
    let heads = [("glass to glass, ms", goal), MOST, NO_STALL];
    bench
        .compare(row, Player::ALL, heads, "60 ms of round trip to the stream", async |player| {
            let session = Session::open(bench, player, &stream, Extras::default()).await?;
            watch(&session, watched(bench)).await
        })
        .await;
    Ok(())
}

/// With the page's script busy for 1.5 s of every 3 s.
pub(crate) async fn blocked(bench: &Bench, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 1 s", reached: |medians| Some(medians.ours()? <= 1_000.0) };
    let stage = Stage::live(200).await?;
    let stream = stage.stream();
    let heads = [("glass to glass, ms", goal), MOST, NO_STALL];
    let note = "the page is busy for 1.5 s of every 3 s; looked at while it is not";
    bench
        .compare(row, Player::ALL, heads, note, async |player| {
            let session = Session::open(bench, player, &stream, Extras::default()).await?;
            session.first_frame().await?;
            session.run("watcher.block(1500, 3000)").await?;
            watch(&session, bench.options.watched(MINUTE, MINUTE)).await
        })
        .await;
    Ok(())
}

fn watched(bench: &Bench) -> Duration {
    bench.options.watched(MINUTE, 5 * MINUTE)
}

/// The median of the picture's age, its 95th percentile, and the stalls.
async fn watch(session: &Session, time: Duration) -> Result<[f64; 3]> {
    let from = session.first_frame().await? + GRACE_MS;
    session.run("watcher.look()").await?;
    tokio::time::sleep(time + Duration::from_secs_f64(GRACE_MS / 1_000.0)).await;
    let seen = session.seen().await?;
    let ages = seen.ages(from, f64::INFINITY);
    let none = "no picture with a clock in it was seen";
    Ok([median(&ages).context(none)?, quantile(&ages, 0.95).context(none)?, seen.stalls])
}
