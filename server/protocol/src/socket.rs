use crate::{
    Command, CommentLikes, Coupon, Event, OpenPacket, Problem, Product, Room, ServerTime, StandingZones,
    StreamTime, User,
};
use serde::{Deserialize, Serialize};

/// What a client sends over `/ws/room/ROOM`, one JSON object a text frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ClientFrame {
    /// Do something; `id` comes back in the answer.
    Command {
        /// The client's number for this command.
        id: u64,
        /// What to do.
        command: Command,
    },
    /// Still here; answered by [`ServerFrame::Pong`].
    Ping {
        /// Comes back in the answer: measures the round trip and the server's clock.
        id: u64,
    },
}

/// What the server sends over `/ws/room/ROOM`, one JSON object a text frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ServerFrame {
    /// First frame of a connection. Events after `snapshot.seq` (or after the `?after=SEQ` that was asked for and
    /// could be served, in which case there is no snapshot) follow at once.
    Welcome {
        /// The room.
        room: Room,
        /// Who the server takes the client for; none for a guest.
        user: Option<User>,
        /// The server's clock now.
        time: ServerTime,
        /// The newest event's number in the log.
        seq: u64,
        /// The version of the gifts' catalogue; 0 when there is none.
        #[serde(default)]
        gifts: u64,
        /// The state before the events that follow; absent when the client resumes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        snapshot: Option<Snapshot>,
    },
    /// The next entry of the log.
    Event(Event),
    /// A command was accepted: its event is, or will be, in the log at `seq`.
    Accepted {
        /// The client's number for the command.
        id: u64,
        /// The event's number.
        seq: u64,
    },
    /// A command was refused.
    Refused {
        /// The client's number for the command.
        id: u64,
        /// Why.
        problem: Problem,
    },
    /// The gifts' catalogue has changed: `GET /api/v1/gifts` has it.
    Gifts {
        /// Its version.
        version: u64,
    },
    /// Answer to a ping.
    Pong {
        /// The ping's number.
        id: u64,
        /// The server's clock.
        time: ServerTime,
        /// Sessions watching now.
        viewers: u32,
    },
}

/// A room's state as the fold of its log up to `seq`, with today's products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snapshot {
    /// The last event that is folded in; 0 for an empty log.
    pub seq: u64,
    /// Everything on sale in the room, with price and stock as of now, in the host's order.
    pub products: Vec<Product>,
    /// The product pinned as of `seq`.
    #[serde(default)]
    pub pinned: Option<PinnedProduct>,
    /// Coupons out as of `seq`.
    pub coupons: Vec<ReleasedCoupon>,
    /// The zones that comments keep off as of `seq`, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid: Option<StandingZones>,
    /// The last comments as of `seq`, oldest first, for the list (they no longer fly).
    pub chat: Vec<Event>,
    /// How many like those comments, as of now; of the others nobody does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comment_likes: Vec<CommentLikes>,
    /// How often the show had been liked as of `seq`.
    #[serde(default)]
    pub likes: u64,
    /// Red packets that were open as of `seq`, in the order in which they were sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packets: Vec<OpenPacket>,
}

/// The pinned product of a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PinnedProduct {
    /// Which one.
    pub product: i64,
    /// The picture at which it was pinned.
    pub at: StreamTime,
}

/// A released coupon of a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleasedCoupon {
    /// The coupon, as it now stands.
    pub coupon: Coupon,
    /// The picture at which it was released.
    pub at: StreamTime,
}
