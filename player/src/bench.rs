//! The playlist parser by itself, for the benchmark beside hls.js's. No part of the product's module.

use playlist::Playlist;
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a playlist; answers how many segments or variants it has.
///
/// # Errors
///
/// Says what in `text` is no playlist.
#[wasm_bindgen]
pub fn parse(text: &str) -> Result<usize, String> {
    match playlist::parse(text).map_err(|error| error.to_string())? {
        Playlist::Media(media) => Ok(media.segments.len()),
        Playlist::Multivariant(multivariant) => Ok(multivariant.variants.len()),
    }
}
