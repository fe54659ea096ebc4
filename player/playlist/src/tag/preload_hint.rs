//! `EXT-X-PRELOAD-HINT` (RFC 8216bis 4.4.5.3).

/// A resource that will be there soon and may be asked for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreloadHint {
    /// `TYPE`.
    pub kind: HintKind,
    /// `URI`.
    pub uri: String,
    /// `BYTERANGE-START`; 0 when absent.
    pub start: u64,
    /// `BYTERANGE-LENGTH`; to the end of the resource when absent.
    pub length: Option<u64>,
}

/// What is hinted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// `PART`: the next part.
    Part,
    /// `MAP`: the next initialization segment.
    Map,
}
