//! `burst-1000`, `burst-2000`: as many comments at once, all on the screen, and the three seconds after.

use super::{engine::Engine, page::Page};
use crate::{
    bench::{Bench, Head},
    contender::Contender,
    report::Goal,
};
use anyhow::Result;
use serde::Deserialize;

const NOTE: &str = "all at once, no two alike, 4 to 20 characters of 25 px; frames of the page over the 3 s after, from the call on; \
                    on the screen: as the engine itself holds it 3 s after";

/// What `harness.js` saw.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    fps: f64,
    longest_frame: f64,
    first_two: f64,
    longest_task: f64,
    on_screen: f64,
}

pub(super) async fn thousand(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let heads = [
        ("frames a second", Goal { text: "≥ 58", reached: |medians| Some(medians.ours()? >= 58.0) }),
        ("longest frame, ms", Goal { text: "≤ 33 ms", reached: |medians| Some(medians.ours()? <= 33.0) }),
        ("first two frames, ms", Goal { text: "< 40 ms", reached: |medians| Some(medians.ours()? < 40.0) }),
        (
            "longest task, ms (0: none past 50)",
            Goal { text: "≤ 50 ms", reached: |medians| Some(medians.ours()? <= 50.0) },
        ),
        ("on the screen", Goal { text: "1,000", reached: |medians| Some(medians.ours()? >= 1_000.0) }),
    ];
    burst(bench, row, 1_000, heads).await
}

pub(super) async fn two_thousand(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let heads = [
        ("frames a second", Goal { text: "≥ 50", reached: |medians| Some(medians.ours()? >= 50.0) }),
        ("longest frame, ms", Goal::NONE),
        ("first two frames, ms", Goal::NONE),
        ("longest task, ms (0: none past 50)", Goal::NONE),
        ("on the screen", Goal { text: "2,000", reached: |medians| Some(medians.ours()? >= 2_000.0) }),
    ];
    burst(bench, row, 2_000, heads).await
}

async fn burst(bench: &Bench<Engine>, row: &'static str, many: u32, heads: [Head<Engine>; 5]) -> Result<()> {
    bench
        .compare(row, Engine::ALL, heads, NOTE, async |engine| {
            let page = Page::open(bench, engine).await?;
            let seen: Seen = page.get(&format!("bench.burst({many})")).await?;
            Ok([seen.fps, seen.longest_frame, seen.first_two, seen.longest_task, seen.on_screen])
        })
        .await;
    Ok(())
}
