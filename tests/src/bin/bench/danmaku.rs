//! `danmaku`: the table of what comments over a picture should cost, and of what becomes of them. A file a row, or a few
//! rows of one kind.

mod burst;
mod busy;
mod bytes;
mod cards;
mod due;
mod engine;
mod page;
mod picture;
mod replay;
mod steady;

use crate::bench::Bench;
use anyhow::Result;
use engine::Engine;

/// Every row, in the table's order, as `--rows` has it.
const ROWS: [&str; 8] =
    ["burst-1000", "burst-2000", "steady-300", "due-1000", "replay-24000", "cards", "busy-room", "bytes"];

/// Measures the rows that are wanted, and prints them as they come.
pub(crate) async fn run(bench: &Bench<Engine>) -> Result<()> {
    bench
        .rows(&ROWS, async |bench, row| match row {
            "burst-1000" => burst::thousand(bench, row).await,
            "burst-2000" => burst::two_thousand(bench, row).await,
            "steady-300" => steady::measure(bench, row).await,
            "due-1000" => due::measure(bench, row).await,
            "replay-24000" => replay::measure(bench, row).await,
            "busy-room" => busy::measure(bench, row).await,
            "cards" => cards::measure(bench, row).await,
            _ => bytes::measure(bench, row),
        })
        .await
}
