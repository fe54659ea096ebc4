//! System packages: installed by apt where we may, else the exact commands to type.

use super::{packages::Package, progress};
use crate::run::{output, which};
use anyhow::{Result, bail};
use std::{path::Path, process::Command};

/// Stops with the commands to type when packages are missing that we may not install ourselves.
pub(crate) fn check(missing: &[Package]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let debian = Path::new("/etc/debian_version").exists() && which("apt-get").is_some();
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if debian && root {
        return Ok(());
    }
    let why = if debian {
        "installing packages takes root"
    } else {
        "only Debian's packages are installed by itself"
    };
    bail!(
        "missing: {}. {why}; please type this, then the same command again:\n\n{}\n",
        names(missing, Package::debian),
        commands(missing, debian)
    );
}

/// Installs `missing` with apt-get.
pub(crate) fn install(missing: &[Package]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("missing: {} (from apt)", names(missing, Package::debian));
    progress::run("apt-get update", Command::new("apt-get").args(["update", "--quiet"]))?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
    install.args(missing.iter().flat_map(|package| package.debian()));
    progress::run("apt-get install", &mut install)
}

fn names(missing: &[Package], system: fn(Package) -> &'static [&'static str]) -> String {
    let mut names: Vec<_> = missing.iter().flat_map(|package| system(*package)).copied().collect();
    names.dedup();
    names.join(" ")
}

fn commands(missing: &[Package], debian: bool) -> String {
    if debian {
        let names = names(missing, Package::debian);
        format!("    sudo apt-get update\n    sudo apt-get install --yes --no-install-recommends {names}")
    } else if which("dnf").is_some() {
        format!("    sudo dnf install {}", names(missing, Package::fedora))
    } else if which("pacman").is_some() {
        format!("    sudo pacman -S {}", names(missing, Package::arch))
    } else if which("brew").is_some() {
        format!("    brew install {}", names(missing, Package::homebrew))
    } else {
        format!("    (with your package manager; Debian calls them) {}", names(missing, Package::debian))
    }
}
