//! Segments: tags gather on a pending one until its URI closes it.

use super::Reader;
use crate::attributes::Attributes;
use crate::limits::{MAX_PARTS, MAX_SEGMENTS};
use crate::tag::{byte_range, part};
use crate::{ByteRange, Problem, Segment};

impl Reader<'_> {
    /// `EXT-X-PART`.
    pub(crate) fn part(&mut self, tag: &mut Attributes<'_>) {
        let before = self.media.segments.last().and_then(|segment| segment.parts.last());
        let segment = &mut self.segment;
        if segment.parts.len() >= MAX_PARTS {
            return tag.refuse(Problem::TooMany { what: "parts in a segment", limit: MAX_PARTS });
        }
        let part = part::read(tag, segment.parts.last().or(before));
        segment.duration = segment.duration.saturating_add(part.duration);
        segment.parts.push(part);
    }

    /// A URI closes the pending segment. One without a duration, or without anything, belongs to nothing that we know, and is
    /// stepped over.
    pub(super) fn close_segment(&mut self, uri: &str) -> Result<(), Problem> {
        let Some(inf) = self.inf.take() else { return Ok(()) };
        if let Some(text) = self.byte_range.take() {
            let before = self.media.segments.last().filter(|segment| segment.uri.as_deref() == Some(uri));
            let next = before.and_then(|segment| segment.byte_range).map_or(0, ByteRange::end);
            let mut tag = Attributes::default();
            self.segment.byte_range = Some(byte_range::read(&mut tag, "EXT-X-BYTERANGE", &text, next));
            tag.check()?;
        }
        self.segment.uri = Some(uri.to_owned());
        self.segment.duration = inf.duration;
        self.segment.title = inf.title;
        self.push()
    }

    /// Parts after the last URI are the beginning of a segment that is still growing.
    pub(super) fn close_parts(&mut self) -> Result<(), Problem> {
        if self.segment.parts.is_empty() { Ok(()) } else { self.push() }
    }

    fn push(&mut self) -> Result<(), Problem> {
        if self.media.segments.len() >= MAX_SEGMENTS {
            return Err(Problem::TooMany { what: "segments", limit: MAX_SEGMENTS });
        }
        let next = Segment {
            map: self.segment.map.clone(),
            keys: self.segment.keys.clone(),
            bitrate: self.segment.bitrate,
            ..Segment::default()
        };
        self.media.segments.push(std::mem::replace(&mut self.segment, next));
        Ok(())
    }
}
