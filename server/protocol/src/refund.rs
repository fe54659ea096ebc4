use crate::{Money, ServerTime};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/orders/ORDER/refunds`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRefund {
    /// What is paid back for; left out, all that is left, with the shipping fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<RefundItems>>,
    /// Whether the shipping fee is paid back too.
    #[serde(default)]
    pub shipping: bool,
    /// Whether the items are to be sold again.
    pub restock: bool,
    /// Why, plain text; the shopper reads it.
    pub reason: String,
}

/// Items of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundItems {
    /// The line's place in the order, from 0.
    pub line: u32,
    /// How many of it.
    pub quantity: u32,
}

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefundStatus {
    /// The provider is asked.
    Pending,
    /// The money is on its way back.
    Done,
    /// The provider would not; nothing changed.
    Failed,
}

/// Money paid back for an order, in part or whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// Identifier.
    pub id: String,
    /// The order.
    pub order: String,
    /// Where it stands.
    pub status: RefundStatus,
    /// For what, and how much of it.
    pub lines: Vec<RefundLine>,
    /// Of the shipping fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Money>,
    /// All of it.
    pub amount: Money,
    /// Whether the items are sold again.
    pub restock: bool,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub asked: ServerTime,
    /// When it was done, or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<ServerTime>,
}

/// What of one line is paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundLine {
    /// The line's place in the order, from 0.
    pub line: u32,
    /// How many of it.
    pub quantity: u32,
    /// What was paid for them, after discounts.
    pub amount: Money,
}
