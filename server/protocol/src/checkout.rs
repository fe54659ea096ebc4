use crate::{Money, OrderLine, UsedCoupon};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/rooms/ROOM/orders`: a cart, or one product by itself. The server recomputes every price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkout {
    /// What to buy; each product, or variant of one, once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<NewLine>,
    /// Instead of `lines`: the one product to buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<i64>,
    /// Instead of `lines`: how many of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// Claimed coupons to use: all of them, or the order is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<i64>,
    /// Instead of `coupons`: the one to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<i64>,
    /// Where it goes; the room may ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Whom the invoice is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Invoice>,
    /// The total that the shopper was shown; another total is refused with 409 `price_changed`, never charged.
    pub expected_total: Money,
}

/// One line of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewLine {
    /// The product.
    pub product: i64,
    /// Which of its variants, if it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<i64>,
    /// How many, at least 1.
    pub quantity: u32,
}

/// Where a parcel goes. Plain text, each on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    /// Who receives it.
    pub name: String,
    /// Under which number.
    pub phone: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Province or state; may be empty.
    #[serde(default)]
    pub region: String,
    /// City; may be empty.
    #[serde(default)]
    pub city: String,
    /// Street, house, door.
    pub street: String,
    /// Postcode; may be empty.
    #[serde(default)]
    pub postcode: String,
}

/// Whom an invoice is for. Plain text, each on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invoice {
    /// A person's or a company's name.
    pub title: String,
    /// The company's tax number; may be empty.
    #[serde(default)]
    pub tax_number: String,
}

/// What shipping costs in a room: body of `PUT /api/v1/rooms/ROOM/shipping`, and the answer to `GET`. Where there is one, an
/// order needs an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShippingRule {
    /// For an order.
    pub fee: Money,
    /// Orders whose items come to this much, before coupons, are sent for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_from: Option<Money>,
}

/// Body of `POST /api/v1/rooms/ROOM/quotes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewQuote {
    /// What to buy.
    pub lines: Vec<NewLine>,
    /// The coupons to use; left out, the best that the user has claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupons: Option<Vec<i64>>,
}

/// What a cart comes to now. Nothing is held by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    /// Its lines, with their shares of the discount.
    pub lines: Vec<OrderLine>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// What coupons take off the items.
    pub discount: Money,
    /// The shipping fee, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Money>,
    /// What a coupon takes off the shipping fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_discount: Option<Money>,
    /// What is to pay.
    pub total: Money,
    /// The coupons used, and what each takes off.
    pub coupons: Vec<UsedCoupon>,
    /// Why each of the user's coupons is used or is not; when the best were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<CouponReason>,
    /// Whether an order needs an address.
    pub needs_address: bool,
}

/// Why a coupon is used, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponReason {
    /// The coupon.
    pub coupon: i64,
    /// `used`, `others_are_better`, or the code with which an order with it is refused.
    pub code: String,
    /// What it takes off, or would take off without others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Money>,
}
