//! `EXT-X-PRELOAD-HINT` (RFC 8216bis 4.4.5.3).

use std::fmt;

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

pub(crate) fn read(attributes: &mut Attributes<'_>) -> PreloadHint {
    let kind = match attributes.get("TYPE").unwrap_or_default() {
        "MAP" => HintKind::Map,
        other => {
            if other != "PART" {
                attributes.refuse_value("TYPE", "PART or MAP", other);
            }
            HintKind::Part
        }
    };
    PreloadHint {
        kind,
        uri: attributes.need("URI"),
        start: attributes.integer("BYTERANGE-START").unwrap_or(0),
        length: attributes.integer("BYTERANGE-LENGTH"),
    }
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
