//! `memory`: what a page with a player holds after a while of live, and how much more it takes each minute.

use crate::{
    bench::Bench,
    peers::Player,
    process,
    report::{Goal, NO_GOAL, Trend},
    session::{Extras, Session},
    stage::Stage,
};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_secs(180);
const LONG: Duration = Duration::from_secs(3_600);
const MEGABYTE: f64 = 1e6;
/// Answers once the browser has collected garbage, which it may take its time for.
const HEAPS: &str = "return performance.measureUserAgentSpecificMemory().then(memory => memory.bytes)";

pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let stage = Stage::live(200).await?;
    let stream = stage.stream();
    let goal = Goal { text: "≤ 0.7 of hls.js", reached: |medians| medians.at_most(0.7, Player::HlsJs) };
    let flat = Goal { text: "flat: ≤ 0.1 MB", reached: |medians| Some(medians.ours()? <= 0.1) };
    let heads = [
        ("JS and WASM, workers too, MB", goal),
        ("its slope a minute, MB", flat),
        ("renderer process, MB", NO_GOAL),
        ("its slope a minute, MB", NO_GOAL),
    ];
    let time = bench.options.watched(SHORT, LONG);
    let note = format!(
        "after {} min of live, the slope over its last two thirds; heaps by measureUserAgentSpecificMemory after garbage \
         collection; the process by its private pages, media buffers and decoders included",
        time.as_secs() / 60
    );
    bench
        .compare(row, &Player::PLAIN, heads, &note, async |player| {
            let extras = Extras { isolated: true, ..Extras::default() };
            watch(&Session::open(bench, player, &stream, extras).await?, time).await
        })
        .await;
    Ok(())
}

async fn watch(session: &Session, time: Duration) -> Result<[f64; 4]> {
    session.first_frame().await?;
    let (started, mut heaps, mut pages) = (Instant::now(), Vec::new(), Vec::new());
    while started.elapsed() < time {
        tokio::time::sleep(EVERY).await;
        let heap = session.run(HEAPS).await?.as_f64().context("the browser tells no bytes")?;
        let minutes = started.elapsed().as_secs_f64() / 60.0;
        heaps.push((minutes, heap / MEGABYTE));
        pages.push((minutes, process::renderer(&session.browser)? as f64 / MEGABYTE));
    }
    let (heaps, pages) = (Trend::of(&heaps)?, Trend::of(&pages)?);
    Ok([heaps.last, heaps.slope, pages.last, pages.slope])
}
