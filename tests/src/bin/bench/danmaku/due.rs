//! `due-1000`: a thousand comments that the picture reaches within one second, and what became of each.

use super::{engine::Engine, page::Page};
use crate::{bench::Bench, contender::Contender, report::Goal};
use anyhow::Result;
use serde::Deserialize;

const MANY: f64 = 1_000.0;

/// What `harness.js` saw.
#[derive(Deserialize)]
struct Seen {
    seen: f64,
    merged: f64,
    dropped: f64,
}

pub(super) async fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let silent = Goal { text: "none", reached: |medians| Some(medians.ours()? == 0.0) };
    let heads = [
        ("seen on the screen", Goal::NONE),
        ("merged, as it says", Goal::NONE),
        ("dropped, as it says", Goal::NONE),
        ("silent", silent),
    ];
    let note = "1,000 due within 1 s, overlap allowed, no two alike, looked for at every frame until 2 s after the last; \
                silent: neither seen nor said to be merged or dropped";
    bench
        .compare(row, Engine::ALL, heads, note, async |engine| {
            let page = Page::open(bench, engine).await?;
            let Seen { seen, merged, dropped } = page.get(&format!("bench.due({MANY})")).await?;
            Ok([seen, merged, dropped, MANY - seen - merged - dropped])
        })
        .await;
    Ok(())
}
