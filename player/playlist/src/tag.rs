//! One file per tag family: its type, how it is read, how it is written. The table here says which tags this crate
//! knows, and what becomes of each.

pub(crate) mod byte_range;
pub(crate) mod content_steering;
pub(crate) mod date_range;
pub(crate) mod define;
pub(crate) mod inf;
pub(crate) mod key;
pub(crate) mod map;
pub(crate) mod media;
pub(crate) mod part;
pub(crate) mod preload_hint;
pub(crate) mod rendition_report;
pub(crate) mod server_control;
pub(crate) mod session_data;
pub(crate) mod skip;
pub(crate) mod start;
pub(crate) mod stream_inf;

use std::sync::Arc;
use std::time::Duration;

use crate::attributes::Attributes;
use crate::decimal;
use crate::limits::MAX_TAGS;
use crate::reader::Reader;
use crate::{PlaylistType, Problem};

/// Which kind of playlist a tag belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Both,
    Media,
    Multivariant,
}

/// A tag that this crate knows.
pub(crate) struct Tag {
    pub(crate) name: &'static str,
    pub(crate) home: Home,
    /// Takes in what it says.
    pub(crate) read: Read,
}

type Read = fn(&mut Reader<'_>, &mut Attributes<'_>);

const fn both(name: &'static str, read: Read) -> Tag {
    Tag { name, home: Home::Both, read }
}

const fn media(name: &'static str, read: Read) -> Tag {
    Tag { name, home: Home::Media, read }
}

const fn multivariant(name: &'static str, read: Read) -> Tag {
    Tag { name, home: Home::Multivariant, read }
}

/// Tags that this crate knows, the most frequent first. Others are stepped over.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general enough in its lifetimes"
)]
static TAGS: &[Tag] = &[
    media("EXTINF", |reader, tag| reader.inf = Some(inf::read(tag))),
    media("EXT-X-PART", |reader, tag| reader.part(tag)),
    media("EXT-X-PROGRAM-DATE-TIME", |reader, tag| reader.segment.program_date_time = tag.text.parse().ok()),
    media("EXT-X-BYTERANGE", |reader, tag| reader.byte_range = Some(tag.text.to_owned())),
    media("EXT-X-DISCONTINUITY", |reader, _| reader.segment.discontinuity = true),
    media("EXT-X-GAP", |reader, _| reader.segment.gap = true),
    media("EXT-X-BITRATE", |reader, tag| {
        reader.segment.bitrate = decimal::integer(tag.text).map(|kilobits| kilobits.saturating_mul(1000));
    }),
    media("EXT-X-KEY", |reader, tag| key::read(tag).enter(&mut reader.segment.keys, tag)),
    media("EXT-X-MAP", |reader, tag| reader.segment.map = Some(Arc::new(map::read(tag)))),
    media("EXT-X-DATERANGE", |reader, tag| {
        let range = date_range::read(tag);
        keep(&mut reader.media.date_ranges, range, "date ranges", tag);
    }),
    media("EXT-X-TARGETDURATION", |reader, tag| {
        // Players count in seconds, and one that says 0 must not make them ask without pause.
        reader.media.target_duration = tag.duration_of("duration", tag.text).max(Duration::from_secs(1));
    }),
    media("EXT-X-MEDIA-SEQUENCE", |reader, tag| {
        reader.media.media_sequence = tag.integer_of("number", tag.text);
    }),
    media("EXT-X-DISCONTINUITY-SEQUENCE", |reader, tag| {
        reader.media.discontinuity_sequence = tag.integer_of("number", tag.text);
    }),
    media("EXT-X-PLAYLIST-TYPE", |reader, tag| reader.media.playlist_type = PlaylistType::read(tag.text)),
    media("EXT-X-I-FRAMES-ONLY", |reader, _| reader.media.i_frames_only = true),
    media("EXT-X-ENDLIST", |reader, _| reader.media.end_list = true),
    media("EXT-X-SERVER-CONTROL", |reader, tag| {
        reader.media.server_control = Some(server_control::read(tag));
    }),
    media("EXT-X-PART-INF", |reader, tag| reader.media.part_target = Some(tag.need_duration("PART-TARGET"))),
    media("EXT-X-SKIP", |reader, tag| reader.media.skip = Some(skip::read(tag))),
    media("EXT-X-PRELOAD-HINT", |reader, tag| {
        let hint = preload_hint::read(tag);
        keep(&mut reader.media.preload_hints, hint, "hints", tag);
    }),
    media("EXT-X-RENDITION-REPORT", |reader, tag| {
        let report = rendition_report::read(tag);
        keep(&mut reader.media.rendition_reports, report, "rendition reports", tag);
    }),
    multivariant("EXT-X-STREAM-INF", |reader, tag| reader.variant = Some(stream_inf::read_variant(tag))),
    multivariant("EXT-X-MEDIA", |reader, tag| {
        let rendition = self::media::read(tag);
        keep(&mut reader.multivariant.renditions, rendition, "renditions", tag);
    }),
    #[cfg(feature = "full")]
    multivariant("EXT-X-I-FRAME-STREAM-INF", |reader, tag| {
        let variant = stream_inf::read_i_frame_variant(tag);
        keep(&mut reader.multivariant.i_frame_variants, variant, "i-frame variants", tag);
    }),
    #[cfg(feature = "full")]
    multivariant("EXT-X-SESSION-DATA", |reader, tag| {
        let data = session_data::read(tag);
        keep(&mut reader.multivariant.session_data, data, "session data", tag);
    }),
    #[cfg(feature = "full")]
    multivariant("EXT-X-SESSION-KEY", |reader, tag| {
        let key = key::read(tag);
        keep(&mut reader.multivariant.session_keys, key, "session keys", tag);
    }),
    #[cfg(feature = "full")]
    multivariant("EXT-X-CONTENT-STEERING", |reader, tag| {
        let steering = content_steering::read(tag);
        reader.multivariant.content_steering = tag.forgive().then_some(steering);
    }),
    both("EXT-X-VERSION", |reader, tag| reader.media.version = tag.integer_of("version", tag.text)),
    both("EXT-X-INDEPENDENT-SEGMENTS", |reader, _| reader.media.independent_segments = true),
    both("EXT-X-START", |reader, tag| {
        let start = start::read(tag);
        reader.media.start = tag.forgive().then_some(start);
    }),
    both("EXT-X-DEFINE", |reader, tag| reader.define(tag)),
];

/// The tag of this name.
pub(crate) fn find(name: &str) -> Option<&'static Tag> {
    TAGS.iter().find(|tag| tag.name == name)
}

/// Keeps a tag that only informs, if it could be read.
pub(crate) fn keep<T>(list: &mut Vec<T>, item: T, what: &'static str, tag: &mut Attributes<'_>) {
    if !tag.forgive() {
        return;
    }
    if list.len() >= MAX_TAGS {
        return tag.refuse(Problem::TooMany { what, limit: MAX_TAGS });
    }
    list.push(item);
}
