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
