//! `bytes`: what a page loads of an engine, in brotli; of ours the whole overlay with its shop, without the player.

use super::engine::Engine;
use crate::{
    bench::Bench,
    contender::Contender,
    report::{Goal, Line},
};
use anyhow::Result;
use std::collections::BTreeMap;

pub(super) fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 60 kB", reached: |medians| Some(medians.ours()? <= 60.0) };
    let mut values = BTreeMap::new();
    for engine in Engine::ALL {
        let bytes: usize = bench.files(*engine)?.iter().map(|file| file.body().len()).sum();
        values.insert(*engine, vec![bytes as f64 / 1_000.0]);
    }
    let note = "ours is the overlay as a whole: comments, chat, bag, coupons, checkout; artplayer is a player as well";
    bench.add(Line { row, what: "brotli, kB".to_owned(), goal, values, note: note.to_owned() });
    Ok(())
}
