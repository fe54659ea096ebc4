//! `cargo xtask bench`: gets what the benchmarks need, builds everything in release, and hands over to them.

use crate::{
    run::{cargo, step},
    setup::{self, Wanted},
    web,
};
use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this one; without it, all.
    name: Option<String>,
    /// One JSON object a line in place of a table.
    #[arg(long)]
    json: bool,
    /// Runs of each player; the table has their medians.
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let tools = setup::get(Wanted { web: true, stream: true, browser: true, lints: false, peers: true })?;
    web::build(&tools)?;
    step("building the server", cargo().args(["build", "--release", "--package", "livestall"]))?;
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--package", "tests", "--bin", "bench", "--"]);
    bench
        .args(&options.name)
        .args(options.json.then_some("--json"))
        .args(["--runs", &options.runs.to_string()]);
    bench
        .env("LIVESTALL_BIN", "target/release/livestall")
        .env("LIVESTALL_HLS_JS", setup::hls_js()?)
        .env("PATH", tools.path()?);
    step("measuring", &mut bench)
}
