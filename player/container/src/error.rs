//! What can be wrong with bytes.

use crate::FourCc;

/// Bytes that cannot be read, or a file that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes end inside something that is well-formed so far. Come back with more.
    #[error("{what}: need {needed} bytes, have {have}")]
    NeedMore {
        /// What ends early.
        what: FourCc,
        /// Bytes needed, from the start of the input.
        needed: u64,
        /// Bytes there.
        have: u64,
    },
    /// A box or record contradicts itself or its parent.
    #[error("{what}: expected {expected}, found {found}")]
    Malformed {
        /// The box or record.
        what: FourCc,
        /// What must be there.
        expected: &'static str,
        /// What is there.
        found: u64,
    },
    /// A box that must be there is not.
    #[error("{parent}: no {child}")]
    Missing {
        /// The box that lacks it.
        parent: FourCc,
        /// The box that is not there.
        child: FourCc,
    },
    /// More than this crate reads, see [`crate::limits`].
    #[error("more than {limit} {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many are read.
        limit: u64,
    },
    /// A value that does not fit the field that holds it.
    #[error("{what}: {value} does not fit")]
    TooLarge {
        /// The field.
        what: &'static str,
        /// The value.
        value: u64,
    },
    /// A container or codec that this crate does not read yet.
    #[error("{0} is not supported yet")]
    NotYet(&'static str),
}
