use crate::User;
use serde::{Deserialize, Serialize};

/// Who gave how much in a room, or in one of its shows: the ledger's gifts up to a watermark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaderboard {
    /// The place in the shop's ledger up to which gifts are counted; the next look may have a later one.
    pub watermark: i64,
    /// Coins that all givers gave together, those not listed too.
    pub coins: i64,
    /// How many gave.
    pub givers: i64,
    /// Those who gave most, most first; of two who gave as much, who came to it first.
    pub ranks: Vec<Rank>,
    /// The asker's own place, if they gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Rank>,
}

/// A place in a [`Leaderboard`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rank {
    /// 1 for who gave most.
    pub place: i64,
    /// Who; nobody whom others may know of, unless they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// Coins given.
    pub coins: i64,
}

/// Whether one's name stands in leaderboards: `GET` and `PUT /api/v1/wallet/naming`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Naming {
    /// It does.
    pub named: bool,
}
