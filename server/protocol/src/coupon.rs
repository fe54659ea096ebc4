use crate::{Money, ServerTime};
use serde::{Deserialize, Serialize};

/// A coupon: an amount off an order that reaches a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coupon {
    /// Identifier.
    pub id: i64,
    /// Title, plain text.
    pub title: String,
    /// What it takes off.
    pub amount_off: Money,
    /// Least order total that it applies to.
    pub min_spend: Money,
    /// How many there are.
    pub total: i64,
    /// How many are left to claim.
    pub remaining: i64,
    /// When it can no longer be claimed or used, on the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<ServerTime>,
}

/// Body of `POST /api/v1/rooms/ROOM/coupons`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCoupon {
    /// Title, plain text.
    pub title: String,
    /// What it takes off.
    pub amount_off: Money,
    /// Least order total that it applies to; the same currency.
    pub min_spend: Money,
    /// How many there are.
    pub total: i64,
    /// When it can no longer be claimed or used.
    #[serde(default)]
    pub expires: Option<ServerTime>,
}

/// A coupon that a user holds: answer to `POST /api/v1/rooms/ROOM/coupons/ID/claims` (the same claim again when the
/// user has one already), and an item of `GET /api/v1/rooms/ROOM/claims`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponClaim {
    /// The coupon, as it now stands.
    pub coupon: Coupon,
    /// When it was claimed.
    pub claimed: ServerTime,
    /// Whether an order has used it up.
    pub used: bool,
}
