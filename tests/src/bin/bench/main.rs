//! Ours beside its peers, in one run, on one stream, in one browser: medians of several runs, reported as they are.
//!
//! Started by `cargo xtask bench`, which builds everything and fetches the peers. Asserts nothing.

mod bench;
mod machine;
mod peers;
mod player;
mod report;
mod session;
mod stage;

use anyhow::{Result, bail};
use bench::Bench;
use clap::Parser;
use peers::Player;
use report::Report;
use std::time::Duration;

#[derive(Parser)]
struct Options {
    /// Only this one; without it, all.
    name: Option<String>,
    /// One JSON object a line in place of a table.
    #[arg(long)]
    json: bool,
    /// Runs of each player; the table has their medians.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only these rows of the table; without it, all.
    #[arg(long, value_delimiter = ',')]
    rows: Vec<String>,
    /// Only these players; without it, all.
    #[arg(long, value_delimiter = ',')]
    players: Vec<String>,
    /// Watch live streams for five minutes in place of one, and memory for an hour in place of three minutes.
    #[arg(long)]
    long: bool,
    /// Watch for so many seconds instead, to try things out.
    #[arg(long, conflicts_with = "long")]
    seconds: Option<u64>,
}

impl Options {
    /// How long to watch: `short`, or `long` if asked for.
    fn watched(&self, short: Duration, long: Duration) -> Duration {
        let usual = if self.long { long } else { short };
        self.seconds.map_or(usual, Duration::from_secs)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    if let Some(other) = options.name.as_deref().filter(|name| *name != "player") {
        bail!("there is no benchmark {other:?}; there is: player");
    }
    let report = Report { as_json: options.json, players: players(&options.players)? };
    player::run(&Bench::new(options, report)).await
}

/// The players of these names, in the table's order; all of none.
fn players(names: &[String]) -> Result<Vec<Player>> {
    for name in names {
        if !Player::ALL.iter().any(|player| player.name() == name) {
            let known = Player::ALL.map(Player::name).join(", ");
            bail!("there is no player {name:?}; there are: {known}");
        }
    }
    let wanted = |player: &Player| names.is_empty() || names.iter().any(|name| name == player.name());
    Ok(Player::ALL.into_iter().filter(wanted).collect())
}
