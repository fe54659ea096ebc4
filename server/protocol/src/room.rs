use crate::User;
use serde::{Deserialize, Serialize};

/// Where a room's show stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RoomStatus {
    /// No show yet.
    Idle,
    /// A publisher is sending.
    Live,
    /// The publisher dropped, and has grace time left to come back.
    Away,
    /// The show is over.
    Ended,
}

/// A room as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// The name in addresses: lower-case letters, digits and hyphens, 1 to 64.
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// The host.
    pub host: User,
    /// Where the show stands.
    pub status: RoomStatus,
    /// Sessions watching now.
    pub viewers: u32,
    /// Picture for lists: a URL, or empty.
    #[serde(default)]
    pub cover: String,
}

/// Body of `POST /api/v1/rooms`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRoom {
    /// The name in addresses.
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// Picture for lists: an absolute https URL, a path on the server, or empty.
    #[serde(default)]
    pub cover: String,
}

/// A room with what its host alone may see: answer to `POST /api/v1/rooms` and `GET /api/v1/rooms/ROOM/key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomWithKey {
    /// The room.
    pub room: Room,
    /// The secret that lets an encoder publish.
    pub stream_key: String,
    /// Where to publish: `rtmp://HOST:PORT/live/STREAM_KEY`.
    pub publish_url: String,
}
