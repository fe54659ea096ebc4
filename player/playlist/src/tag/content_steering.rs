//! `EXT-X-CONTENT-STEERING` (RFC 8216bis 4.4.6.6).

use std::fmt;

use crate::attributes::{Attributes, TagWriter};

/// Where to ask which pathway to prefer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentSteering {
    /// `SERVER-URI`.
    pub server_uri: String,
    /// `PATHWAY-ID` to begin with.
    pub pathway_id: Option<String>,
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> ContentSteering {
    ContentSteering { server_uri: attributes.need("SERVER-URI"), pathway_id: attributes.text("PATHWAY-ID") }
}

impl fmt::Display for ContentSteering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-CONTENT-STEERING")?;
        tag.text("SERVER-URI", Some(&self.server_uri))?;
        tag.text("PATHWAY-ID", self.pathway_id.as_deref())
    }
}
