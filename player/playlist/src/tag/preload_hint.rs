//! `EXT-X-PRELOAD-HINT` (RFC 8216bis 4.4.5.3).

use std::fmt;

use crate::Problem;
use crate::attributes::{Attributes, TagWriter};

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

pub(crate) fn read(attributes: &Attributes<'_>) -> Result<PreloadHint, Problem> {
    let kind = attributes.need("TYPE")?;
    let kind = match kind.as_str() {
        "PART" => HintKind::Part,
        "MAP" => HintKind::Map,
        _ => return Err(Problem::value("TYPE", "PART or MAP", &kind)),
    };
    Ok(PreloadHint {
        kind,
        uri: attributes.need("URI")?,
        start: attributes.integer("BYTERANGE-START")?.unwrap_or(0),
        length: attributes.integer("BYTERANGE-LENGTH")?,
    })
}

impl fmt::Display for PreloadHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-PRELOAD-HINT")?;
        tag.plain("TYPE", if self.kind == HintKind::Part { "PART" } else { "MAP" })?;
        tag.text("URI", Some(&self.uri))?;
        tag.maybe("BYTERANGE-START", (self.start > 0).then_some(self.start))?;
        tag.maybe("BYTERANGE-LENGTH", self.length)
    }
}
