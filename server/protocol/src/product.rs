use crate::Money;
use serde::{Deserialize, Serialize};

/// A product as shoppers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Identifier.
    pub id: i64,
    /// Title, plain text.
    pub title: String,
    /// One or two sentences, plain text; may be empty.
    #[serde(default)]
    pub description: String,
    /// Picture: an absolute URL, a path on the server, or empty for none.
    #[serde(default)]
    pub image: String,
    /// Price now.
    pub price: Money,
    /// Price before, shown struck out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at: Option<Money>,
    /// On hand − held − sold. Never below zero.
    pub stock: i64,
}

/// Body of `POST /api/v1/rooms/ROOM/products`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProduct {
    /// Title, plain text.
    pub title: String,
    /// One or two sentences, plain text.
    #[serde(default)]
    pub description: String,
    /// Picture: an absolute https URL, a path on the server, or empty.
    #[serde(default)]
    pub image: String,
    /// Price.
    pub price: Money,
    /// Price before, shown struck out; the same currency, above `price`.
    #[serde(default)]
    pub compare_at: Option<Money>,
    /// Items on hand.
    pub stock: i64,
}

/// Body of `PATCH /api/v1/rooms/ROOM/products/ID`: what is left out stays as it is. Orders that were placed before keep
/// their prices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductChange {
    /// Title, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One or two sentences, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Picture, as for a new product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Price now and, where there is one, before; the currency stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Pricing>,
    /// Items that came in, or went out when below zero; not below what is held and sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restock: Option<i64>,
}

/// A price with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pricing {
    /// Price now.
    pub now: Money,
    /// Price before, shown struck out; above `now`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Money>,
}
