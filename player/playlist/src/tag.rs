//! One file per tag family: its type, how it is read, how it is written. The table here says which tags this crate knows.

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

/// Which kind of playlist a tag belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Both,
    Media,
    Multivariant,
}

/// Tags that this crate knows. Others are stepped over.
const TAGS: &[(&str, Home)] = &[
    ("EXTINF", Home::Media),
    ("EXT-X-PART", Home::Media),
    ("EXT-X-PROGRAM-DATE-TIME", Home::Media),
    ("EXT-X-BYTERANGE", Home::Media),
    ("EXT-X-DISCONTINUITY", Home::Media),
    ("EXT-X-GAP", Home::Media),
    ("EXT-X-BITRATE", Home::Media),
    ("EXT-X-KEY", Home::Media),
    ("EXT-X-MAP", Home::Media),
    ("EXT-X-DATERANGE", Home::Media),
    ("EXT-X-TARGETDURATION", Home::Media),
    ("EXT-X-MEDIA-SEQUENCE", Home::Media),
    ("EXT-X-DISCONTINUITY-SEQUENCE", Home::Media),
    ("EXT-X-PLAYLIST-TYPE", Home::Media),
    ("EXT-X-I-FRAMES-ONLY", Home::Media),
    ("EXT-X-ENDLIST", Home::Media),
    ("EXT-X-SERVER-CONTROL", Home::Media),
    ("EXT-X-PART-INF", Home::Media),
    ("EXT-X-SKIP", Home::Media),
    ("EXT-X-PRELOAD-HINT", Home::Media),
    ("EXT-X-RENDITION-REPORT", Home::Media),
    ("EXT-X-STREAM-INF", Home::Multivariant),
    ("EXT-X-I-FRAME-STREAM-INF", Home::Multivariant),
    ("EXT-X-MEDIA", Home::Multivariant),
    ("EXT-X-SESSION-DATA", Home::Multivariant),
    ("EXT-X-SESSION-KEY", Home::Multivariant),
    ("EXT-X-CONTENT-STEERING", Home::Multivariant),
    ("EXT-X-VERSION", Home::Both),
    ("EXT-X-INDEPENDENT-SEGMENTS", Home::Both),
    ("EXT-X-START", Home::Both),
    ("EXT-X-DEFINE", Home::Both),
];

/// Our own copy of a tag's name.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    TAGS.iter().map(|(known, _)| *known).find(|known| *known == name)
}

/// Where a tag belongs.
pub(crate) fn home(name: &str) -> Home {
    TAGS.iter().find(|(known, _)| *known == name).map_or(Home::Both, |(_, home)| *home)
}
