//! What was measured, against its goal: lines of one table for people, or one JSON object a line for programs.

use crate::{contender::Contender, peers::Player};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The medians of one line's players.
#[derive(Debug, Clone)]
pub(crate) struct Medians<P = Player>(BTreeMap<P, f64>);

impl<P: Contender> Medians<P> {
    /// Whether ours is at most `factor` of `peer`; none when either was not measured.
    pub(crate) fn at_most(&self, factor: f64, peer: P) -> Option<bool> {
        Some(self.ours()? <= factor * self.0.get(&peer)?)
    }

    /// Whether ours is at least `factor` of `peer`.
    pub(crate) fn at_least(&self, factor: f64, peer: P) -> Option<bool> {
        Some(self.ours()? >= factor * self.0.get(&peer)?)
    }

    /// Whether ours is at most `factor` of the lowest peer.
    pub(crate) fn at_most_of_best(&self, factor: f64) -> Option<bool> {
        let peers = self.0.iter().filter(|(player, _)| **player != P::OURS).map(|(_, median)| *median);
        Some(self.ours()? <= factor * peers.min_by(f64::total_cmp)?)
    }

    /// Ours; none when it was not measured.
    pub(crate) fn ours(&self) -> Option<f64> {
        self.0.get(&P::OURS).copied()
    }
}

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal<P = Player> {
    /// As the table of issue 3 or 4 says.
    pub(crate) text: &'static str,
    /// Whether it is; none when it cannot be told.
    pub(crate) reached: fn(&Medians<P>) -> Option<bool>,
}

impl<P> Goal<P> {
    /// No goal: printed because it explains the line beside it.
    pub(crate) const NONE: Self = Self { text: "", reached: |_| None };
}

/// No goal of a player's.
pub(crate) const NO_GOAL: Goal = Goal::NONE;

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Line<P = Player> {
    /// The row that it belongs to, as `--rows` has it.
    pub(crate) row: &'static str,
    /// What was measured, with its unit.
    pub(crate) what: String,
    pub(crate) goal: Goal<P>,
    /// One value a run.
    pub(crate) values: BTreeMap<P, Vec<f64>>,
    /// What a reader must know; empty when nothing.
    pub(crate) note: String,
}

impl<P: Contender> Line<P> {
    fn medians(&self) -> Medians<P> {
        let medians = self.values.iter().filter_map(|(player, values)| Some((*player, median(values)?)));
        Medians(medians.collect())
    }

    fn verdict(&self) -> &'static str {
        match (self.goal.reached)(&self.medians()) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        }
    }
}

/// Prints lines as they come.
#[derive(Debug)]
pub(crate) struct Report<P = Player> {
    pub(crate) as_json: bool,
    pub(crate) players: Vec<P>,
}

impl<P: Contender> Report<P> {
    /// What it was measured on, and the table's head.
    pub(crate) fn begin(&self, machine: &Value) {
        if self.as_json {
            println!("{machine}");
            return;
        }
        for (name, value) in machine.as_object().into_iter().flatten() {
            println!("{name}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
        for player in &self.players {
            println!("{}: {}", player.name(), player.described());
        }
        println!("\nmedian (lowest..highest)\n");
        let names: Vec<_> = self.players.iter().map(|player| format!("{:<24}", player.name())).collect();
        println!("| {:<46} | {} | {:<28} | reached |", "what", names.join(" | "), "goal");
        println!("| --- {}| --- | --- |", "| --- ".repeat(names.len()));
    }

    pub(crate) fn add(&self, line: &Line<P>) {
        if self.as_json {
            println!("{}", object(line));
            return;
        }
        let cells: Vec<_> =
            self.players.iter().map(|player| format!("{:<24}", cell(line, *player))).collect();
        let (what, goal) = (format!("{}: {}", line.row, line.what), line.goal.text);
        println!("| {what:<46} | {} | {goal:<28} | {:<7} |", cells.join(" | "), line.verdict());
    }

    /// The lines' notes, beneath the table.
    pub(crate) fn end(&self, lines: &[Line<P>]) {
        if self.as_json {
            return;
        }
        println!();
        let mut said = Vec::new();
        for line in lines.iter().filter(|line| !line.note.is_empty()) {
            let note = format!("{}: {}", line.row, line.note);
            if !said.contains(&note) {
                println!("{note}");
                said.push(note);
            }
        }
    }
}

fn cell<P: Contender>(line: &Line<P>, player: P) -> String {
    let Some(values) = line.values.get(&player) else { return "-".to_owned() };
    let (Some(middle), Some((low, high))) = (median(values), spread(values)) else {
        return "failed".to_owned();
    };
    if values.len() == 1 {
        return shown(middle);
    }
    format!("{} ({}..{})", shown(middle), shown(low), shown(high))
}

fn object<P: Contender>(line: &Line<P>) -> Value {
    let players = line.values.iter().map(|(player, values)| {
        let (low, high) = spread(values).unzip();
        let facts = json!({"median": median(values), "lowest": low, "highest": high, "runs": values});
        (player.name().to_owned(), facts)
    });
    json!({
        "benchmark": P::BENCHMARK, "row": line.row, "what": line.what, "players": players.collect::<Map<_, _>>(),
        "goal": line.goal.text, "reached": (line.goal.reached)(&line.medians()), "note": line.note,
    })
}

/// The middle value; none of none.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The value below which `share` of them lie, between neighbours in proportion; none of none.
pub(crate) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (*sorted.get(at.floor() as usize)?, *sorted.get(at.ceil() as usize)?);
    Some(low + (high - low) * at.fract())
}

/// How something went over time.
pub(crate) struct Trend {
    /// The median of the last five, since garbage comes and goes.
    pub(crate) last: f64,
    /// How much more there was each minute: the line of least squares over the last two thirds, as joining and buffers
    /// fill the first.
    pub(crate) slope: f64,
}

impl Trend {
    /// Of points of minutes and values, in their order.
    ///
    /// # Errors
    /// When there are none.
    pub(crate) fn of(points: &[(f64, f64)]) -> Result<Self> {
        let tail: Vec<f64> = points.iter().rev().take(5).map(|(_, value)| *value).collect();
        let last = median(&tail).context("nothing was looked at")?;
        let settled = points.get(points.len() / 3..).unwrap_or_default();
        Ok(Self { last, slope: slope(settled) })
    }
}

fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let middle = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).sum::<f64>() / count;
    let (x, y) = (middle(|point| point.0), middle(|point| point.1));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let run: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    if run > 0.0 { rise / run } else { 0.0 }
}

fn spread(values: &[f64]) -> Option<(f64, f64)> {
    let low = values.iter().copied().min_by(f64::total_cmp)?;
    Some((low, values.iter().copied().max_by(f64::total_cmp)?))
}

/// Three digits or more, so that the widths stay alike.
fn shown(value: f64) -> String {
    match value.abs() {
        size if value.fract() == 0.0 || size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Trend, median, quantile};

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(&[4.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn the_slope_of_a_line_is_its_own() {
        let line = [(0.0, 9.0), (1.0, 5.5), (2.0, 6.0)];
        assert!(Trend::of(&line).is_ok_and(|trend| (trend.slope - 0.5).abs() < 1e-9));
        assert!(Trend::of(&[]).is_err());
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        assert_eq!(quantile(&[10.0, 0.0, 20.0], 0.75), Some(15.0));
    }
}
