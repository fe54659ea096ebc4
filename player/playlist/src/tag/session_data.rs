//! `EXT-X-SESSION-DATA` (RFC 8216bis 4.4.6.4).

/// A fact about the presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionData {
    /// `DATA-ID`.
    pub id: String,
    /// `VALUE` or `URI`.
    pub value: SessionValue,
    /// `LANGUAGE`.
    pub language: Option<String>,
}

/// Where the fact stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionValue {
    /// `VALUE`.
    Text(String),
    /// `URI`, to a JSON file, or to a raw one when `FORMAT` says so.
    Uri {
        /// `URI`.
        uri: String,
        /// `FORMAT=RAW`.
        raw: bool,
    },
}
