//! `EXT-X-BYTERANGE` (RFC 8216bis 4.4.4.2) and the `BYTERANGE` attributes.

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
