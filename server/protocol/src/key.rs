use crate::ServerTime;
use serde::{Deserialize, Serialize};

/// What a program may do with an API key in its user's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Look at orders and sales figures.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Place, pay and cancel orders; ship them and pay them back.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// Look at products, coupons and what shipping costs.
    #[serde(rename = "products:read")]
    ProductsRead,
    /// Make, change and import products and coupons; say what shipping costs.
    #[serde(rename = "products:write")]
    ProductsWrite,
    /// Look at the wallet, income and withdrawals.
    #[serde(rename = "wallet:read")]
    WalletRead,
    /// Move coins: recharges, red packets, withdrawals.
    #[serde(rename = "wallet:write")]
    WalletWrite,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::ProductsRead,
        Self::ProductsWrite,
        Self::WalletRead,
        Self::WalletWrite,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::ProductsRead => "products:read",
            Self::ProductsWrite => "products:write",
            Self::WalletRead => "wallet:read",
            Self::WalletWrite => "wallet:write",
        }
    }
}

/// Body of `POST /api/v1/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiKey {
    /// What it is for: one line, 1 to [`crate::LIMITS`]`.name_chars`.
    pub name: String,
    /// What it may do, one or more.
    pub scopes: Vec<Scope>,
}

/// An API key, as its owner sees it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created: ServerTime,
    /// When it was last used, to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used: Option<ServerTime>,
    /// Since when it is good for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<ServerTime>,
}

/// An API key that was just made, with the token to send as `Authorization: Bearer …`. It is told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyWithToken {
    /// The key.
    #[serde(flatten)]
    pub key: ApiKey,
    /// The token.
    pub token: String,
}
