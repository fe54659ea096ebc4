//! HLS playlists (RFC 8216bis, low latency included): text to types and back. Never fetches, and never decides what
//! to fetch.
//!
//! [`parse`] reads text into a [`Playlist`]; `Display` on [`Media`] and [`Multivariant`] writes it. Reading is as lenient
//! as players are (unknown tags, CRLF, a byte-order mark, any version), and bounded, see [`limits`].

#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, reason = "the player reads fewer tags than there are types for")
)]

mod attributes;
mod date_time;
mod decimal;
mod delta;
mod error;
pub mod limits;
mod line;
mod media;
mod multivariant;
mod reader;
mod scan;
mod segment;
mod tag;
mod uri;

pub use date_time::{DateTimeError, ProgramDateTime};
pub use error::{DeltaError, Error, Problem};
pub use media::{Media, PlaylistType};
pub use multivariant::Multivariant;
pub use segment::Segment;
pub use tag::byte_range::ByteRange;
pub use tag::content_steering::ContentSteering;
pub use tag::date_range::{ClientValue, DateRange};
pub use tag::define::{Define, Variables};
pub use tag::key::{Key, KeyMethod};
pub use tag::map::Map;
pub use tag::media::{Rendition, RenditionKind};
pub use tag::part::Part;
pub use tag::preload_hint::{HintKind, PreloadHint};
pub use tag::rendition_report::RenditionReport;
pub use tag::server_control::ServerControl;
pub use tag::session_data::{SessionData, SessionValue};
pub use tag::skip::Skip;
pub use tag::start::Start;
pub use tag::stream_inf::{IFrameVariant, Resolution, StreamInfo, Variant};
pub use uri::resolve;

/// A playlist of either kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Playlist {
    /// Lists variants and renditions.
    Multivariant(Multivariant),
    /// Lists media segments.
    Media(Media),
}

/// Reads a playlist.
///
/// A tag that only informs (dates, date ranges, hints, reports, session data) and cannot be read is left out, as unknown
/// tags are; one that playback needs is an error.
///
/// # Errors
/// [`Error`] names the line and the tag.
pub fn parse(text: &str) -> Result<Playlist, Error> {
    parse_with(text, &Variables::default())
}

/// Reads a playlist whose `EXT-X-DEFINE` tags import variables or take them from the query of the playlist's own URI.
///
/// # Errors
/// As [`parse`].
pub fn parse_with(text: &str, outer: &Variables) -> Result<Playlist, Error> {
    reader::read(line::lines(text)?, outer)
}
