//! `EXT-X-MAP` (RFC 8216bis 4.4.4.5): the initialization segment.

use crate::ByteRange;

/// Where the initialization segment is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Map {
    /// `URI`.
    pub uri: String,
    /// `BYTERANGE`.
    pub byte_range: Option<ByteRange>,
}
