//! Segments and their parts, with everything that applied to them where they stood.

use std::sync::Arc;
use std::time::Duration;

use crate::{ByteRange, Key, Map, ProgramDateTime};

/// A media segment (RFC 8216bis 4.4.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// Where the segment is; `None` while only its parts exist.
    pub uri: Option<String>,
    /// `EXTINF`. Of a segment without a URI: the sum of its parts so far.
    pub duration: Duration,
    /// `EXTINF`'s title.
    pub title: Option<String>,
    /// `EXT-X-PART` tags of this segment, oldest first.
    pub parts: Vec<Part>,
    /// `EXT-X-MAP` in force. Written where it differs from the segment before.
    pub map: Option<Arc<Map>>,
    /// `EXT-X-KEY` tags in force, one for each key format. Empty when none was seen; an explicit end of encryption is one
    /// key with [`crate::KeyMethod::None`]. Written where they differ from the segment before.
    pub keys: Vec<Arc<Key>>,
    /// `EXT-X-BYTERANGE`.
    pub byte_range: Option<ByteRange>,
    /// `EXT-X-PROGRAM-DATE-TIME` of the first sample, where the text gives it. See also [`crate::Media::program_date_time`].
    pub program_date_time: Option<ProgramDateTime>,
    /// `EXT-X-DISCONTINUITY` stands before this segment.
    pub discontinuity: bool,
    /// `EXT-X-GAP`: there is no media here.
    pub gap: bool,
    /// `EXT-X-BITRATE` in force, in bits per second. Written where it differs from the segment before.
    pub bitrate: Option<u64>,
}

/// `EXT-X-PART` (4.4.4.9): a piece of a segment, listed before the segment is whole.
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
