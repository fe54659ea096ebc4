use crate::{Money, ServerTime};
use serde::{Deserialize, Serialize};

/// What a coupon takes something off. An order takes one of each class at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CouponClass {
    /// Some products; comes off first.
    Items,
    /// All that is bought, at what is left of it.
    #[default]
    Order,
    /// One product that comes along for nothing, where what is bought reaches the threshold.
    Gift,
    /// The shipping fee.
    Shipping,
}

/// Usual of what is left out.
fn usual_class(class: &CouponClass) -> bool {
    *class == CouponClass::Order
}

const fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

/// A coupon: an amount or a part off what reaches a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coupon {
    /// Identifier.
    pub id: i64,
    /// Title, plain text.
    pub title: String,
    /// What it takes off; with `percent_off`, the most that it does; of a gift, what that cost when the coupon was made.
    pub amount_off: Money,
    /// What part it takes off, 1 to 100 per cent, rounded down to the minor unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_off: Option<u32>,
    /// What it takes it off.
    #[serde(default, skip_serializing_if = "usual_class")]
    pub class: CouponClass,
    /// For [`CouponClass::Items`]: the products. For [`CouponClass::Gift`]: the product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<i64>,
    /// Whether it goes with no other coupon.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// Least that the items it is for come to, after coupons of the classes before its own.
    pub min_spend: Money,
    /// How many there are.
    pub total: i64,
    /// How many of them one user may claim, one after the other.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub per_user: u32,
    /// When it can first be claimed and used, on the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<ServerTime>,
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
    /// What it takes off; with `percent_off`, the most that it does. Of a gift it is the product's price, whatever is said.
    pub amount_off: Money,
    /// What part it takes off, 1 to 100 per cent.
    #[serde(default)]
    pub percent_off: Option<u32>,
    /// What it takes it off.
    #[serde(default)]
    pub class: CouponClass,
    /// For [`CouponClass::Items`]: the products. For [`CouponClass::Gift`]: the product, one without variants.
    #[serde(default)]
    pub products: Vec<i64>,
    /// Whether it goes with no other coupon.
    #[serde(default)]
    pub exclusive: bool,
    /// Least that the items it is for come to; the same currency.
    pub min_spend: Money,
    /// How many there are.
    pub total: i64,
    /// How many of them one user may claim, one after the other.
    #[serde(default = "one")]
    pub per_user: u32,
    /// Whoever knows it may claim the coupon, released or not: 4 to 32 letters, digits and hyphens, in any case.
    #[serde(default)]
    pub code: Option<String>,
    /// When it can first be claimed and used.
    #[serde(default)]
    pub starts: Option<ServerTime>,
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

/// What became of a coupon's copies, as its host sees it: of `GET /api/v1/rooms/ROOM/coupons/counts`. Redeemed ≤ claimed ≤
/// issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponCounts {
    /// The coupon.
    pub coupon: i64,
    /// What it is claimed by, where it has a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether it is out.
    pub released: bool,
    /// How many there are.
    pub issued: i64,
    /// How many of them viewers claimed.
    pub claimed: i64,
    /// How many of those an order holds or has used.
    pub redeemed: i64,
}

/// Body of `POST /api/v1/rooms/ROOM/claims`: claims the coupon of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimCode {
    /// The code, in any case.
    pub code: String,
}

impl Coupon {
    /// An amount off an order that reaches `min_spend`, one for a user, all of them left, for ever.
    pub fn plain(id: i64, title: impl Into<String>, amount_off: Money, min_spend: Money, total: i64) -> Self {
        Self {
            id,
            title: title.into(),
            amount_off,
            percent_off: None,
            class: CouponClass::Order,
            products: Vec::new(),
            exclusive: false,
            min_spend,
            total,
            per_user: 1,
            starts: None,
            remaining: total,
            expires: None,
        }
    }
}

impl NewCoupon {
    /// An amount off an order that reaches `min_spend`, one for a user, for ever.
    pub fn plain(title: impl Into<String>, amount_off: Money, min_spend: Money, total: i64) -> Self {
        Self {
            title: title.into(),
            amount_off,
            percent_off: None,
            class: CouponClass::Order,
            products: Vec::new(),
            exclusive: false,
            min_spend,
            total,
            per_user: 1,
            code: None,
            starts: None,
            expires: None,
        }
    }
}
