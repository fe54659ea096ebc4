//! `cargo xtask dist`: the server with its pages inside, and the embed files for a static host.

use crate::{
    run::{cargo, step},
    setup::{self, Wanted},
    web,
};
use anyhow::{Context, Result};
use std::{fs, path::Path};

pub(crate) fn make() -> Result<()> {
    let tools = setup::get(Wanted::web())?;
    web::build(&tools)?;
    step("building the server", cargo().args(["build", "--release", "--package", "livestall"]))?;
    let dist = Path::new("dist");
    if dist.exists() {
        fs::remove_dir_all(dist).context("cannot empty dist/")?;
    }
    web::copy(Path::new("www/dist/embed"), &dist.join("embed"))?;
    fs::copy("target/release/livestall", dist.join("livestall")).context("cannot copy the server")?;
    eprintln!("dist/livestall     the server, its pages inside: dist/livestall serve --data DIR");
    eprintln!(
        "dist/embed/        for any static host: <script type=\"module\" src=\".../live-stall.js\"></script>"
    );
    Ok(())
}
