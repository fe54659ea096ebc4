//! The `livestall` command.

use clap::Parser;
use server::cli::{Cli, Command};
use server::config::Config;
use server::{admin, serve, telemetry};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    telemetry::log_to_stderr();
    let config = Config::load(cli.flags)?;
    match cli.command {
        Command::Serve => serve::run(config).await,
        Command::Admin { job } => admin::run(config, job).await,
    }
}
