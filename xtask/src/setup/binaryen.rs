//! wasm-opt, from npm's binaryen: one file of JavaScript and WASM, so it runs wherever node does.

use super::npm;
use crate::run::{output, which};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

const VERSION: &str = "132.0.0";
/// Oldest that knows every feature that rustc turns on for wasm32 (Debian 12's 108 does not).
const OLDEST: u32 = 119;

/// Whether npm is needed to get it.
pub(super) fn is_missing() -> bool {
    !on_path() && npm::folder("binaryen", VERSION).is_ok_and(|modules| !modules.join("binaryen").is_dir())
}

/// The folder to put on `PATH`; none when a fitting one is there already.
pub(super) fn get() -> Result<Option<PathBuf>> {
    if on_path() {
        return Ok(None);
    }
    Ok(Some(npm::get("binaryen", VERSION)?.join(".bin")))
}

fn on_path() -> bool {
    if which("wasm-opt").is_none() {
        return false;
    }
    let said = output(Command::new("wasm-opt").arg("--version")).unwrap_or_default();
    said.split_whitespace().filter_map(|word| word.parse::<u32>().ok()).any(|version| version >= OLDEST)
}
