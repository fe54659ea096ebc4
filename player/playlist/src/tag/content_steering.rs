//! `EXT-X-CONTENT-STEERING` (RFC 8216bis 4.4.6.6).

/// Where to ask which pathway to prefer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentSteering {
    /// `SERVER-URI`.
    pub server_uri: String,
    /// `PATHWAY-ID` to begin with.
    pub pathway_id: Option<String>,
}
