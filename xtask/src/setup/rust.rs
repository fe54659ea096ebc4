//! Parts of the Rust toolchain that a minimal rustup profile leaves out.

use super::{Wanted, progress};
use crate::run::{output, which};
use anyhow::{Result, bail};
use std::{path::Path, process::Command};

/// What the browser's side is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Gets the wasm target for the browser's side, and clippy and rustfmt for the lints.
pub(crate) fn get(wanted: Wanted) -> Result<()> {
    if wanted.web && !has_target() {
        rustup("target", WASM)?;
    }
    if wanted.lints {
        for (program, component) in [("cargo-clippy", "clippy"), ("rustfmt", "rustfmt")] {
            // A rustup proxy may stand for a component that is not there: only running it tells.
            if output(Command::new(program).arg("--version")).is_none() {
                rustup("component", component)?;
            }
        }
    }
    Ok(())
}

fn has_target() -> bool {
    output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

fn rustup(kind: &str, name: &str) -> Result<()> {
    eprintln!("missing: {name} (from rustup)");
    if which("rustup").is_none() {
        bail!(
            "rustup is not on PATH, and the Rust toolchain lacks {name}: install it the way the toolchain was installed"
        );
    }
    progress::run("rustup", Command::new("rustup").args([kind, "add", name]))
}
