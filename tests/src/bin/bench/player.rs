//! `player`: the table of what a player of live shops should do well. A file a row, or a few rows of one kind.

mod bytes;
mod cues;
mod first_frame;
mod latency;
mod main_thread;
mod memory;
mod outage;
mod parse;
mod trace;

use crate::bench::Bench;
use anyhow::Result;

/// Every row, in the table's order, as `--rows` has it.
const ROWS: [&str; 14] = [
    "glass",
    "glass-100",
    "round-trip",
    "outage",
    "blocked",
    "cues",
    "cues-blocked",
    "first-cached",
    "first-cold",
    "bytes",
    "main-thread",
    "memory",
    "trace",
    "parse",
];

/// Measures the rows that are wanted, and prints them as they come.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    bench
        .rows(&ROWS, async |bench, row| match row {
            "glass" => latency::glass(bench, row, 200).await,
            "glass-100" => latency::glass(bench, row, 100).await,
            "round-trip" => latency::round_trip(bench, row).await,
            "outage" => outage::measure(bench, row).await,
            "blocked" => latency::blocked(bench, row).await,
            "cues" => cues::idle(bench, row).await,
            "cues-blocked" => cues::blocked(bench, row).await,
            "first-cached" => first_frame::cached(bench, row).await,
            "first-cold" => first_frame::cold(bench, row).await,
            "bytes" => bytes::measure(bench, row).await,
            "main-thread" => main_thread::measure(bench, row).await,
            "memory" => memory::measure(bench, row).await,
            "trace" => trace::measure(bench, row).await,
            _ => parse::measure(bench, row).await,
        })
        .await
}
