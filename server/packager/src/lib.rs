//! A publisher's frames to low-latency HLS: samples, parts, segments, a sliding window, playlist text. Opens no socket,
//! reads no clock (`now` is an argument) and keeps nothing but its window.
//!
//! [`Packager`] takes frames and grows the window; [`Snapshot`] is the window at one moment, cheap to make, and all that
//! readers need: playlists, parts, and whether a blocking request can be answered yet.

mod audio_clock;
mod chapters;
mod config;
mod directives;
mod epoch;
mod error;
mod gather;
mod input;
mod media_playlist;
mod multivariant;
mod packager;
mod segment;
mod snapshot;
mod time;
mod timeline;
mod tracks;
mod vod;
mod window;

pub use chapters::{Chapter, chapters_vtt};
pub use config::Config;
pub use container::avc::Dimensions;
pub use directives::{Answer, DirectiveError, Directives};
pub use error::PackagerError;
pub use input::{Frame, Hints, Track};
pub use packager::{Numbers, Packager, Progress};
pub use segment::{Init, Part, Segment};
pub use snapshot::{Edge, Snapshot};
pub use time::{MediaTime, WallTime};
pub use vod::{Recorded, RecordedInit, Vod};
