//! Segments and their parts, with everything that applied to them where they stood.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::line::UriLine;
use crate::media::write_lines;
use crate::tag::inf::Inf;
use crate::{ByteRange, Key, KeyMethod, Map, Part, ProgramDateTime};

/// A media segment (RFC 8216bis 4.4.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// Where the segment is; `None` while only its parts exist.
    pub uri: Option<String>,
    /// `EXTINF`. Of a segment without a URI: the sum of its parts so far.
    pub duration: Duration,
    /// `EXTINF`'s title.
    pub title: Option<String>,
    /// `EXT-X-PART` tags of this segment, oldest first.
    pub parts: Vec<Part>,
    /// `EXT-X-MAP` in force. Written where it differs from the segment before.
    pub map: Option<Arc<Map>>,
    /// `EXT-X-KEY` tags in force, one for each key format. Empty when none was seen; an explicit end of encryption is one
    /// key with [`crate::KeyMethod::None`]. Written where they differ from the segment before.
    pub keys: Vec<Arc<Key>>,
    /// `EXT-X-BYTERANGE`.
    pub byte_range: Option<ByteRange>,
    /// `EXT-X-PROGRAM-DATE-TIME` of the first sample, where the text gives it. See also [`crate::Media::program_date_time`].
    pub program_date_time: Option<ProgramDateTime>,
    /// `EXT-X-DISCONTINUITY` stands before this segment.
    pub discontinuity: bool,
    /// `EXT-X-GAP`: there is no media here.
    pub gap: bool,
    /// `EXT-X-BITRATE` in force, in bits per second. Written where it differs from the segment before.
    pub bitrate: Option<u64>,
}

impl Segment {
    /// Writes the segment's lines; what is still in force from the segment before is not said again.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, previous: &Segment) -> fmt::Result {
        if self.discontinuity {
            f.write_str("#EXT-X-DISCONTINUITY\n")?;
        }
        if let Some(map) = self.map.as_ref().filter(|_| self.map != previous.map) {
            writeln!(f, "{map}")?;
        }
        self.write_keys(f, previous)?;
        if let Some(rate) = self.bitrate.filter(|_| self.bitrate != previous.bitrate) {
            writeln!(f, "#EXT-X-BITRATE:{}", rate / 1000)?;
        }
        if let Some(time) = self.program_date_time {
            writeln!(f, "#EXT-X-PROGRAM-DATE-TIME:{time}")?;
        }
        if self.gap {
            f.write_str("#EXT-X-GAP\n")?;
        }
        write_lines(f, &self.parts)?;
        let Some(uri) = &self.uri else { return Ok(()) };
        writeln!(f, "{}", Inf { duration: self.duration, title: self.title.clone() })?;
        if let Some(range) = self.byte_range {
            writeln!(f, "#EXT-X-BYTERANGE:{range}")?;
        }
        writeln!(f, "{}", UriLine(uri))
    }

    /// Keys that changed. When a format is no longer in force all end first, as there is no other way to say it.
    fn write_keys(&self, f: &mut fmt::Formatter<'_>, previous: &Segment) -> fmt::Result {
        if self.keys == previous.keys {
            return Ok(());
        }
        let is_clear = |key: &Arc<Key>| key.method == KeyMethod::None;
        let goes_on = |old: &Arc<Key>| is_clear(old) || self.keys.iter().any(|key| key.format == old.format);
        if !previous.keys.iter().all(goes_on) && !self.keys.iter().any(is_clear) {
            writeln!(f, "{}", Key::NONE)?;
        }
        write_lines(f, self.keys.iter().map(Arc::as_ref))
    }
}
