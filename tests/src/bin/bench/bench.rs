//! Runs a measurement of everyone under comparison, several times over, and keeps what came out.

use crate::{
    Options,
    contender::{Contender, packed},
    machine,
    peers::Player,
    report::{Goal, Line, Report},
};
use anyhow::{Result, bail};
use std::{cell::RefCell, collections::BTreeMap};
use tests::site::File;

/// A run of the benchmark.
pub(crate) struct Bench<P = Player> {
    pub(crate) options: Options,
    report: Report<P>,
    lines: RefCell<Vec<Line<P>>>,
    files: RefCell<BTreeMap<P, Vec<File>>>,
}

/// One line that a measurement fills: what, and its goal.
pub(crate) type Head<P = Player> = (&'static str, Goal<P>);

impl<P: Contender> Bench<P> {
    /// Of those that `options` name.
    ///
    /// # Errors
    /// When there is none of a name.
    pub(crate) fn new(options: Options) -> Result<Self> {
        let report = Report { as_json: options.json, players: wanted(&options.players)? };
        Ok(Self { options, report, lines: RefCell::default(), files: RefCell::default() })
    }

    /// Runs `measure` for each of `rows` that is wanted, in their order, and prints what comes out.
    ///
    /// # Errors
    /// When a row is wanted that there is not, or one of them fails as a whole.
    pub(crate) async fn rows(
        &self,
        rows: &[&'static str],
        mut measure: impl AsyncFnMut(&Self, &'static str) -> Result<()>,
    ) -> Result<()> {
        let named = &self.options.rows;
        if let Some(row) = named.iter().find(|row| !rows.contains(&row.as_str())) {
            bail!("there is no row {row:?}; there are: {}", rows.join(", "));
        }
        self.report.begin(&machine::describe());
        for row in rows.iter().filter(|row| named.is_empty() || named.iter().any(|name| name == *row)) {
            eprintln!("==> {row} (load {})", machine::load());
            measure(self, row).await?;
        }
        self.report.end(&self.lines.borrow());
        Ok(())
    }

    /// Its files, packed once.
    pub(crate) fn files(&self, player: P) -> Result<Vec<File>> {
        if let Some(files) = self.files.borrow().get(&player) {
            return Ok(files.clone());
        }
        let files = player.files()?.iter().map(packed).collect::<Result<Vec<_>>>()?;
        self.files.borrow_mut().insert(player, files.clone());
        Ok(files)
    }

    /// Measures each of `players` once a round, so that what changes on the machine meanwhile meets all of them, and
    /// reports a line for each of `heads`. A measurement that fails is said, and leaves no value.
    pub(crate) async fn compare<const N: usize>(
        &self,
        row: &'static str,
        players: &[P],
        heads: [Head<P>; N],
        note: &str,
        mut measure: impl AsyncFnMut(P) -> Result<[f64; N]>,
    ) {
        let mut values: [BTreeMap<P, Vec<f64>>; N] = std::array::from_fn(|_| BTreeMap::new());
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
    pub(crate) fn skip(&self, row: &'static str, (what, goal): Head<P>, why: &str) {
        let note = format!("not measured: {why}");
        self.add(Line { row, what: what.to_owned(), goal, values: BTreeMap::new(), note });
    }

    /// Reports a line.
    pub(crate) fn add(&self, line: Line<P>) {
        self.report.add(&line);
        self.lines.borrow_mut().push(line);
    }
}

/// Those of these names, in the table's order; all of none.
fn wanted<P: Contender>(names: &[String]) -> Result<Vec<P>> {
    if let Some(name) = names.iter().find(|name| !P::ALL.iter().any(|player| player.name() == *name)) {
        let known: Vec<_> = P::ALL.iter().map(|player| player.name()).collect();
        bail!("there is no {} {name:?}; there are: {}", P::KIND, known.join(", "));
    }
    let wanted = |player: &&P| names.is_empty() || names.iter().any(|name| name == player.name());
    Ok(P::ALL.iter().filter(wanted).copied().collect())
}
