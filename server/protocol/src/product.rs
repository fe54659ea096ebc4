use crate::{Money, ServerTime};
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
    /// On hand − held − sold, of all variants. Never below zero.
    pub stock: i64,
    /// The shop's own number for it, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// A price for a while, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePrice>,
    /// Most items of it in one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_order: Option<u32>,
    /// Most items of it that one user may buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_user: Option<u32>,
    /// Where there are any, one of them is bought, at its own price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
}

/// A price that holds from one time to another, by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LivePrice {
    /// The price; below the usual one, the same currency.
    pub price: Money,
    /// When it begins.
    pub from: ServerTime,
    /// When it is over.
    pub until: ServerTime,
}

/// Where the items of a product are, or of one of its variants, as its host sees it: of `GET
/// /api/v1/rooms/ROOM/products/stock`. What is for sale is on hand − held − sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockLevel {
    /// The product.
    pub product: i64,
    /// Which of its variants; of a product that has variants, each has a line and the product none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<i64>,
    /// Items that ever came in.
    pub on_hand: i64,
    /// Items that unpaid orders hold.
    pub held: i64,
    /// Items that were paid for, without those that came back.
    pub sold: i64,
}

/// One kind of a product: a colour in a size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Identifier.
    pub id: i64,
    /// What it differs in, in the order in which it is chosen.
    pub options: Vec<VariantOption>,
    /// The shop's own number for it, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// Price now.
    pub price: Money,
    /// Price before, shown struck out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at: Option<Money>,
    /// A price for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePrice>,
    /// On hand − held − sold. Never below zero.
    pub stock: i64,
}

/// What a variant is in one respect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VariantOption {
    /// In which respect: `size`, `颜色`.
    pub name: String,
    /// What it is: `L`, `红`.
    pub value: String,
}

/// A variant to be put on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewVariant {
    /// What it differs in; every variant of a product in the same respects, no two in none.
    pub options: Vec<VariantOption>,
    /// The shop's own number for it.
    #[serde(default)]
    pub sku: String,
    /// Price; left out, the product's.
    #[serde(default)]
    pub price: Option<Money>,
    /// Price before, shown struck out.
    #[serde(default)]
    pub compare_at: Option<Money>,
    /// A price for a while.
    #[serde(default)]
    pub live: Option<LivePrice>,
    /// Items on hand.
    pub stock: i64,
}

/// Body of `PATCH /api/v1/rooms/ROOM/products/ID/variants/ID`: what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VariantChange {
    /// Price now and, where there is one, before; the currency stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Pricing>,
    /// A price for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePrice>,
    /// Ends the price for a while.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end_live: bool,
    /// Items that came in, or went out when below zero; not below what is held and sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restock: Option<i64>,
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
    /// Items on hand; with variants theirs count, and this one does not.
    #[serde(default)]
    pub stock: i64,
    /// The shop's own number for it.
    #[serde(default)]
    pub sku: String,
    /// A price for a while.
    #[serde(default)]
    pub live: Option<LivePrice>,
    /// Most items of it in one order.
    #[serde(default)]
    pub per_order: Option<u32>,
    /// Most items of it that one user may buy.
    #[serde(default)]
    pub per_user: Option<u32>,
    /// Its variants, if it has any.
    #[serde(default)]
    pub variants: Vec<NewVariant>,
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
    /// A price for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePrice>,
    /// Ends the price for a while.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end_live: bool,
    /// Most items of it in one order; 0 for no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_order: Option<u32>,
    /// Most items of it that one user may buy; 0 for no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_user: Option<u32>,
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

impl Product {
    /// A product that has no more than a title, a price and some items.
    pub fn plain(id: i64, title: impl Into<String>, price: Money, stock: i64) -> Self {
        Self {
            id,
            title: title.into(),
            description: String::new(),
            image: String::new(),
            price,
            compare_at: None,
            stock,
            sku: String::new(),
            live: None,
            per_order: None,
            per_user: None,
            variants: Vec::new(),
        }
    }
}

impl NewProduct {
    /// A product that has no more than a title, a price and some items.
    pub fn plain(title: impl Into<String>, price: Money, stock: i64) -> Self {
        Self {
            title: title.into(),
            description: String::new(),
            image: String::new(),
            price,
            compare_at: None,
            stock,
            sku: String::new(),
            live: None,
            per_order: None,
            per_user: None,
            variants: Vec::new(),
        }
    }
}
