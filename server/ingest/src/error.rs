//! Why a connection cannot go on.

use crate::Rejection;

/// Why a connection cannot go on. The text is fit for the publisher to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The first bytes are not RTMP's.
    #[error("not an RTMP handshake: {0}")]
    Handshake(String),
    /// A chunk that cannot be read.
    #[error("chunk stream {id}: expected {expected}, found {found}")]
    Chunk {
        /// Chunk stream.
        id: u32,
        /// What must be there.
        expected: &'static str,
        /// What is there.
        found: u64,
    },
    /// More than this crate reads, see [`crate::limits`].
    #[error("more than {limit} {what}")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// How much is read.
        limit: usize,
    },
    /// A message whose bytes end early, or contradict themselves.
    #[error("{what}: expected {expected}")]
    Malformed {
        /// The message.
        what: &'static str,
        /// What must be there.
        expected: &'static str,
    },
    /// A codec that cannot be packaged.
    #[error("{kind} codec {codec} is not supported: set the encoder to {wanted}")]
    Codec {
        /// `video` or `audio`.
        kind: &'static str,
        /// What the publisher sends.
        codec: String,
        /// What it should send.
        wanted: &'static str,
    },
    /// An application other than `live`. Its name stays unsaid: a stream key that was put into the wrong field is one.
    #[error("no such application: publish to rtmp://HOST/live with the stream key")]
    Application,
    /// Somebody wants to play over RTMP.
    #[error("this port takes publishers only: watch at /live/ROOM/index.m3u8")]
    Play,
    /// A command out of turn.
    #[error("{command} out of turn: expected {expected}")]
    OutOfTurn {
        /// The command.
        command: &'static str,
        /// What must come first.
        expected: &'static str,
    },
}

impl IngestError {
    /// How RTMP calls it.
    pub(crate) const fn rejection(&self) -> Rejection {
        match self {
            Self::Application | Self::Play => Rejection::Denied,
            _ => Rejection::Failed,
        }
    }
}
