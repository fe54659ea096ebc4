//! Double entry: money and coins are never made or lost, they move. A [`Transfer`] is entries that sum to zero in each
//! unit; a balance is the fold of an account's entries, and nothing else.
//!
//! Keeps no entries and knows no time: the store appends what [`Balances::apply`] allows, once for each
//! [`Transfer::id`].

mod account;
mod balances;
mod error;
mod kind;
#[cfg(test)]
mod tests;
mod transfer;

pub use account::Account;
pub use balances::Balances;
pub use error::LedgerError;
pub use kind::Kind;
pub use transfer::{Entry, Transfer};

/// Most that an account may hold or a transfer may move, either way: what JavaScript counts exactly, 2^53 − 1.
pub const MOST: i64 = (1 << 53) - 1;
/// Entries in one transfer: each party to a gift or a payout has at most two.
pub const MOST_ENTRIES: usize = 16;
/// Bytes in a transfer's id.
pub const MOST_ID: usize = 200;
