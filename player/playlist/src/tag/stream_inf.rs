//! `EXT-X-STREAM-INF` (RFC 8216bis 4.4.6.2) and `EXT-X-I-FRAME-STREAM-INF` (4.4.6.3).

/// A variant: one way to play the whole presentation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Variant {
    /// Its media playlist.
    pub uri: String,
    /// What both kinds of stream say.
    pub info: StreamInfo,
    /// `FRAME-RATE`, always finite.
    pub frame_rate: Option<f64>,
    /// `AUDIO` group.
    pub audio: Option<String>,
    /// `SUBTITLES` group.
    pub subtitles: Option<String>,
    /// `CLOSED-CAPTIONS` group; `NONE` reads as none.
    pub closed_captions: Option<String>,
}

/// A variant of key frames only, for trick play.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IFrameVariant {
    /// `URI` of its media playlist.
    pub uri: String,
    /// What both kinds of stream say.
    pub info: StreamInfo,
}

/// What variants and I-frame variants both say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StreamInfo {
    /// `BANDWIDTH`: peak, in bits per second.
    pub bandwidth: u64,
    /// `AVERAGE-BANDWIDTH`, in bits per second.
    pub average_bandwidth: Option<u64>,
    /// `SCORE`, always finite.
    pub score: Option<f64>,
    /// `CODECS`, as written.
    pub codecs: Option<String>,
    /// `SUPPLEMENTAL-CODECS`, as written.
    pub supplemental_codecs: Option<String>,
    /// `RESOLUTION`.
    pub resolution: Option<Resolution>,
    /// `HDCP-LEVEL`, as written.
    pub hdcp_level: Option<String>,
    /// `VIDEO-RANGE`, as written.
    pub video_range: Option<String>,
    /// `VIDEO` group.
    pub video: Option<String>,
    /// `STABLE-VARIANT-ID`.
    pub stable_id: Option<String>,
    /// `PATHWAY-ID`.
    pub pathway_id: Option<String>,
}

/// Size of the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resolution {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}
