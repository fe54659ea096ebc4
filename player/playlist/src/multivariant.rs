//! A multivariant playlist: the variants and renditions of one presentation.

use std::fmt;

use crate::media::{write_common, write_lines};
use crate::{ContentSteering, Define, IFrameVariant, Key, Rendition, SessionData, Start, Variant};

/// A multivariant playlist (RFC 8216bis 4.4.6).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multivariant {
    /// `EXT-X-VERSION`; 1 when absent.
    pub version: u64,
    /// `EXT-X-INDEPENDENT-SEGMENTS`.
    pub independent_segments: bool,
    /// `EXT-X-START`.
    pub start: Option<Start>,
    /// `EXT-X-STREAM-INF` with its URI, in the order of the text.
    pub variants: Vec<Variant>,
    /// `EXT-X-I-FRAME-STREAM-INF`.
    pub i_frame_variants: Vec<IFrameVariant>,
    /// `EXT-X-MEDIA`.
    pub renditions: Vec<Rendition>,
    /// `EXT-X-SESSION-DATA`.
    pub session_data: Vec<SessionData>,
    /// `EXT-X-SESSION-KEY`.
    pub session_keys: Vec<Key>,
    /// `EXT-X-CONTENT-STEERING`.
    pub content_steering: Option<ContentSteering>,
    /// `EXT-X-DEFINE`; references are replaced already where the text used them.
    pub defines: Vec<Define>,
}

impl fmt::Display for Multivariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_common(f, self.version, &self.defines, self.independent_segments, self.start)?;
        write_lines(f, &self.content_steering)?;
        write_lines(f, &self.session_data)?;
        for key in &self.session_keys {
            key.write(f, "EXT-X-SESSION-KEY")?;
            f.write_str("\n")?;
        }
        write_lines(f, &self.renditions)?;
        write_lines(f, &self.variants)?;
        write_lines(f, &self.i_frame_variants)
    }
}
