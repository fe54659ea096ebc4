//! The player's module with an entry to its playlist parser, for the benchmark alone: beside the product, never in it.

use crate::{
    run::{cargo, step},
    setup::{Tools, WASM},
};
use anyhow::Result;
use std::path::PathBuf;

/// Where it ends up.
const FOLDER: &str = "target/bench/player";
const MODULE: &str = "target/bench/wasm32-unknown-unknown/web/player.wasm";

/// Builds it as trunk builds the product's; answers its folder.
pub(super) fn build(tools: &Tools) -> Result<PathBuf> {
    let mut compile = cargo();
    compile.args([
        "build",
        "--package",
        "player",
        "--features",
        "bench",
        "--target",
        WASM,
        "--profile",
        "web",
    ]);
    // Apart, so that the product's own module is never mistaken for it.
    step("building the parser's benchmark", compile.args(["--target-dir", "target/bench"]))?;
    let mut bind = tools.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--out-name", "player", "--out-dir", FOLDER, MODULE]);
    step("binding it", &mut bind)?;
    let module = format!("{FOLDER}/player_bg.wasm");
    step("shrinking it", tools.command("wasm-opt")?.args(["-Oz", &module, "-o", &module]))?;
    Ok(PathBuf::from(FOLDER))
}
