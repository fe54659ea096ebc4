use thiserror::Error;

/// Why a file is no animation that is played.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SvgaError {
    /// Not zlib, or broken inside.
    #[error("file: expected whole zlib data (SVGA 2), found something else or a broken stream")]
    NotZlib,
    /// A bound of [`crate::limits`].
    #[error("{what}: expected at most {most}, found {found} or more")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The bound.
        most: usize,
        /// How many there are at least.
        found: usize,
    },
    /// A message ends inside a field.
    #[error("{message}: expected a whole field, found its end after {found} bytes")]
    CutShort {
        /// The message, as `svga.proto` calls it.
        message: &'static str,
        /// Bytes that were left.
        found: usize,
    },
    /// A field has another wire type or number than can be.
    #[error("{message}: field {field}: expected {expected}, found wire type {found}")]
    BadField {
        /// The message.
        message: &'static str,
        /// The field's number.
        field: u64,
        /// What it should be.
        expected: &'static str,
        /// Its wire type.
        found: u8,
    },
    /// A number out of its range.
    #[error("{what}: expected {expected}, found {found}")]
    BadNumber {
        /// Which number.
        what: &'static str,
        /// Its range.
        expected: &'static str,
        /// What it is, without what is behind the point.
        found: i64,
    },
    /// A `float` that is infinite or no number.
    #[error("{message}: field {field}: expected a number, found an infinite one or none")]
    NoNumber {
        /// The message.
        message: &'static str,
        /// The field's number.
        field: u64,
    },
    /// A text that is none, or says what it cannot.
    #[error("{what}: expected {expected}, found something else")]
    BadText {
        /// Which text.
        what: &'static str,
        /// What it may say.
        expected: &'static str,
    },
}
