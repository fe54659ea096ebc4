//! esbuild, which packs the embed's modules: npm's package of the program alone, which runs without node.

use super::npm;
use crate::run::which;
use anyhow::{Context, Result};
use std::{
    env::consts::{ARCH, OS},
    path::PathBuf,
};

const VERSION: &str = "0.28.2";

/// Whether npm is needed to get it.
pub(super) fn is_missing() -> bool {
    which("esbuild").is_none()
        && package()
            .is_ok_and(|name| npm::folder(&name, VERSION).is_ok_and(|modules| !modules.join(&name).is_dir()))
}

/// The folder to put on `PATH`; none when it is there already.
pub(super) fn get() -> Result<Option<PathBuf>> {
    if which("esbuild").is_some() {
        return Ok(None);
    }
    let name = package()?;
    Ok(Some(npm::get(&name, VERSION)?.join(&name).join("bin")))
}

/// The package for this machine, as esbuild names them.
fn package() -> Result<String> {
    let system = match OS {
        "macos" => Some("darwin"),
        "linux" => Some("linux"),
        _ => None,
    };
    let processor = match ARCH {
        "x86_64" => Some("x64"),
        "aarch64" => Some("arm64"),
        _ => None,
    };
    let (system, processor) = system
        .zip(processor)
        .with_context(|| format!("no esbuild from npm for {OS} on {ARCH}: put one on PATH"))?;
    Ok(format!("@esbuild/{system}-{processor}"))
}
