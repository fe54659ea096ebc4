use crate::{Coupon, GiftSent, Product, RedPacket, ServerTime, StreamTime, User, Zone};
use serde::{Deserialize, Serialize};

/// One entry of a room's append-only log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Position in the room's log: 1, 2, 3 …, with no holes.
    pub seq: u64,
    /// When the server accepted it.
    pub time: ServerTime,
    /// The moment of the picture that it belongs to.
    pub at: StreamTime,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

/// What happened in the room. A viewer shows each at [`Event::at`] on their own playhead; what concerns stock and
/// coupons left also holds at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EventBody {
    /// Somebody said something.
    Chat(ChatMessage),
    /// The host shows a product; it replaces the one pinned before.
    ProductPinned {
        /// The product as it was then.
        product: Product,
    },
    /// The host put the pinned product away.
    ProductUnpinned {
        /// Which one.
        product: i64,
    },
    /// The host released a coupon.
    CouponReleased {
        /// The coupon as it was then.
        coupon: Coupon,
    },
    /// The host withdrew a coupon; claims already made stay good.
    CouponWithdrawn {
        /// Which one.
        coupon: i64,
    },
    /// A coupon was claimed; true at once.
    CouponClaimed {
        /// Which one.
        coupon: i64,
        /// How many are left.
        remaining: i64,
    },
    /// A product's stock changed; true at once.
    StockChanged {
        /// Which one.
        product: i64,
        /// How many are left.
        stock: i64,
    },
    /// The host changed a product on sale; true at once.
    ProductChanged {
        /// The product as it is now.
        product: Product,
    },
    /// The host announced something to everybody.
    Announced {
        /// What, plain text, one line, at most [`crate::LIMITS`]`.announcement_chars`.
        text: String,
    },
    /// Somebody paid for an order.
    OrderPaid(OrderToast),
    /// From this picture on no comment passes over these parts of it; they replace those before.
    AvoidZones {
        /// At most [`crate::LIMITS`]`.avoid_zones`; none when comments may pass everywhere.
        zones: Vec<Zone>,
    },
    /// Somebody sent a gift.
    GiftSent(GiftSent),
    /// The show has been liked so often by now; it never goes down.
    Likes {
        /// Since the room was made.
        total: u64,
    },
    /// So many like these comments by now; a number never goes down, and is true at once, whatever the picture shows.
    CommentsLiked {
        /// Those whose number has grown, at most 100.
        comments: Vec<CommentLikes>,
    },
    /// Somebody sent a red packet; whoever is logged in may take a share of it.
    RedPacketSent {
        /// The packet as it was then.
        packet: RedPacket,
    },
    /// Somebody took a share of a red packet; true at once.
    RedPacketGrabbed {
        /// Which packet.
        packet: i64,
        /// Who took it.
        user: User,
        /// How many coins it had.
        coins: i64,
        /// How many shares are left.
        shares_left: i64,
    },
    /// A red packet is over: all of it is taken, or its time is up; true at once.
    RedPacketFinished {
        /// Which packet.
        packet: i64,
        /// Coins that nobody took, and that went back to the sender.
        coins_back: i64,
    },
    /// A publisher began to send, or came back.
    PublisherOn,
    /// The publisher dropped; viewers wait.
    PublisherAway,
    /// The show is over.
    ShowEnded,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatMessage {
    /// Who said it.
    pub user: User,
    /// What was said: plain text, one line, at most [`crate::LIMITS`]`.comment_chars`.
    pub text: String,
    /// The sender's own id for it, so that a resent comment is accepted once and the sender recognises its own.
    pub client_id: String,
    /// How it flies over the picture.
    #[serde(default)]
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    #[serde(default = "white")]
    pub color: u32,
}

/// How many like a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentLikes {
    /// The comment's number in the room's log.
    pub comment: u64,
    /// How many users like it.
    pub likes: u32,
}

fn white() -> u32 {
    0x00ff_ffff
}

/// How a comment flies over the picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DanmakuMode {
    /// From right to left.
    #[default]
    Scroll,
    /// From left to right.
    Reverse,
    /// Fixed at the top.
    Top,
    /// Fixed at the bottom.
    Bottom,
    /// Fixed where its author put it, also over others. In thousandths of the stage's width and height: how far its
    /// left edge is between the stage's left edge (0) and the farthest right at which it fits (1,000), and likewise its
    /// top edge.
    Positioned {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
}

/// What everybody may know of a paid order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderToast {
    /// The buyer's name with all but its first character hidden: `林**`.
    pub buyer: String,
    /// What was bought.
    pub product: i64,
    /// Its title.
    pub title: String,
    /// How many.
    pub quantity: u32,
}
