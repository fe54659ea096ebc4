use crate::{Money, ServerTime};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/rooms/ROOM/orders`. The server recomputes every price.
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
    /// The payment method as the provider names it. The sandbox provider takes `sandbox_ok` and `sandbox_declined`.
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
    /// Ended by the shopper before payment; stock is back.
    Cancelled,
    /// Ended by time before payment; stock is back.
    Expired,
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
    /// What is to pay: subtotal − discount, never below zero.
    pub total: Money,
    /// The coupon used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<i64>,
    /// When it was placed.
    pub placed: ServerTime,
    /// Until when stock is held, for a held order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<ServerTime>,
    /// Proof of payment, for a paid order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// One line of an order; title and price are as they were when it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// The product.
    pub product: i64,
    /// Its title.
    pub title: String,
    /// Price of one.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
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
