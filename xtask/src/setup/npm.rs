//! Packages from npm, each version into a folder of its own.

use super::{progress, tool_home};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf, process::Command};

/// The `node_modules` that has `name` at `version`; fetched when it is not there.
pub(super) fn get(name: &str, version: &str) -> Result<PathBuf> {
    let modules = folder(name, version)?;
    if !modules.join(name).is_dir() {
        eprintln!("missing: {name} {version} (from npm)");
        let home = tool_home(name, version)?;
        fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&home);
        progress::run("npm", install.arg(format!("{name}@{version}")))?;
    }
    Ok(modules)
}

/// Where [`get`] puts it.
pub(super) fn folder(name: &str, version: &str) -> Result<PathBuf> {
    Ok(tool_home(name, version)?.join("node_modules"))
}
