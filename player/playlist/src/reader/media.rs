//! Reads a media playlist line by line. Tags gather on a pending segment until its URI closes it.

use std::sync::Arc;
use std::time::Duration;

use super::keep;
use crate::attributes::{Attributes, duration, integer};
use crate::limits::{MAX_PARTS, MAX_SEGMENTS};
use crate::line::{Content, Line, content};
use crate::tag::define::Scope;
use crate::tag::inf::{self, Inf};
use crate::tag::{
    byte_range, date_range, define, key, map, part, preload_hint, rendition_report, server_control, skip,
    start,
};
use crate::{ByteRange, Error, Media, PlaylistType, Problem, Segment, Variables};

pub(crate) fn read<'a>(lines: impl Iterator<Item = Line<'a>>, outer: &Variables) -> Result<Media, Error> {
    let mut reader = Reader {
        playlist: Media { version: 1, ..Media::default() },
        scope: Scope::new(outer),
        pending: Segment::default(),
        inf: None,
        byte_range: None,
    };
    let mut last = 1;
    let mut has_target = false;
    for line in lines {
        let line = line.check()?;
        last = line.number;
        let at = |tag| move |problem| Error { line: line.number, tag, problem };
        // What a line is does not depend on what its variables hold.
        match content(line.text) {
            Content::Tag(name, value) => {
                has_target |= name == "EXT-X-TARGETDURATION";
                let value = reader.scope.expand(value).map_err(at(name))?;
                reader.tag(name, &value).map_err(at(name))?;
            }
            Content::Uri(uri) => {
                let uri = reader.scope.expand(uri).map_err(at("URI"))?;
                reader.uri(uri.trim()).map_err(at("URI"))?;
            }
            Content::Unknown => {}
        }
    }
    if !has_target {
        return Err(Error { line: last, tag: "EXT-X-TARGETDURATION", problem: Problem::MissingTag });
    }
    reader.close().map_err(|problem| Error { line: last, tag: "EXT-X-PART", problem })?;
    Ok(reader.playlist)
}

struct Reader<'a> {
    playlist: Media,
    scope: Scope<'a>,
    /// What applies to the segment that is not closed yet. Map, keys and bit rate stay for the next one.
    pending: Segment,
    inf: Option<Inf>,
    /// `EXT-X-BYTERANGE` of the pending segment, unresolved: only its URI tells what it follows on from.
    byte_range: Option<String>,
}

impl Reader<'_> {
    fn tag(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let playlist = &mut self.playlist;
        let attributes = &Attributes::read(value);
        match name {
            "EXT-X-TARGETDURATION" => {
                // Players count in seconds, and one that says 0 must not make them ask without pause.
                playlist.target_duration = duration("duration", value)?.max(Duration::from_secs(1));
            }
            "EXT-X-MEDIA-SEQUENCE" => playlist.media_sequence = integer("number", value)?,
            "EXT-X-DISCONTINUITY-SEQUENCE" => playlist.discontinuity_sequence = integer("number", value)?,
            "EXT-X-PLAYLIST-TYPE" => playlist.playlist_type = PlaylistType::read(value),
            "EXT-X-VERSION" => playlist.version = integer("version", value)?,
            "EXT-X-INDEPENDENT-SEGMENTS" => playlist.independent_segments = true,
            "EXT-X-I-FRAMES-ONLY" => playlist.i_frames_only = true,
            "EXT-X-ENDLIST" => playlist.end_list = true,
            "EXT-X-START" => playlist.start = start::read(attributes).ok(),
            "EXT-X-SERVER-CONTROL" => playlist.server_control = Some(server_control::read(attributes)?),
            "EXT-X-PART-INF" => playlist.part_target = Some(part::read_target(attributes)?),
            "EXT-X-SKIP" => playlist.skip = Some(skip::read(attributes)?),
            "EXT-X-PRELOAD-HINT" => {
                keep(&mut playlist.preload_hints, preload_hint::read(attributes), "hints")?;
            }
            "EXT-X-RENDITION-REPORT" => {
                keep(
                    &mut playlist.rendition_reports,
                    rendition_report::read(attributes),
                    "rendition reports",
                )?;
            }
            "EXT-X-DATERANGE" => {
                keep(&mut playlist.date_ranges, date_range::read(attributes), "date ranges")?;
            }
            "EXT-X-DEFINE" => {
                let define = define::read(attributes)?;
                self.scope.define(&define)?;
                playlist.defines.push(define);
            }
            _ => return self.segment_tag(name, value, attributes),
        }
        Ok(())
    }

    /// Tags of the pending segment.
    fn segment_tag(&mut self, name: &str, value: &str, attributes: &Attributes<'_>) -> Result<(), Problem> {
        let pending = &mut self.pending;
        match name {
            "EXTINF" => self.inf = Some(inf::read(value)?),
            "EXT-X-PART" => {
                if pending.parts.len() >= MAX_PARTS {
                    return Err(Problem::TooMany { what: "parts in a segment", limit: MAX_PARTS });
                }
                let before = self.playlist.segments.last().and_then(|segment| segment.parts.last());
                let part = part::read(attributes, pending.parts.last().or(before))?;
                pending.duration = pending.duration.saturating_add(part.duration);
                pending.parts.push(part);
            }
            "EXT-X-PROGRAM-DATE-TIME" => pending.program_date_time = value.parse().ok(),
            "EXT-X-BYTERANGE" => self.byte_range = Some(value.to_owned()),
            "EXT-X-DISCONTINUITY" => pending.discontinuity = true,
            "EXT-X-GAP" => pending.gap = true,
            "EXT-X-BITRATE" => {
                pending.bitrate = integer("rate", value).ok().map(|kilobits| kilobits.saturating_mul(1000));
            }
            "EXT-X-KEY" => key::read(attributes)?.enter(&mut pending.keys)?,
            "EXT-X-MAP" => pending.map = Some(Arc::new(map::read(attributes)?)),
            _ => {}
        }
        Ok(())
    }

    /// A URI closes the pending segment. One without a duration, or without anything, belongs to nothing that we know, and is stepped over.
    fn uri(&mut self, uri: &str) -> Result<(), Problem> {
        if uri.is_empty() {
            return Ok(());
        }
        let Some(inf) = self.inf.take() else { return Ok(()) };
        if let Some(text) = self.byte_range.take() {
            let before = self.playlist.segments.last().filter(|segment| segment.uri.as_deref() == Some(uri));
            let next = before.and_then(|segment| segment.byte_range).map_or(0, ByteRange::end);
            self.pending.byte_range = Some(byte_range::read("EXT-X-BYTERANGE", &text, next)?);
        }
        self.pending.uri = Some(uri.to_owned());
        self.pending.duration = inf.duration;
        self.pending.title = inf.title;
        self.push()
    }

    /// Parts after the last URI are the beginning of a segment that is still growing.
    fn close(&mut self) -> Result<(), Problem> {
        if self.pending.parts.is_empty() { Ok(()) } else { self.push() }
    }

    fn push(&mut self) -> Result<(), Problem> {
        if self.playlist.segments.len() >= MAX_SEGMENTS {
            return Err(Problem::TooMany { what: "segments", limit: MAX_SEGMENTS });
        }
        let next = Segment {
            map: self.pending.map.clone(),
            keys: self.pending.keys.clone(),
            bitrate: self.pending.bitrate,
            ..Segment::default()
        };
        self.playlist.segments.push(std::mem::replace(&mut self.pending, next));
        Ok(())
    }
}
