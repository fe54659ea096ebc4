use crate::StreamTime;
use serde::{Deserialize, Serialize};

/// A show of a room: what happened from the end of the one before to its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Show {
    /// Number in the room's log of the event that began it.
    pub id: u64,
    /// The moment of its first picture.
    pub start: StreamTime,
    /// The moment after its last picture; absent while it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<StreamTime>,
    /// How long its replay plays, in milliseconds; without one, from start to end.
    pub duration_ms: u64,
    /// Where its replay is, a path on the server; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<String>,
    /// Its parts, in order: one for each product that was pinned.
    pub chapters: Vec<Chapter>,
}

/// A part of a show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Chapter {
    /// The picture at which it begins.
    pub at: StreamTime,
    /// The same in the replay, in milliseconds from its start.
    pub start_ms: u64,
    /// The product that was pinned.
    pub product: i64,
    /// Its title then, plain text.
    pub title: String,
}
