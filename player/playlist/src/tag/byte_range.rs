//! `EXT-X-BYTERANGE` (RFC 8216bis 4.4.4.2) and the `BYTERANGE` attributes.

use std::fmt;

use crate::attributes::Attributes;
use crate::scan::{cut, trim};

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
pub(crate) fn read(attributes: &mut Attributes<'_>, what: &'static str, text: &str, next: u64) -> ByteRange {
    let (length, offset) = match cut(text, b'@') {
        Some((length, offset)) => (length, attributes.integer_of(what, trim(offset))),
        None => (text, next),
    };
    let range = ByteRange { offset, length: attributes.integer_of(what, trim(length)) };
    if range.offset.checked_add(range.length).is_none() {
        attributes.refuse_value(what, "a range that ends", text);
    }
    range
}

/// Reads the attribute `BYTERANGE`.
pub(crate) fn read_attribute(attributes: &mut Attributes<'_>, next: u64) -> Option<ByteRange> {
    attributes.get("BYTERANGE").map(|text| read(attributes, "BYTERANGE", text, next))
}

impl fmt::Display for ByteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.length, self.offset)
    }
}
