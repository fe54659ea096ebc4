//! Runs a measurement of every player, several times over, and keeps what came out.

use crate::{
    Options,
    peers::Player,
    report::{Goal, Line, Report},
};
use anyhow::Result;
use std::{
    cell::{Ref, RefCell},
    collections::BTreeMap,
};
use tests::site::File;

/// A run of the benchmark.
pub(crate) struct Bench {
    pub(crate) options: Options,
    report: Report,
    lines: RefCell<Vec<Line>>,
    files: RefCell<BTreeMap<Player, Vec<File>>>,
}

/// One line that a measurement fills: what, and its goal.
pub(crate) type Head = (&'static str, Goal);

impl Bench {
    pub(crate) fn new(options: Options, report: Report) -> Self {
        Self { options, report, lines: RefCell::default(), files: RefCell::default() }
    }

    /// A player's files, packed once.
    pub(crate) fn files(&self, player: Player) -> Result<Vec<File>> {
        if let Some(files) = self.files.borrow().get(&player) {
            return Ok(files.clone());
        }
        let files = player.files()?;
        self.files.borrow_mut().insert(player, files.clone());
        Ok(files)
    }

    /// Measures each of `players` once a round, so that what changes on the machine meanwhile meets all of them, and
    /// reports a line for each of `heads`. A measurement that fails is said, and leaves no value.
    pub(crate) async fn compare<const N: usize>(
        &self,
        row: &'static str,
        players: &[Player],
        heads: [Head; N],
        note: &str,
        mut measure: impl AsyncFnMut(Player) -> Result<[f64; N]>,
    ) {
        let mut values: [BTreeMap<Player, Vec<f64>>; N] = std::array::from_fn(|_| BTreeMap::new());
        let players: Vec<_> = players.iter().filter(|player| self.report.players.contains(player)).collect();
        for round in 1..=self.options.runs {
            for player in &players {
                eprintln!("    {row}: run {round} of {}: {}", self.options.runs, player.name());
                let measured = measure(**player).await;
                if let Err(error) = &measured {
                    eprintln!("    {row}: {} failed: {error:#}", player.name());
                }
                for (at, line) in values.iter_mut().enumerate() {
                    let kept = line.entry(**player).or_default();
                    kept.extend(measured.as_ref().ok().map(|measured| measured[at]));
                }
            }
        }
        for ((what, goal), values) in heads.into_iter().zip(values) {
            self.add(Line { row, what: what.to_owned(), goal, values, note: note.to_owned() });
        }
    }

    /// A line that could not be measured, and why.
    pub(crate) fn skip(&self, row: &'static str, (what, goal): Head, why: &str) {
        let note = format!("not measured: {why}");
        self.add(Line { row, what: what.to_owned(), goal, values: BTreeMap::new(), note });
    }

    /// Reports a line.
    pub(crate) fn add(&self, line: Line) {
        self.report.add(&line);
        self.lines.borrow_mut().push(line);
    }

    /// Prints what stands above the table.
    pub(crate) fn begin(&self, machine: &serde_json::Value) {
        self.report.begin(machine);
    }

    /// Prints what stands beneath the table.
    pub(crate) fn end(&self) {
        let lines: Ref<'_, Vec<Line>> = self.lines.borrow();
        self.report.end(&lines);
    }
}
