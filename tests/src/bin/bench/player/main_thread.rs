//! `main-thread`: work on the page's main thread over a minute of live, while nobody looks.

use crate::{
    bench::Bench,
    contender::Contender,
    peers::Player,
    report::Goal,
    session::{Extras, Session},
    stage::Stage,
};
use anyhow::Result;
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

/// What joining stirs up has settled.
const SETTLE: Duration = Duration::from_secs(6);
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let stage = Stage::live(200).await?;
    let stream = stage.stream();
    let goal = Goal { text: "≤ 0.5 of hls.js", reached: |medians| medians.at_most(0.5, Player::HlsJs) };
    let longest = Goal { text: "≤ 50 ms", reached: |medians| Some(medians.ours()? <= 50.0) };
    let heads = [("busy in 60 s of live, s", goal), ("longest task, ms (0: none past 50)", longest)];
    let note = "Performance.getMetrics' TaskDuration, painting of the video included; the longest task counts joining too";
    bench
        .compare(row, Player::ALL, heads, note, async |player| {
            let session = Session::open(bench, player, &stream, Extras::default()).await?;
            session.browser.devtools("Performance.enable", json!({"timeDomain": "timeTicks"})).await?;
            session.first_frame().await?;
            sleep(SETTLE).await;
            let before = session.main_thread().await?;
            sleep(bench.options.watched(MINUTE, MINUTE)).await;
            let after = session.main_thread().await?;
            Ok([after - before, session.seen().await?.longest_task])
        })
        .await;
    Ok(())
}
