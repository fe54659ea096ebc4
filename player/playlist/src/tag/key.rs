//! `EXT-X-KEY` (RFC 8216bis 4.4.4.4) and `EXT-X-SESSION-KEY` (4.4.6.5).

/// How segments are encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `METHOD`.
    pub method: KeyMethod,
    /// `URI`; none when the method is none.
    pub uri: Option<String>,
    /// `IV`; when absent, the segment's number counts.
    pub iv: Option<[u8; 16]>,
    /// `KEYFORMAT`; `identity` when absent.
    pub format: Option<String>,
    /// `KEYFORMATVERSIONS`, as written.
    pub format_versions: Option<String>,
}

/// `METHOD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyMethod {
    /// `NONE`.
    None,
    /// `AES-128`.
    Aes128,
    /// `SAMPLE-AES`.
    SampleAes,
    /// `SAMPLE-AES-CTR`.
    SampleAesCtr,
    /// Another method, as written: segments under it cannot be played, the rest of the playlist can.
    Other(String),
}
