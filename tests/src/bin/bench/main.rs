//! Ours beside its peers, in one run, on one stream, in one browser: medians of several runs, reported as they are.
//!
//! Started by `cargo xtask bench`, which builds everything and fetches the peers.

mod live;
mod player;
mod sizes;
mod table;

use anyhow::{Result, bail};
use clap::Parser;

#[derive(Parser)]
struct Options {
    /// Only this one; without it, all.
    name: Option<String>,
    /// One JSON object a line in place of a table.
    #[arg(long)]
    json: bool,
    /// Runs of each player; the table has their medians.
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    match options.name.as_deref() {
        None | Some("live") => live::run(&options).await,
        Some(other) => bail!("there is no benchmark {other:?}; there is: live"),
    }
}
