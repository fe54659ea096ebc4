//! `EXT-X-PART` (RFC 8216bis 4.4.4.9) and `EXT-X-PART-INF` (4.4.3.7).

use std::fmt;
use std::time::Duration;

use super::byte_range;
use crate::ByteRange;
use crate::attributes::{Attributes, TagWriter};

/// A piece of a segment, listed before the segment is whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Where the part is.
    pub uri: String,
    /// How long it is.
    pub duration: Duration,
    /// It holds a frame that decodes alone.
    pub independent: bool,
    /// The part is these bytes of the resource.
    pub byte_range: Option<ByteRange>,
    /// There is no media here.
    pub gap: bool,
}

/// Reads a part. A byte range without an offset follows on from `previous` if that is of the same resource.
pub(crate) fn read(attributes: &mut Attributes<'_>, previous: Option<&Part>) -> Part {
    let uri = attributes.need("URI");
    let previous = previous.filter(|part| part.uri == uri).and_then(|part| part.byte_range);
    let next = previous.map_or(0, ByteRange::end);
    Part {
        uri,
        duration: attributes.need_duration("DURATION"),
        independent: attributes.yes("INDEPENDENT"),
        byte_range: byte_range::read_attribute(attributes, next),
        gap: attributes.yes("GAP"),
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-PART")?;
        tag.seconds("DURATION", Some(self.duration))?;
        tag.text("URI", Some(&self.uri))?;
        tag.maybe("BYTERANGE", self.byte_range.map(|range| format!("\"{range}\"")))?;
        tag.yes("INDEPENDENT", self.independent)?;
        tag.yes("GAP", self.gap)
    }
}
