//! `replay-24000`: the comments of a two-hour show, loaded at once, and a jump into its middle.

use super::{engine::Engine, page::Page};
use crate::{bench::Bench, contender::Contender, report::Goal};
use anyhow::Result;
use std::time::Duration;
use tokio::time::sleep;

/// What a jump stirs up has settled.
const SETTLE: Duration = Duration::from_millis(800);

pub(super) async fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let load = Goal { text: "≤ 50 ms", reached: |medians| Some(medians.ours()? <= 50.0) };
    let seek = Goal { text: "≤ 10 ms", reached: |medians| Some(medians.ours()? <= 10.0) };
    let heads = [("load, ms", load), ("seek, main thread, ms", seek), ("on the screen after it", Goal::NONE)];
    let note = "24,000 over two hours; load until the call has answered; seek by TaskDuration over 0.8 s, less what the page does \
                anyway";
    bench
        .compare(row, Engine::ALL, heads, note, async |engine| {
            let page = Page::open(bench, engine).await?;
            let load: f64 = page.get("bench.load(24000)").await?;
            sleep(SETTLE).await;
            let idle = spent(&page, "1").await?;
            let seek = spent(&page, "bench.seek()").await?;
            Ok([load, (seek - idle).max(0.0), page.get("bench.onScreen()").await?])
        })
        .await;
    Ok(())
}

/// ms of work on the main thread while `expression` is asked for, and for a while after.
async fn spent(page: &Page, expression: &str) -> Result<f64> {
    let before = page.busy().await?;
    page.get::<serde_json::Value>(expression).await?;
    sleep(SETTLE).await;
    Ok(page.busy().await? - before)
}
