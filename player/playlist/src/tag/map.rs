//! `EXT-X-MAP` (RFC 8216bis 4.4.4.5): the initialization segment.

use std::fmt;

use super::byte_range;
use crate::ByteRange;
use crate::attributes::{Attributes, TagWriter};

/// Where the initialization segment is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Map {
    /// `URI`.
    pub uri: String,
    /// `BYTERANGE`.
    pub byte_range: Option<ByteRange>,
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Map {
    Map { byte_range: byte_range::read_attribute(attributes, 0), uri: attributes.need("URI") }
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-MAP")?;
        tag.text("URI", Some(&self.uri))?;
        tag.maybe("BYTERANGE", self.byte_range.map(|range| format!("\"{range}\"")))
    }
}
