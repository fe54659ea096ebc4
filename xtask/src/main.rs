//! Every command that a person types: `cargo xtask setup | demo | test | bench | dist | fuzz`.
//!
//! Starts programs and waits for them. Holds no rule of the product, and is linked into none of it.

mod bench;
mod demo;
mod dist;
mod fuzz;
mod postgres;
mod run;
mod setup;
mod test;
mod web;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Get every tool that the other commands use.
    Setup,
    /// Show a live shop: builds it, fills it, streams a show into it; Ctrl-C ends it.
    Demo,
    /// Run every test, the ones in a real browser too.
    Test(test::Options),
    /// Measure ours beside its peers and print a table.
    Bench(bench::Options),
    /// Build the pages and the embed into www/dist, as a release has them.
    Web,
    /// Make dist/: the server with its pages inside, and the embed files for a static host.
    Dist,
    /// Feed the parsers mutated input (needs cargo-fuzz and a nightly compiler).
    Fuzz(fuzz::Options),
}

fn main() -> Result<()> {
    std::env::set_current_dir(run::root()?)?;
    match Cli::parse().task {
        Task::Setup => {
            setup::get(setup::Wanted::everything())?;
            eprintln!("every tool is there");
            Ok(())
        }
        Task::Demo => demo::show(),
        Task::Test(options) => test::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Web => web::build(&setup::get(setup::Wanted::web())?),
        Task::Dist => dist::make(),
        Task::Fuzz(options) => fuzz::run(&options),
    }
}
