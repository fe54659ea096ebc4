use crate::{DanmakuMode, SendGift, StreamTime, Zone};
use serde::{Deserialize, Serialize};

/// What a client asks of a room, over the socket or as the body of `POST /api/v1/rooms/ROOM/commands`. Nothing has
/// happened until its [`crate::Event`] arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Command {
    /// Say something (any logged-in user).
    Say(Say),
    /// Pin a product (the room's host).
    PinProduct {
        /// Which one.
        product: i64,
        /// The picture that the host was showing; without it, the newest picture that the server has.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Put the pinned product away (the room's host).
    UnpinProduct {
        /// Which one.
        product: i64,
        /// As for pinning.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Release a coupon (the room's host).
    ReleaseCoupon {
        /// Which one.
        coupon: i64,
        /// As for pinning.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Withdraw a coupon (the room's host).
    WithdrawCoupon {
        /// Which one.
        coupon: i64,
        /// As for pinning.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Announce something to everybody (the room's host).
    Announce {
        /// What: one line.
        text: String,
        /// As for pinning.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Keep comments off these parts of the picture, instead of those before (the room's host).
    SetAvoidZones {
        /// At most [`crate::LIMITS`]`.avoid_zones`; none to let comments pass everywhere.
        zones: Vec<Zone>,
        /// As for pinning.
        #[serde(default)]
        at: Option<StreamTime>,
    },
    /// Send a gift (any logged-in user).
    SendGift(SendGift),
    /// Like the show (any logged-in user): taps since the last such command, 1 to [`crate::LIMITS`]`.like_count`. It is
    /// counted at once, and in the log within half a second as a part of [`crate::EventBody::Likes`].
    Like {
        /// How many taps.
        count: u32,
    },
    /// Like a comment (any logged-in user), once each; again changes nothing. In the log within half a second as a part
    /// of [`crate::EventBody::CommentsLiked`].
    LikeComment {
        /// Its number in the room's log.
        comment: u64,
    },
    /// End the show (the room's host).
    EndShow,
}

/// A comment on its way up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Say {
    /// The sender's own id, unique for the sender: 1 to 64 characters.
    pub client_id: String,
    /// What to say.
    pub text: String,
    /// The picture that the author was watching; without it, the newest picture that the server has.
    #[serde(default)]
    pub at: Option<StreamTime>,
    /// How it flies; [`DanmakuMode::Positioned`] is the host's alone.
    #[serde(default)]
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`; white when absent.
    #[serde(default)]
    pub color: Option<u32>,
}
