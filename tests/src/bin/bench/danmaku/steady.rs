//! `steady-300`: work on the page's main thread while some three hundred comments are on the screen.

use super::{engine::Engine, page::Page};
use crate::{bench::Bench, contender::Contender, report::Goal};
use anyhow::Result;
use std::time::Duration;
use tokio::time::sleep;

/// On the screen at once.
const WANTED: f64 = 300.0;
/// So many a second, each on the screen for eight seconds.
const PER_SECOND: f64 = 37.5;
/// Until the first ones leave as others come.
const FILL: Duration = Duration::from_secs(10);
const WATCHED: Duration = Duration::from_secs(10);
/// What the screen asks for.
const FRAMES_A_SECOND: f64 = 60.0;

pub(super) async fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 0.5 of the best peer", reached: |medians| medians.at_most_of_best(0.5) };
    let heads = [
        ("main thread, ms a frame, for 300 shown", goal),
        ("main thread, ms a frame, as it is", Goal::NONE),
        ("on the screen", Goal::NONE),
    ];
    let note = "37.5 a second for 20 s, each on the screen for 8 s; Performance.getMetrics' TaskDuration over the last 10 s by 60 frames a \
                second; nothing else asks for frames; for 300 shown: in proportion, since an engine that drops is not fast";
    bench
        .compare(row, Engine::ALL, heads, note, async |engine| {
            let page = Page::open(bench, engine).await?;
            page.get::<()>(&format!("bench.send({PER_SECOND})")).await?;
            sleep(FILL).await;
            let before = page.busy().await?;
            sleep(WATCHED).await;
            let after = page.busy().await?;
            let on_screen: f64 = page.get("bench.onScreen()").await?;
            let as_it_is = (after - before) / (WATCHED.as_secs_f64() * FRAMES_A_SECOND);
            Ok([as_it_is * WANTED / on_screen.max(1.0), as_it_is, on_screen])
        })
        .await;
    Ok(())
}
