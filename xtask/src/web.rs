//! Builds the browser's side with trunk and packs the embed, unless nothing that goes into it has changed.

mod embed;

use crate::{run, setup::Tools};
use anyhow::{Context, Result};
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

/// All that goes into the pages.
const INPUTS: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "www",
    "player",
    "overlay",
    "server/protocol",
    ".cargo",
    "xtask/src/web",
    "xtask/src/setup/lottie.rs",
];
/// Where the pages end up; the server embeds it.
const PAGES: &str = "www/dist";
const STAMP: &str = "target/livestall/web.stamp";

/// Leaves fresh pages in `www/dist`.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    let stamp = format!("{:016x}", fingerprint()?);
    let built = Path::new(PAGES).join("index.html").is_file();
    if built && fs::read_to_string(STAMP).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    let mut trunk = tools.command("trunk")?;
    trunk.args(["build", "--release", "--offline", "--skip-version-check"]);
    run::step("building the browser's side", &mut trunk)?;
    embed::pack(tools, &Path::new(PAGES).join("embed"))?;
    fs::create_dir_all(Path::new(STAMP).parent().unwrap_or(Path::new("target")))?;
    fs::write(STAMP, stamp).with_context(|| format!("cannot write {STAMP}"))
}

/// A hash over the names and contents of all inputs.
fn fingerprint() -> Result<u64> {
    let mut files = Vec::new();
    for input in INPUTS {
        list(Path::new(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() && path != Path::new(PAGES) && !path.ends_with("target") {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            list(&entry?.path(), files)?;
        }
    }
    Ok(())
}

/// Copies a folder and all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}
