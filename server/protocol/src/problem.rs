use crate::Money;
use serde::{Deserialize, Serialize};

/// An error, as RFC 9457 problem details (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`, or a URI reference for the kind of problem: `/problems/CODE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// HTTP status.
    pub status: u16,
    /// Stable snake_case code that clients branch on and translate: `sold_out`, `price_changed`, `too_long` …
    pub code: String,
    /// Short English summary of the kind.
    pub title: String,
    /// What was wrong this time, what was expected, and what to do.
    pub detail: String,
    /// With `price_changed`: what the order comes to now, to be shown and confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    // Boxed, so that a result with a problem in it stays small.
    pub total: Option<Box<Money>>,
}
