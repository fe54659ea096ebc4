//! `EXT-X-RENDITION-REPORT` (RFC 8216bis 4.4.5.4).

use std::fmt;

use crate::attributes::{Attributes, TagWriter};

/// How far another rendition has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionReport {
    /// `URI` of the other media playlist.
    pub uri: String,
    /// `LAST-MSN`: its last segment, which may still be growing.
    pub last_msn: Option<u64>,
    /// `LAST-PART`: index of its last part, from 0.
    pub last_part: Option<u64>,
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> RenditionReport {
    RenditionReport {
        uri: attributes.need("URI"),
        last_msn: attributes.integer("LAST-MSN"),
        last_part: attributes.integer("LAST-PART"),
    }
}

impl fmt::Display for RenditionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-RENDITION-REPORT")?;
        tag.text("URI", Some(&self.uri))?;
        tag.maybe("LAST-MSN", self.last_msn)?;
        tag.maybe("LAST-PART", self.last_part)
    }
}
