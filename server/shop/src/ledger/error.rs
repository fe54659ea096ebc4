use super::{Account, MOST, MOST_ENTRIES, MOST_ID};
use protocol::Unit;
use thiserror::Error;

/// Why a transfer is not made. All but [`Self::Insufficient`] are mistakes of whoever made it up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// The account has less than is to leave it.
    #[error("{account} has {left} {unit}; {asked} were asked for")]
    Insufficient {
        /// Whose.
        account: Account,
        /// Of what.
        unit: Unit,
        /// What is there.
        left: i64,
        /// What was to leave.
        asked: i64,
    },
    /// More came out than went in.
    #[error("the entries of a transfer sum to {found} {unit}; expected 0")]
    Unbalanced {
        /// In which unit.
        unit: Unit,
        /// By how much.
        found: i128,
    },
    /// An amount or a balance outside of what can be counted.
    #[error("{account} would move or hold {found} {unit}; expected at most {MOST} either way")]
    OutOfRange {
        /// Whose.
        account: Account,
        /// Of what.
        unit: Unit,
        /// How much.
        found: i128,
    },
    /// An amount to move that is nothing or less.
    #[error("a transfer moves {found} {unit}; expected 1 to {MOST}")]
    BadAmount {
        /// Of what.
        unit: Unit,
        /// What was given.
        found: i64,
    },
    /// Too few or too many entries.
    #[error("a transfer has {found} entries; expected 2 to {MOST_ENTRIES}")]
    BadShape {
        /// How many.
        found: usize,
    },
    /// An id that is none.
    #[error("a transfer's id has {found} bytes; expected 1 to {MOST_ID}, visible ASCII")]
    BadId {
        /// Its length.
        found: usize,
    },
    /// The id was used for another transfer.
    #[error("transfer {id:?} was made before, with other entries")]
    Mismatch {
        /// Which.
        id: String,
    },
}
