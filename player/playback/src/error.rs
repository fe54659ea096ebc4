//! What went wrong, for people and for programs.

/// Something went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Where it went wrong.
    pub kind: ErrorKind,
    /// What went wrong: one of a few fixed words, such as `not_found`.
    pub cause: &'static str,
    /// The same for a person, naming the thing.
    pub message: String,
    /// Playback has ended for good; otherwise the engine goes on by itself.
    pub fatal: bool,
}

/// Where it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Fetching.
    Network,
    /// Bytes that cannot be read, appended or decoded.
    Media,
    /// Something that this player or this browser does not play.
    Unsupported,
    /// A playlist that cannot be read.
    Playlist,
}

impl ErrorKind {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Media => "media",
            Self::Unsupported => "unsupported",
            Self::Playlist => "playlist",
        }
    }
}

impl Error {
    /// An error after which the engine goes on.
    #[must_use]
    pub fn passing(kind: ErrorKind, cause: &'static str, message: String) -> Self {
        Self { kind, cause, message, fatal: false }
    }

    /// An error that ends playback.
    #[must_use]
    pub fn fatal(kind: ErrorKind, cause: &'static str, message: String) -> Self {
        Self { kind, cause, message, fatal: true }
    }
}
