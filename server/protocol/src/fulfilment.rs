use crate::{OrderStatus, Refund, ServerTime};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/orders/ORDER/ship`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewShipment {
    /// Who carries it, plain text.
    pub carrier: String,
    /// The carrier's number for it, plain text.
    pub tracking: String,
}

/// How an order travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shipment {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number for it.
    pub tracking: String,
}

/// Who moved an order on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderActor {
    /// Whoever ordered.
    Shopper,
    /// The room's host, or an admin.
    Shop,
    /// The server, by itself: time ran out.
    Server,
}

/// One step of an order's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderStep {
    /// Where it stood; nothing for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<OrderStatus>,
    /// Where it stands since.
    pub to: OrderStatus,
    /// When.
    pub at: ServerTime,
    /// By whom.
    pub by: OrderActor,
}

/// What happened to an order: answer to `GET /api/v1/orders/ORDER/history`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderHistory {
    /// Its steps, each at most once, oldest first.
    pub steps: Vec<OrderStep>,
    /// Its refunds, oldest first.
    pub refunds: Vec<Refund>,
}
