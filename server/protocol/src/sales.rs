use crate::Currency;
use serde::{Deserialize, Serialize};

/// What was sold in a room, or in one of its shows: answer to `GET /api/v1/rooms/ROOM/sales`. Paid orders, by when they were
/// paid; what is paid between two shows is the next one's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sales {
    /// All of it, a line for each currency.
    pub totals: Vec<SalesSum>,
    /// By product, a line for each currency that it was sold in.
    pub products: Vec<ProductSales>,
    /// By minute of the show, those in which something was paid; none for a room's sales.
    pub minutes: Vec<MinuteSales>,
}

/// Sums of paid orders, in minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SalesSum {
    /// The currency.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// How many orders.
    pub orders: i64,
    /// How many items were in them.
    pub items: i64,
    /// What the items cost.
    pub subtotal: i64,
    /// What was taken off it.
    pub discount: i64,
    /// What was paid for sending them.
    pub shipping: i64,
    /// What was paid: subtotal less discount, and shipping.
    pub total: i64,
    /// What of it was paid back since, whenever that was.
    pub refunded: i64,
}

/// What was sold of a product in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductSales {
    /// Which.
    pub product: i64,
    /// Its title, as it was last sold under.
    pub title: String,
    /// The currency.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// In how many orders.
    pub orders: i64,
    /// How many items.
    pub items: i64,
    /// What they cost before anything was taken off.
    pub subtotal: i64,
}

/// What was sold in a minute of a show in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MinuteSales {
    /// Minutes since the show's first picture; 0 for what was paid before it too.
    pub minute: i64,
    /// The sums.
    #[serde(flatten)]
    pub sum: SalesSum,
}
