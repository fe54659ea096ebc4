//! wasm-opt, from npm's binaryen: one file of JavaScript and WASM, so it runs wherever node does.

use super::{progress, tool_home};
use crate::run::{output, which};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf, process::Command};

const VERSION: &str = "132.0.0";
/// Oldest that knows every feature that rustc turns on for wasm32 (Debian 12's 108 does not).
const OLDEST: u32 = 119;

/// Whether npm is needed to get it.
pub(super) fn is_missing() -> bool {
    !on_path() && folder().is_ok_and(|folder| !folder.join("wasm-opt").exists())
}

/// The folder to put on `PATH`; none when a fitting one is there already.
pub(super) fn get() -> Result<Option<PathBuf>> {
    if on_path() {
        return Ok(None);
    }
    let folder = folder()?;
    if is_missing() {
        eprintln!("missing: wasm-opt (binaryen {VERSION} from npm)");
        let home = tool_home("binaryen", VERSION)?;
        fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&home);
        progress::run("npm", install.arg(format!("binaryen@{VERSION}")))?;
    }
    Ok(Some(folder))
}

fn folder() -> Result<PathBuf> {
    Ok(tool_home("binaryen", VERSION)?.join("node_modules/.bin"))
}

fn on_path() -> bool {
    if which("wasm-opt").is_none() {
        return false;
    }
    let said = output(Command::new("wasm-opt").arg("--version")).unwrap_or_default();
    said.split_whitespace().filter_map(|word| word.parse::<u32>().ok()).any(|version| version >= OLDEST)
}
