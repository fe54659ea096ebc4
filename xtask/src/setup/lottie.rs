//! lottie-web, which draws Lottie gifts: npm's package, of which one file goes into the embed.

use super::npm;
use anyhow::Result;
use std::path::PathBuf;

const NAME: &str = "lottie-web";
const VERSION: &str = "5.13.0";
/// Draws on a canvas, and has no expressions: nothing in an animation is run.
const PLAYER: &str = "lottie-web/build/player/lottie_light_canvas.js";

/// Whether npm is needed to get it.
pub(super) fn is_missing() -> bool {
    npm::folder(NAME, VERSION).is_ok_and(|modules| !modules.join(NAME).is_dir())
}

/// The player's script.
pub(crate) fn get() -> Result<PathBuf> {
    Ok(npm::get(NAME, VERSION)?.join(PLAYER))
}
