//! The embed as it stands in `dist/embed/` for a static host, and how much of it goes over the wire.

use crate::{
    server::root,
    site::{File, Site},
};
use anyhow::{Context, Result};
use std::fs;

/// Its scripts and modules, under `/embed/`.
pub fn files() -> Result<Vec<File>> {
    let folder = root()?.join("www/dist/embed");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".js") || name.ends_with(".wasm") {
            files.push(File::new(&format!("/embed/{name}"), fs::read(&path)?));
        }
    }
    Ok(files)
}

/// Those of `files` that were asked for on `site`.
pub fn loaded<'a>(files: &'a [File], site: &Site) -> Vec<&'a File> {
    let asked = site.asked();
    files.iter().filter(|file| asked.iter().any(|path| path == file.path())).collect()
}

/// `plain` compressed as a static host would: brotli, quality 11.
pub fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &parameters)?;
    Ok(packed)
}
