//! Why a publisher's stream cannot be packaged.

use crate::Track;

/// Why a publisher's stream cannot be packaged. What was packaged before stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackagerError {
    /// A decoder configuration that cannot be read.
    #[error("{}: {error}", match track { Track::Video => "video configuration", Track::Audio => "audio configuration" })]
    Config {
        /// Of which track.
        track: Track,
        /// What is wrong with it.
        error: container::Error,
    },
    /// A fragment that cannot be written.
    #[error("fragment: {0}")]
    Fragment(container::Error),
    /// Nothing that could be packaged came for too long.
    #[error("{0}: check the encoder")]
    NothingUsable(&'static str),
    /// The clock of the publisher jumps all the time.
    #[error("timestamps jumped {0} times within a minute: check the encoder's clock")]
    Restless(usize),
    /// The publisher changes its configuration all the time.
    #[error("the configuration changed {0} times within a minute: check the encoder")]
    Changeable(usize),
    /// One segment, or what waits for the end of its part, would be larger than all that may be kept.
    #[error("bit rate too high: a segment passed {limit} bytes, lower it or send key frames more often")]
    TooHeavy {
        /// Bytes that may be kept.
        limit: usize,
    },
}
