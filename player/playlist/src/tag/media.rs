//! `EXT-X-MEDIA` (RFC 8216bis 4.4.6.1): alternative renditions.

use std::fmt;

use crate::attributes::{Attributes, TagWriter};

/// An alternative rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// `TYPE`.
    pub kind: RenditionKind,
    /// `GROUP-ID`.
    pub group_id: String,
    /// `NAME`.
    pub name: String,
    /// `URI`; none when the media is in the variant itself.
    pub uri: Option<String>,
    /// `LANGUAGE`.
    pub language: Option<String>,
    /// `ASSOC-LANGUAGE`.
    pub assoc_language: Option<String>,
    /// `STABLE-RENDITION-ID`.
    pub stable_id: Option<String>,
    /// `DEFAULT`.
    pub default: bool,
    /// `AUTOSELECT`.
    pub autoselect: bool,
    /// `FORCED`.
    pub forced: bool,
    /// `INSTREAM-ID`, such as `CC1`.
    pub instream_id: Option<String>,
    /// `CHARACTERISTICS`, as written.
    pub characteristics: Option<String>,
    /// `CHANNELS`, as written.
    pub channels: Option<String>,
}

/// `TYPE` of a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenditionKind {
    /// `AUDIO`.
    Audio,
    /// `VIDEO`.
    Video,
    /// `SUBTITLES`.
    Subtitles,
    /// `CLOSED-CAPTIONS`.
    ClosedCaptions,
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Rendition {
    let kind = match attributes.get("TYPE").unwrap_or_default() {
        "AUDIO" => RenditionKind::Audio,
        "SUBTITLES" => RenditionKind::Subtitles,
        "CLOSED-CAPTIONS" => RenditionKind::ClosedCaptions,
        other => {
            if other != "VIDEO" {
                attributes.refuse_value("TYPE", "AUDIO, VIDEO, SUBTITLES or CLOSED-CAPTIONS", other);
            }
            RenditionKind::Video
        }
    };
    Rendition {
        kind,
        group_id: attributes.need("GROUP-ID"),
        name: attributes.need("NAME"),
        uri: attributes.text("URI"),
        language: attributes.text("LANGUAGE"),
        assoc_language: attributes.text("ASSOC-LANGUAGE"),
        stable_id: attributes.text("STABLE-RENDITION-ID"),
        default: attributes.yes("DEFAULT"),
        autoselect: attributes.yes("AUTOSELECT"),
        forced: attributes.yes("FORCED"),
        instream_id: attributes.text("INSTREAM-ID"),
        characteristics: attributes.text("CHARACTERISTICS"),
        channels: attributes.text("CHANNELS"),
    }
}

impl fmt::Display for Rendition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-MEDIA")?;
        tag.plain("TYPE", self.kind.name())?;
        tag.text("GROUP-ID", Some(&self.group_id))?;
        tag.text("NAME", Some(&self.name))?;
        tag.text("LANGUAGE", self.language.as_deref())?;
        tag.text("ASSOC-LANGUAGE", self.assoc_language.as_deref())?;
        tag.text("STABLE-RENDITION-ID", self.stable_id.as_deref())?;
        tag.yes("DEFAULT", self.default)?;
        tag.yes("AUTOSELECT", self.autoselect)?;
        tag.yes("FORCED", self.forced)?;
        tag.text("INSTREAM-ID", self.instream_id.as_deref())?;
        tag.text("CHARACTERISTICS", self.characteristics.as_deref())?;
        tag.text("CHANNELS", self.channels.as_deref())?;
        tag.text("URI", self.uri.as_deref())
    }
}

impl RenditionKind {
    fn name(self) -> &'static str {
        match self {
            RenditionKind::Audio => "AUDIO",
            RenditionKind::Video => "VIDEO",
            RenditionKind::Subtitles => "SUBTITLES",
            RenditionKind::ClosedCaptions => "CLOSED-CAPTIONS",
        }
    }
}
