use crate::{Address, Invoice, Money, ServerTime, Shipment};
use serde::{Deserialize, Serialize};

/// A [`crate::Checkout`] of one product, with one coupon at most. The server recomputes every price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrder {
    /// What to buy.
    pub product: i64,
    /// How many, at least 1.
    pub quantity: u32,
    /// A claimed coupon to use.
    #[serde(default)]
    pub coupon: Option<i64>,
    /// The total that the shopper was shown; another total is refused with 409 `price_changed`, never charged.
    pub expected_total: Money,
}

/// Body of `POST /api/v1/orders/ORDER/pay`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayOrder {
    /// The payment method as the provider names it. The sandbox provider takes `sandbox_ok` and `sandbox_declined`, and
    /// `sandbox_refund_declined` and `sandbox_refund_late`, which pay and then pay back as they say.
    pub method: String,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderStatus {
    /// Stock is held, payment is awaited.
    Held,
    /// Paid; stock is sold.
    Paid,
    /// On its way.
    Shipped,
    /// With the shopper.
    Delivered,
    /// All of it was paid back; what was refunded in part stays where it stands, see [`Order::refunded`].
    Refunded,
    /// Ended by the shopper before payment; stock is back.
    Cancelled,
    /// Ended by time before payment; stock is back.
    Expired,
}

impl OrderStatus {
    /// The word for it, on the wire and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// An order, as its shopper and its host see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Identifier that cannot be guessed.
    pub id: String,
    /// The room it was placed in.
    pub room: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// What is bought.
    pub lines: Vec<OrderLine>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// What the coupon takes off.
    pub discount: Money,
    /// The shipping fee, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Money>,
    /// What a coupon takes off the shipping fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_discount: Option<Money>,
    /// What is to pay: subtotal − discount + shipping − shipping discount, never below zero.
    pub total: Money,
    /// What was paid back so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded: Option<Money>,
    /// The coupon used; the first, if there are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<i64>,
    /// Every coupon used, and what it takes off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<UsedCoupon>,
    /// When it was placed.
    pub placed: ServerTime,
    /// Until when stock is held, for a held order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<ServerTime>,
    /// Proof of payment, for a paid order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Where it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Whom the invoice is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Invoice>,
    /// How it travels, once it is shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment: Option<Shipment>,
}

/// A coupon in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsedCoupon {
    /// The coupon.
    pub coupon: i64,
    /// What it takes off.
    pub off: Money,
}

/// One line of an order; title and price are as they were when it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// The product.
    pub product: i64,
    /// Which of its variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<i64>,
    /// What that is, in words: `Red, L`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub options: String,
    /// The shop's own number for it, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// Its title.
    pub title: String,
    /// Price of one.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
    /// The line's share of the order's discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Money>,
    /// How many of them were paid back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded: u32,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Proof of payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The provider's own reference.
    pub payment: String,
    /// When it was paid.
    pub paid: ServerTime,
}
