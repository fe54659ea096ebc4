//! The streams that `fixtures/make.py` makes, made when they are first asked for.

use anyhow::{Context, Result, ensure};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/make.py");

/// The folder that holds a folder for each stream: under `target`, until the script changes.
pub fn folder() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    fs::read(SCRIPT).with_context(|| format!("cannot read {SCRIPT}"))?.hash(&mut hasher);
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fixtures");
    let ready = all.join(format!("{:016x}", hasher.finish()));
    if ready.is_dir() {
        return Ok(ready);
    }
    fs::create_dir_all(&all)?;
    let making = tempfile::Builder::new().prefix("making-").tempdir_in(&all)?;
    let made = Command::new("python3").arg(SCRIPT).arg(making.path()).output();
    let made = made.context("cannot start python3, which makes the streams")?;
    ensure!(made.status.success(), "{SCRIPT} fails: {}", String::from_utf8_lossy(&made.stderr));
    // Another test may have been quicker: what it made is the same.
    let moved = fs::rename(making.path(), &ready);
    ensure!(moved.is_ok() || ready.is_dir(), "cannot make {}", ready.display());
    Ok(ready)
}
