//! `EXT-X-BYTERANGE` (RFC 8216bis 4.4.4.2) and the `BYTERANGE` attributes.

use std::fmt;

use crate::Problem;
use crate::attributes::integer;

/// Part of a resource. Ranges that follow on from the one before are resolved by the reader, so the offset is always known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByteRange {
    /// First byte.
    pub offset: u64,
    /// How many bytes.
    pub length: u64,
}

impl ByteRange {
    /// The byte after the last.
    #[must_use]
    pub const fn end(self) -> u64 {
        self.offset.saturating_add(self.length)
    }
}

/// Reads `LENGTH` or `LENGTH@OFFSET`. Without an offset the range begins at `next`, where the one before it ended.
pub(crate) fn read(what: &'static str, text: &str, next: u64) -> Result<ByteRange, Problem> {
    let (length, offset) = match text.split_once('@') {
        Some((length, offset)) => (length, integer(what, offset.trim())?),
        None => (text, next),
    };
    let range = ByteRange { offset, length: integer(what, length.trim())? };
    match range.offset.checked_add(range.length) {
        Some(_) => Ok(range),
        None => Err(Problem::value(what, "a range that ends", text)),
    }
}

impl fmt::Display for ByteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.length, self.offset)
    }
}
