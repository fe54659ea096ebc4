//! `EXT-X-MEDIA` (RFC 8216bis 4.4.6.1): alternative renditions.

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
