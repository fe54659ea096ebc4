//! `cargo xtask dist`: the server with its pages inside, and the embed files for a static host.

use crate::{
    run::{cargo, step},
    setup::{self, Wanted},
    web,
};
use anyhow::{Context, Result};
use std::{fs, path::Path};

pub(crate) fn make() -> Result<()> {
    let tools = setup::get(Wanted { web: true, stream: false, browser: false, lints: false, peers: false })?;
    web::build(&tools)?;
    step("building the server", cargo().args(["build", "--release", "--package", "livestall"]))?;
    let dist = Path::new("dist");
    if dist.exists() {
        fs::remove_dir_all(dist).context("cannot empty dist/")?;
    }
    copy(Path::new("www/dist/embed"), &dist.join("embed"))?;
    fs::copy("target/release/livestall", dist.join("livestall")).context("cannot copy the server")?;
    eprintln!("dist/livestall     the server, its pages inside: dist/livestall serve --data DIR");
    eprintln!(
        "dist/embed/        for any static host: <script type=\"module\" src=\".../live-stall.js\"></script>"
    );
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
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
