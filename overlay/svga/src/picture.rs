use crate::{SvgaError, limits};

/// A PNG inside the file, not decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What sprites call it.
    pub key: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The PNG.
    pub png: Vec<u8>,
}

impl Picture {
    /// None for what is no PNG: sounds lie among the pictures.
    pub(crate) fn read(key: &str, bytes: &[u8]) -> Result<Option<Self>, SvgaError> {
        let Some((width, height)) = png_size(bytes) else { return Ok(None) };
        for side in [width, height] {
            if !(1..=limits::SIDE).contains(&side) {
                let (what, expected) = ("a picture's side in pixels", "1 to 2048");
                return Err(SvgaError::BadNumber { what, expected, found: side.into() });
            }
        }
        Ok(Some(Self { key: key.to_owned(), width, height, png: bytes.to_owned() }))
    }

    /// Bytes once decoded: sides are bounded, so that this stays far below what a number holds.
    pub const fn decoded_bytes(&self) -> usize {
        self.width as usize * self.height as usize * 4
    }
}

/// Width and height, as the header says (PNG 11.2.2: `IHDR` is the first chunk).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let (width, rest) = rest.split_first_chunk()?;
    let (height, _) = rest.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}
