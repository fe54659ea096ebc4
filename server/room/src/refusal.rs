use crate::TextError;
use protocol::Zone;
use thiserror::Error;

/// Why a command makes nothing happen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A guest asked for what takes a user.
    #[error("guests may watch; log in to do this")]
    LogInRequired,
    /// Somebody asked for what takes the room's host.
    #[error("only the room's host may do this")]
    NotHost,
    /// The text will not do.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The sender's id for a comment will not do.
    #[error("client_id has {found} characters; expected 1 to 64")]
    BadClientId {
        /// How many it has.
        found: usize,
    },
    /// A colour outside `0xRRGGBB`.
    #[error("color is {found}; expected 0 to 16777215 (0xRRGGBB)")]
    BadColor {
        /// The number given.
        found: u32,
    },
    /// A viewer wants a comment to stand at a place of their own choice.
    #[error("mode is positioned, which is the host's alone; expected scroll, reverse, top or bottom")]
    PositionedByViewer,
    /// A comment's place outside the stage.
    #[error("mode's place is ({x}, {y}); expected 0 to 1000 each, thousandths of the stage")]
    BadPlace {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
    /// More zones than are kept off.
    #[error("zones has {found} items; expected at most {most}")]
    TooManyZones {
        /// How many are allowed.
        most: usize,
        /// How many were given.
        found: usize,
    },
    /// A zone that is empty, or not within the picture.
    #[error("a zone is {found:?}; expected w and h of 1 or more, x + w and y + h of at most 1000")]
    BadZone {
        /// The first such.
        found: Zone,
    },
    /// Too many comments in a short time.
    #[error("too many comments: at most {most} in {window_ms} ms; wait {wait_ms} ms")]
    SlowDown {
        /// How many are allowed.
        most: usize,
        /// In which time, milliseconds.
        window_ms: i64,
        /// How long to wait, milliseconds.
        wait_ms: i64,
    },
    /// The same comment again within a short time.
    #[error("the same comment was made a moment ago; say something else or wait {wait_ms} ms")]
    Repeated {
        /// How long to wait, milliseconds.
        wait_ms: i64,
    },
    /// No such product in this room.
    #[error("there is no product {product} in this room")]
    UnknownProduct {
        /// The number given.
        product: i64,
    },
    /// No such coupon in this room.
    #[error("there is no coupon {coupon} in this room")]
    UnknownCoupon {
        /// The number given.
        coupon: i64,
    },
    /// The product to put away is not the pinned one.
    #[error("product {product} is not pinned")]
    NotPinned {
        /// The number given.
        product: i64,
    },
    /// The coupon is out already.
    #[error("coupon {coupon} is released already")]
    AlreadyReleased {
        /// The number given.
        coupon: i64,
    },
    /// The coupon is not out.
    #[error("coupon {coupon} is not released")]
    NotReleased {
        /// The number given.
        coupon: i64,
    },
    /// The coupon can no longer be claimed.
    #[error("coupon {coupon} is past its time")]
    CouponExpired {
        /// The number given.
        coupon: i64,
    },
    /// More gifts, or fewer, than one command may send.
    #[error("count is {found}; expected 1 to {most}")]
    BadGiftCount {
        /// The number given.
        found: u32,
        /// The largest allowed.
        most: u32,
    },
    /// The catalogue has no such gift now.
    #[error("there is no gift {gift} now; ask for the catalogue again")]
    UnknownGift {
        /// The number given.
        gift: i64,
    },
    /// The sender saw another catalogue, and perhaps another price.
    #[error(
        "gift {gift} costs {price} coins in version {version} of the catalogue, found version {found}; look again"
    )]
    GiftsChanged {
        /// Which gift.
        gift: i64,
        /// What it costs now, coins.
        price: u32,
        /// The catalogue's version now.
        version: u64,
        /// The version given.
        found: u64,
    },
    /// Too many gifts in a short time.
    #[error("too many gifts: at most {most} times in {window_ms} ms; wait {wait_ms} ms")]
    TooManyGifts {
        /// How many are allowed.
        most: usize,
        /// In which time, milliseconds.
        window_ms: i64,
        /// How long to wait, milliseconds.
        wait_ms: i64,
    },
    /// More likes, or fewer, than one command may hold.
    #[error("count is {found}; expected 1 to {most}")]
    BadLikeCount {
        /// The number given.
        found: u32,
        /// The largest allowed.
        most: u32,
    },
    /// Too many likes in a short time.
    #[error("too many likes: at most {most} in {window_ms} ms; wait {wait_ms} ms")]
    TooManyLikes {
        /// How many are allowed.
        most: u32,
        /// In which time, milliseconds.
        window_ms: i64,
        /// How long to wait, milliseconds.
        wait_ms: i64,
    },
    /// The room's log has no such comment.
    #[error("there is no comment {comment} in this room")]
    UnknownComment {
        /// The number given.
        comment: u64,
    },
    /// There is no show to end.
    #[error("the room has no show on")]
    NotLive,
    /// Another gift went out under this id.
    #[error("client_id was used for another gift, event {seq}: each gift has its own")]
    ClientIdUsed {
        /// The event of the other one.
        seq: u64,
    },
    /// A gift that costs something, after the show.
    #[error("gift {gift} costs coins, and the show is over: send it in the next one")]
    ShowOver {
        /// Its id.
        gift: i64,
    },
}

impl Refusal {
    /// Stable code for clients, [`protocol::Problem::code`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::LogInRequired => "log_in_required",
            Self::NotHost => "not_host",
            Self::Text(TextError::Empty { .. }) => "empty",
            Self::Text(TextError::TooLong { .. }) => "too_long",
            Self::Text(TextError::BadCharacter { .. }) => "bad_character",
            Self::BadClientId { .. } => "bad_client_id",
            Self::BadColor { .. } => "bad_color",
            Self::PositionedByViewer => "positioned_by_viewer",
            Self::BadPlace { .. } => "bad_place",
            Self::TooManyZones { .. } => "too_many_zones",
            Self::BadZone { .. } => "bad_zone",
            Self::SlowDown { .. } | Self::TooManyGifts { .. } | Self::TooManyLikes { .. } => "slow_down",
            Self::BadGiftCount { .. } | Self::BadLikeCount { .. } => "bad_count",
            Self::UnknownGift { .. } => "unknown_gift",
            Self::UnknownComment { .. } => "unknown_comment",
            Self::GiftsChanged { .. } => "gifts_changed",
            Self::Repeated { .. } => "repeated",
            Self::UnknownProduct { .. } => "unknown_product",
            Self::UnknownCoupon { .. } => "unknown_coupon",
            Self::NotPinned { .. } => "not_pinned",
            Self::AlreadyReleased { .. } => "already_released",
            Self::NotReleased { .. } => "not_released",
            Self::CouponExpired { .. } => "coupon_expired",
            Self::NotLive => "not_live",
            Self::ClientIdUsed { .. } => "client_id_used",
            Self::ShowOver { .. } => "show_over",
        }
    }
}
