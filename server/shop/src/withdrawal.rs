//! A host's income on its way out: which steps a withdrawal takes, who may take them, and what moves.
//!
//! ```text
//! requested ──approve──▶ (held ──approve by another──▶) approved ──pay──▶ paid
//!     └──────────┴─ cancel (host), reject (reviewer) ──────┴─ reject: the bank sent it back
//! ```

use crate::ledger::{Account, Kind, LedgerError, Transfer};
use protocol::{Currency, Money, Unit, WithdrawalStatus as Status};
use thiserror::Error;

/// What a coin of income is paid with, in fen: what it was bought for.
const FEN_A_COIN: i64 = 10;
/// Fewest coins in a withdrawal, ¥50: a bank's fee is a fraction of it.
pub const LEAST: i64 = 500;
/// Most coins in a withdrawal, ¥100,000.
pub const MOST: i64 = 1_000_000;
/// Coins up to which one reviewer is enough, ¥5,000; above, two look at it.
pub const ONE_REVIEWER: i64 = 50_000;
/// Withdrawals of one host that are under way at a time.
pub const MOST_OPEN: i64 = 5;

/// What somebody does about a withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A reviewer finds it right.
    Approve,
    /// A reviewer does not, or the bank could not pay it.
    Reject,
    /// The bank has paid it.
    Pay,
    /// The host wants it no longer.
    Cancel,
}

/// Why a withdrawal does not come about, or does not take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WithdrawalError {
    /// Too few or too many coins.
    #[error("a withdrawal is of {found} coins; expected {LEAST} to {MOST}")]
    Coins {
        /// How many.
        found: i64,
    },
    /// Enough are under way.
    #[error(
        "{found} withdrawals are under way; expected fewer than {MOST_OPEN}: wait until one of them is through"
    )]
    TooManyOpen {
        /// How many.
        found: i64,
    },
    /// It does not take the step from where it stands.
    #[error("the withdrawal is {found}; it can not be {asked}")]
    Closed {
        /// Where it stands.
        found: &'static str,
        /// What was asked.
        asked: &'static str,
    },
    /// Somebody reviews what they asked for themselves.
    #[error("nobody reviews or pays their own withdrawal; another reviewer has to")]
    OwnWithdrawal,
    /// The same reviewer approves twice.
    #[error("above {ONE_REVIEWER} coins two reviewers approve; you have already, and another one has to")]
    SameReviewer,
    /// Somebody takes back what another asked for.
    #[error("only the host who asked for it takes a withdrawal back")]
    NotYours,
}

impl WithdrawalError {
    /// Stable code for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Coins { .. } => "bad_withdrawal",
            Self::TooManyOpen { .. } => "too_many_withdrawals",
            Self::Closed { .. } => "withdrawal_closed",
            Self::OwnWithdrawal => "own_withdrawal",
            Self::SameReviewer => "same_reviewer",
            Self::NotYours => "not_yours",
        }
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Approve, Self::Reject, Self::Pay, Self::Cancel];

    /// The word for it, in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Pay => "pay",
            Self::Cancel => "cancel",
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Pay => "paid",
            Self::Cancel => "cancelled",
        }
    }
}

/// What so many coins are worth, if a host with `open` withdrawals under way may ask for them.
///
/// # Errors
/// Why not.
pub fn check_new(coins: i64, open: i64) -> Result<Money, WithdrawalError> {
    if !(LEAST..=MOST).contains(&coins) {
        return Err(WithdrawalError::Coins { found: coins });
    }
    if open >= MOST_OPEN {
        return Err(WithdrawalError::TooManyOpen { found: open });
    }
    // Far from any bound, for at most MOST coins.
    Ok(Money::new(coins.saturating_mul(FEN_A_COIN), Currency::CNY))
}

/// A withdrawal as far as its steps go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Where it stands.
    pub status: Status,
    /// Coins in it.
    pub coins: i64,
    /// Whose it is.
    pub owner: i64,
    /// Who has approved it.
    pub approvers: &'a [i64],
}

/// Where `step` by the user `by` takes a withdrawal. Whether `by` is a reviewer at all, the caller knows.
///
/// # Errors
/// When it does not take it from there, or not by them.
pub fn step(standing: &Standing<'_>, step: Step, by: i64) -> Result<Status, WithdrawalError> {
    let is_own = standing.owner == by;
    match step {
        Step::Cancel if !is_own => return Err(WithdrawalError::NotYours),
        Step::Approve | Step::Reject | Step::Pay if is_own => return Err(WithdrawalError::OwnWithdrawal),
        _ => {}
    }
    match (standing.status, step) {
        (Status::Requested, Step::Approve) if standing.coins > ONE_REVIEWER => Ok(Status::Held),
        (Status::Held, Step::Approve) if standing.approvers.contains(&by) => {
            Err(WithdrawalError::SameReviewer)
        }
        (Status::Requested | Status::Held, Step::Approve) => Ok(Status::Approved),
        (Status::Requested | Status::Held | Status::Approved, Step::Reject) => Ok(Status::Rejected),
        (Status::Approved, Step::Pay) => Ok(Status::Paid),
        (Status::Requested | Status::Held, Step::Cancel) => Ok(Status::Cancelled),
        (status, asked) => Err(WithdrawalError::Closed { found: word(status), asked: asked.done() }),
    }
}

/// The transfer that sets a host's income aside.
///
/// # Errors
/// When the amount is out of range.
pub fn set_aside(id: i64, host: i64, coins: i64) -> Result<Transfer, LedgerError> {
    let (from, to) = (Account::Available(host), Account::Withdrawing(host));
    Transfer::new(format!("withdrawal:{id}"), Kind::Withdrawal).moving(from, to, Unit::Coins, coins)
}

/// The transfer that gives it back, or that notes that it is paid; none while it is neither.
///
/// # Errors
/// When an amount is out of range.
pub fn settle(
    id: i64,
    host: i64,
    coins: i64,
    amount: Money,
    status: Status,
) -> Result<Option<Transfer>, LedgerError> {
    let from = Account::Withdrawing(host);
    let named = |kind| Transfer::new(format!("withdrawal:{id}:{}", word(status)), kind);
    match status {
        Status::Requested | Status::Held | Status::Approved => Ok(None),
        Status::Rejected | Status::Cancelled => {
            named(Kind::WithdrawalUndone).moving(from, Account::Available(host), Unit::Coins, coins).map(Some)
        }
        Status::Paid => named(Kind::Payout)
            .moving(from, Account::PaidOut(host), Unit::Coins, coins)?
            .moving(Account::House, Account::Bank, Unit::Money(amount.currency), amount.amount)
            .map(Some),
    }
}

/// Every status.
pub const STATUSES: [Status; 6] =
    [Status::Requested, Status::Held, Status::Approved, Status::Paid, Status::Rejected, Status::Cancelled];

/// The word for a status, as the store keeps it.
pub const fn word(status: Status) -> &'static str {
    match status {
        Status::Requested => "requested",
        Status::Held => "held",
        Status::Approved => "approved",
        Status::Paid => "paid",
        Status::Rejected => "rejected",
        Status::Cancelled => "cancelled",
    }
}

/// The status that a word stands for.
pub fn parse(text: &str) -> Option<Status> {
    STATUSES.into_iter().find(|status| word(*status) == text)
}

#[cfg(test)]
mod tests;
