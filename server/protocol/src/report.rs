use crate::{ChatMessage, ServerTime, User};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/rooms/ROOM/reports`: a comment that should not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReport {
    /// The comment's number in the room's log.
    pub seq: u64,
    /// Why, in the reporter's words: at most [`crate::LIMITS`]`.reason_chars`, may be empty.
    #[serde(default)]
    pub reason: String,
}

/// A report as the room's host reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// The comment's number in the room's log.
    pub seq: u64,
    /// What was said, and by whom.
    pub comment: ChatMessage,
    /// Who reported it.
    pub reporter: User,
    /// Why; may be empty.
    pub reason: String,
    /// When it was first reported by them.
    pub time: ServerTime,
}
