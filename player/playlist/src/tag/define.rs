//! `EXT-X-DEFINE` (RFC 8216bis 4.4.2.3): variables.

use std::collections::BTreeMap;

/// Defines a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Define {
    /// `NAME` and `VALUE`.
    Value {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
    },
    /// `IMPORT`: takes the value from the multivariant playlist.
    Import(String),
    /// `QUERYPARAM`: takes the value from the query of the playlist's URI.
    QueryParam(String),
}

/// Variables from outside a playlist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// What the multivariant playlist defined; for `IMPORT`.
    pub imports: BTreeMap<String, String>,
    /// Query parameters of the playlist's URI, percent-decoded; for `QUERYPARAM`.
    pub query: BTreeMap<String, String>,
}
