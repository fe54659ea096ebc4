use crate::{ServerTime, StreamTime, User};
use serde::{Deserialize, Serialize};

/// How a red packet is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PacketSplit {
    /// As evenly as whole coins go: the first shares have the coins that do not divide.
    Equal,
    /// By luck, by the double mean 二倍均值: each share anything from one coin to twice the mean of what is left, evenly.
    Luck,
}

/// Body of `POST /api/v1/rooms/ROOM/packets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRedPacket {
    /// Coins in it, charged at once: one for each share or more.
    pub coins: i64,
    /// How many may take one.
    pub shares: i64,
    /// How it is shared out.
    pub split: PacketSplit,
    /// How long it is open, seconds; what nobody took by then goes back to the sender.
    pub seconds: i64,
    /// The picture that the sender was watching; without it, the newest picture that the server has.
    #[serde(default)]
    pub at: Option<StreamTime>,
}

/// A red packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RedPacket {
    /// Its number.
    pub id: i64,
    /// Who sent it.
    pub user: User,
    /// How it is shared out.
    pub split: PacketSplit,
    /// Coins that were in it.
    pub coins: i64,
    /// Shares that were in it.
    pub shares: i64,
    /// Coins that nobody took.
    pub coins_left: i64,
    /// Shares that nobody took.
    pub shares_left: i64,
    /// When it was sent.
    pub created: ServerTime,
    /// Until when it is open.
    pub expires: ServerTime,
    /// When it was over: all taken, or past its time and the rest returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<ServerTime>,
}

/// Somebody's share of a red packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PacketShare {
    /// Whose.
    pub user: User,
    /// How many coins.
    pub coins: i64,
    /// When it was taken.
    pub time: ServerTime,
}

/// A red packet and who got what, first taken first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SharedPacket {
    /// The packet.
    #[serde(flatten)]
    pub packet: RedPacket,
    /// The shares that were taken.
    pub taken: Vec<PacketShare>,
}

/// An open red packet of a [`crate::Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenPacket {
    /// The packet, as it now stands.
    pub packet: RedPacket,
    /// The picture at which it was sent.
    pub at: StreamTime,
}
