//! Ours beside its peers, in one run, on one machine, in one browser: medians of several runs, reported as they are.
//!
//! Started by `cargo xtask bench`, which builds everything and fetches the peers. Asserts nothing.

mod bench;
mod contender;
mod danmaku;
mod machine;
mod peers;
mod player;
mod process;
mod report;
mod session;
mod stage;

use anyhow::{Result, bail};
use bench::Bench;
use clap::Parser;
use std::time::Duration;

#[derive(Clone, Parser)]
struct Options {
    /// Only this one; without it, all.
    name: Option<String>,
    /// One JSON object a line in place of a table.
    #[arg(long)]
    json: bool,
    /// Runs of each; the table has their medians.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only these rows of the table; without it, all.
    #[arg(long, value_delimiter = ',')]
    rows: Vec<String>,
    /// Only these players, or danmaku engines; without it, all.
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
    match options.name.as_deref() {
        Some("player") => player::run(&Bench::new(options)?).await,
        Some("danmaku") => danmaku::run(&Bench::new(options)?).await,
        Some(other) => bail!("there is no benchmark {other:?}; there are: player, danmaku"),
        None => {
            player::run(&Bench::new(options.clone())?).await?;
            danmaku::run(&Bench::new(options)?).await
        }
    }
}
