//! `cargo xtask fuzz`: each target of `tests/fuzz` for a while, with cargo-fuzz.

use crate::run::{cargo, output, step};
use anyhow::{Context, Result, bail};
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this target; without it, all.
    target: Option<String>,
    /// Seconds for each target.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if output(cargo().args(["fuzz", "--version"])).is_none() {
        bail!(
            "cargo-fuzz is missing; please type `cargo install cargo-fuzz --locked`, then the same command again"
        );
    }
    let targets = match &options.target {
        Some(target) => target.clone(),
        None => output(&mut fuzz(["list"])).context("cannot list the fuzz targets of tests/fuzz")?,
    };
    for target in targets.split_whitespace() {
        // No unsafe code is looked at: without the sanitizer for it four times as much is tried.
        let mut run = fuzz(["run", "--sanitizer", "none"]);
        // The first folder is the fuzzer's own, where it keeps what it finds; the second stays as it is.
        let corpus = format!("fuzz/corpus/{target}");
        std::fs::create_dir_all(format!("tests/{corpus}"))
            .with_context(|| format!("cannot make tests/{corpus}"))?;
        run.args([
            target,
            &corpus,
            &format!("fuzz/seeds/{target}"),
            "--",
            &format!("-max_total_time={}", options.seconds),
            "-max_len=65536",
            "-timeout=10",
        ]);
        step(&format!("fuzzing {target} for {} s", options.seconds), &mut run)?;
    }
    Ok(())
}

/// libFuzzer's instrumentation is behind an unstable flag: this lets a stable compiler take it.
fn fuzz<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = cargo();
    command.env("RUSTC_BOOTSTRAP", "1").current_dir("tests").arg("fuzz").args(arguments);
    command
}
