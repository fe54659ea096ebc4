//! How much a file weighs on the wire.

use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Bytes of `file` compressed as a static host would: brotli, quality 11.
pub(crate) fn brotli(file: &Path) -> Result<usize> {
    let plain = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut plain.as_slice(), &mut packed, &parameters)?;
    Ok(packed.len())
}
