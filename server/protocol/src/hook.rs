use crate::ServerTime;
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/hooks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHook {
    /// Where messages go: an https address that the open internet reaches.
    pub url: String,
    /// What is told: `order.paid`, `gift.sent` … or `order.*`, or `*` for all.
    pub kinds: Vec<String>,
}

/// A webhook to a server of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hook {
    /// Its number.
    pub id: i64,
    /// Where messages go.
    pub url: String,
    /// What is told.
    pub kinds: Vec<String>,
    /// When it was made.
    pub created: ServerTime,
    /// Since when no attempt got through; absent while they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<ServerTime>,
    /// Why nothing is sent any more; absent while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<String>,
}

/// A webhook that was just made, with what its messages are signed with. It is told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HookWithSecret {
    /// The webhook.
    #[serde(flatten)]
    pub hook: Hook,
    /// `whsec_` and base64, as Standard Webhooks has it.
    pub secret: String,
}

/// Where the delivery of a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeliveryStage {
    /// It is to be tried, perhaps again.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// It was tried as often as it is.
    Failed,
}

/// A message on its way to a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HookDelivery {
    /// Its number.
    pub id: i64,
    /// The message's name, `webhook-id`: the same each time it is sent.
    pub message: String,
    /// What it tells.
    pub kind: String,
    /// Where it stands.
    pub stage: DeliveryStage,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<ServerTime>,
    /// The HTTP status of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    /// Why there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
