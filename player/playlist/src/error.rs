//! What can be wrong with a playlist.

/// A playlist that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {tag}: {problem}")]
pub struct Error {
    /// Line number, from 1.
    pub line: usize,
    /// The tag's name without `#`, or `URI` for a line that names a resource.
    pub tag: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text does not begin with `#EXTM3U`.
    #[error("not a playlist: expected #EXTM3U first")]
    NotAPlaylist,
    /// Tags of a media playlist and of a multivariant playlist in one text.
    #[error("tags of a media playlist and of a multivariant playlist in one text")]
    Mixed,
    /// An attribute that the tag needs is not there.
    #[error("attribute {0} is missing")]
    MissingAttribute(&'static str),
    /// An attribute's value, or the tag's own, is not what the tag takes.
    #[error("{what}: expected {expected}, found `{found}`")]
    Value {
        /// The attribute or value.
        what: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is, shortened.
        found: String,
    },
    /// A tag that the playlist needs is not there.
    #[error("tag is missing")]
    MissingTag,
    /// A variable that nobody defined.
    #[error("variable `{0}` is not defined")]
    UndefinedVariable(String),
    /// More than this crate reads, see [`crate::limits`].
    #[error("more than {limit} {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
}

/// Why a delta update cannot be joined to the playlist before it. The cure is to load the full playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeltaError {
    /// The update skips segments that the previous playlist does not hold.
    #[error(
        "delta update skips segments {first} to {last}, the previous playlist holds {held_first} to {held_last}"
    )]
    Missing {
        /// First skipped media sequence number.
        first: u64,
        /// Last skipped media sequence number.
        last: u64,
        /// First number that the previous playlist holds.
        held_first: u64,
        /// Last number that the previous playlist holds.
        held_last: u64,
    },
}
