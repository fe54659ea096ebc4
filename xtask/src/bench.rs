//! `cargo xtask bench`: gets what the benchmarks need, builds everything in release, and hands over to them.

mod parser;

use crate::{
    postgres::{Durability, Postgres},
    run::{cargo, step},
    setup::{self, Wanted},
    web,
};
use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this one, `player`, `danmaku` or `orders`; without it, all.
    name: Option<String>,
    /// One JSON object a line in place of a table.
    #[arg(long)]
    json: bool,
    /// What else `player` and `danmaku` take: --runs N, --rows A,B, --players A,B, --long, --seconds N.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.name.as_deref() != Some("orders") {
        in_the_browser(options)?;
    }
    match options.name.as_deref() {
        None | Some("orders") => orders(),
        Some(_) => Ok(()),
    }
}

/// The shop's core, which needs neither pages nor browser.
fn orders() -> Result<()> {
    setup::get(Wanted { postgres: true, ..Wanted::default() })?;
    let server = Postgres::start(Durability::Full)?;
    let mut bench = cargo();
    bench.args(["bench", "--quiet", "--package", "livestall", "--bench", "orders"]).env("RUST_LOG", "warn");
    bench.env("LIVESTALL_SCRATCH_POSTGRES", server.address());
    step("measuring orders", &mut bench)
}

fn in_the_browser(options: &Options) -> Result<()> {
    let tools = setup::get(Wanted {
        web: true,
        stream: true,
        browser: true,
        lints: false,
        peers: true,
        postgres: false,
    })?;
    web::build(&tools)?;
    let mut bench = cargo();
    // In release as well: the camera and the slow lines share the machine with what is measured.
    bench.args(["run", "--quiet", "--release", "--package", "tests", "--bin", "bench", "--"]);
    bench.args(&options.name).args(options.json.then_some("--json")).args(&options.rest);
    step("building the server", cargo().args(["build", "--release", "--package", "livestall"]))?;
    bench.env("LIVESTALL_BIN", "target/release/livestall");
    if options.name.as_deref() != Some("danmaku") {
        bench.env("LIVESTALL_BENCH_PLAYER", parser::build(&tools)?);
    }
    bench.envs(setup::peers()?).env("RUST_LOG", "warn").env("PATH", tools.path()?);
    step("measuring", &mut bench)
}
