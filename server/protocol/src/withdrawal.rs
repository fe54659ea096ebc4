use crate::{Money, ServerTime, User};
use serde::{Deserialize, Serialize};

/// Where a withdrawal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WithdrawalStatus {
    /// Asked for; nobody has looked at it.
    Requested,
    /// So much that a second reviewer has to approve it; the first has.
    Held,
    /// To be paid by the bank.
    Approved,
    /// Paid.
    Paid,
    /// Refused, or the bank could not pay; the coins are income again.
    Rejected,
    /// Taken back by the host; the coins are income again.
    Cancelled,
}

/// Body of `POST /api/v1/wallet/withdrawals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewWithdrawal {
    /// Coins of one's income.
    pub coins: i64,
    /// Whose account it is, as the bank knows them: one line, 1 to [`crate::LIMITS`]`.payee_chars`.
    pub payee: String,
    /// The account's number, and the bank's if need be; likewise.
    pub account: String,
}

/// A host's income on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Withdrawal {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub user: User,
    /// Coins of income.
    pub coins: i64,
    /// What the bank pays for them, fixed when it was asked for.
    pub amount: Money,
    /// Whose account it goes to.
    pub payee: String,
    /// Which account.
    pub account: String,
    /// Where it stands.
    pub status: WithdrawalStatus,
    /// When it was asked for.
    pub created: ServerTime,
    /// What was done about it, oldest first.
    pub steps: Vec<WithdrawalStep>,
}

/// What somebody did about a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawalStep {
    /// Who.
    pub user: User,
    /// What: `approve`, `reject`, `pay` or `cancel`.
    pub step: String,
    /// Why, or the bank's reference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When.
    pub time: ServerTime,
}

/// Body of what a reviewer decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// Why, or the bank's reference: one line, at most [`crate::LIMITS`]`.reason_chars`; needed to reject and to pay.
    #[serde(default)]
    pub note: String,
}
