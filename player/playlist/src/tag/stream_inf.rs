//! `EXT-X-STREAM-INF` (RFC 8216bis 4.4.6.2) and `EXT-X-I-FRAME-STREAM-INF` (4.4.6.3).

use std::fmt;

use crate::attributes::{Attributes, Clean, TagWriter};
use crate::decimal::Number;
use crate::line::UriLine;

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

/// Reads `EXT-X-STREAM-INF`; the URI stands on the next line.
pub(crate) fn read_variant(attributes: &mut Attributes<'_>) -> Variant {
    Variant {
        uri: String::new(),
        info: read_info(attributes),
        frame_rate: attributes.number("FRAME-RATE"),
        audio: attributes.text("AUDIO"),
        subtitles: attributes.text("SUBTITLES"),
        closed_captions: attributes.text("CLOSED-CAPTIONS").filter(|group| group != "NONE"),
    }
}

/// Reads `EXT-X-I-FRAME-STREAM-INF`.
pub(crate) fn read_i_frame_variant(attributes: &mut Attributes<'_>) -> IFrameVariant {
    IFrameVariant { uri: attributes.need("URI"), info: read_info(attributes) }
}

fn read_info(attributes: &mut Attributes<'_>) -> StreamInfo {
    let average = attributes.integer("AVERAGE-BANDWIDTH");
    StreamInfo {
        // The tag must have it; players take the average, or try the variant last, when it does not.
        bandwidth: attributes.integer("BANDWIDTH").or(average).unwrap_or(0),
        average_bandwidth: average,
        score: attributes.number("SCORE"),
        codecs: attributes.text("CODECS"),
        supplemental_codecs: attributes.text("SUPPLEMENTAL-CODECS"),
        resolution: attributes.get("RESOLUTION").and_then(resolution),
        hdcp_level: attributes.text("HDCP-LEVEL"),
        video_range: attributes.text("VIDEO-RANGE"),
        video: attributes.text("VIDEO"),
        stable_id: attributes.text("STABLE-VARIANT-ID"),
        pathway_id: attributes.text("PATHWAY-ID"),
    }
}

/// Reads `1280x720`; what cannot be read counts as absent, as the variant plays all the same.
fn resolution(text: &str) -> Option<Resolution> {
    let parsed: hls_m3u8::types::Resolution = text.to_ascii_lowercase().parse().ok()?;
    Some(Resolution { width: parsed.width().try_into().ok()?, height: parsed.height().try_into().ok()? })
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-STREAM-INF")?;
        self.info.write(&mut tag)?;
        tag.maybe("FRAME-RATE", self.frame_rate.map(Number))?;
        tag.text("AUDIO", self.audio.as_deref())?;
        tag.text("SUBTITLES", self.subtitles.as_deref())?;
        tag.text("CLOSED-CAPTIONS", self.closed_captions.as_deref())?;
        write!(f, "\n{}", UriLine(&self.uri))
    }
}

impl fmt::Display for IFrameVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-I-FRAME-STREAM-INF")?;
        self.info.write(&mut tag)?;
        tag.text("URI", Some(&self.uri))
    }
}

impl StreamInfo {
    fn write(&self, tag: &mut TagWriter<'_, '_>) -> fmt::Result {
        tag.plain("BANDWIDTH", self.bandwidth)?;
        tag.maybe("AVERAGE-BANDWIDTH", self.average_bandwidth)?;
        tag.maybe("SCORE", self.score.map(Number))?;
        tag.text("CODECS", self.codecs.as_deref())?;
        tag.text("SUPPLEMENTAL-CODECS", self.supplemental_codecs.as_deref())?;
        tag.maybe("RESOLUTION", self.resolution)?;
        tag.maybe("HDCP-LEVEL", self.hdcp_level.as_deref().map(Clean))?;
        tag.maybe("VIDEO-RANGE", self.video_range.as_deref().map(Clean))?;
        tag.text("VIDEO", self.video.as_deref())?;
        tag.text("STABLE-VARIANT-ID", self.stable_id.as_deref())?;
        tag.text("PATHWAY-ID", self.pathway_id.as_deref())
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}
