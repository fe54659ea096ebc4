use crate::{danmaku, gifts::Given};
use protocol::{ChatMessage, Coupon, DanmakuMode, Money, OrderToast, Product, RedPacket, StreamTime};
use std::sync::Arc;

/// What is on the screen at one moment. Two frames are equal when they look the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// The product that the host shows.
    pub pinned: Option<PinnedCard>,
    /// Coupons that are out, oldest first.
    pub coupons: Vec<CouponCard>,
    /// Red packets that can be taken from, oldest first.
    pub packets: Vec<PacketCard>,
    /// Who bought what just now, oldest first.
    pub toasts: Vec<ToastCard>,
    /// What the host announced just now.
    pub banner: Option<Banner>,
    /// Gifts in the trays.
    pub trays: [Option<TrayCard>; crate::TRAYS],
    /// The luxury gift on the stage.
    pub luxury: Option<LuxuryCard>,
    /// How often the show was liked.
    pub likes: u64,
    /// The newest comments, or those that the viewer has scrolled back to; oldest first.
    pub chat: Vec<ChatLine>,
    /// Comments that have come and are newer than those.
    pub chat_below: usize,
    /// Of those comments, the ones that somebody likes: their number in the log, and how many do.
    pub liked: Vec<(u64, u32)>,
    /// Comments over the picture, the lower ones first.
    pub flights: Vec<Flight>,
}

/// A card in a tray.
#[derive(Debug, Clone, PartialEq)]
pub struct TrayCard {
    /// The first gift's number: a key for lists.
    pub key: u64,
    /// What it says.
    pub body: TrayBody,
    /// The picture at which it came.
    pub since: StreamTime,
    /// The picture of the last tap so far.
    pub tapped: StreamTime,
}

/// What a card in a tray says.
#[derive(Debug, Clone, PartialEq)]
pub enum TrayBody {
    /// Somebody sent so many of a gift.
    Row {
        /// Who and what.
        given: Arc<Given>,
        /// How many of the row.
        count: u32,
    },
    /// Many sent many, in so short a time that no card was left for each.
    Many {
        /// How many gifts.
        gifts: u32,
        /// How many people.
        senders: u32,
    },
}

/// The luxury gift on the stage.
#[derive(Debug, Clone, PartialEq)]
pub struct LuxuryCard {
    /// Its event's number.
    pub key: u64,
    /// Who and what.
    pub given: Arc<Given>,
    /// The picture at which it began.
    pub since: StreamTime,
    /// The picture at which it ends.
    pub until: StreamTime,
}

/// The pinned product's card.
#[derive(Debug, Clone, PartialEq)]
pub struct PinnedCard {
    /// The product; price and stock as they are now, whatever the picture shows.
    pub product: Product,
    /// The picture at which it was pinned.
    pub since: StreamTime,
    /// What it cost when this viewer saw it before, if the host has changed its price.
    pub price_before: Option<Money>,
}

/// Something that the host announced.
#[derive(Debug, Clone, PartialEq)]
pub struct Banner {
    /// The event's number: a key for lists.
    pub seq: u64,
    /// What.
    pub text: Arc<str>,
}

/// A coupon's card.
#[derive(Debug, Clone, PartialEq)]
pub struct CouponCard {
    /// The coupon; what is left is as it is now, whatever the picture shows.
    pub coupon: Coupon,
    /// The picture at which it was released.
    pub since: StreamTime,
    /// Whether the host has withdrawn it by now, so that a claim would be refused.
    pub withdrawn: bool,
}

/// A red packet's card.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketCard {
    /// The packet; what is left is as it is now, whatever the picture shows.
    pub packet: RedPacket,
    /// Whether the show is over, so that nothing can be taken.
    pub over: bool,
}

/// "Somebody bought something."
#[derive(Debug, Clone, PartialEq)]
pub struct ToastCard {
    /// The event's number: a key for lists.
    pub seq: u64,
    /// Who and what.
    pub toast: Arc<OrderToast>,
}

/// A line of the chat list.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatLine {
    /// The event's number: a key for lists.
    pub seq: u64,
    /// Who said what.
    pub message: Arc<ChatMessage>,
    /// Whether the viewer said it.
    pub own: bool,
}

/// A comment over the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Flight {
    /// A key for lists: an event's number, or a local comment's own, above all of those.
    pub key: u64,
    /// What it says.
    pub text: Arc<str>,
    /// How it flies.
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    pub color: u32,
    /// Who said it; none for the page's own comments.
    pub user: Option<i64>,
    /// Whether the viewer said it.
    pub own: bool,
    /// Whether the host said it.
    pub host: bool,
    /// Whether a moderator said it.
    pub moderator: bool,
    /// Row from the top, from 0.
    pub row: usize,
    /// When it sets out; of one that was held, when it would have to be where it is without that.
    pub launch: StreamTime,
    /// How long its way takes. It is gone before its end when it comes upon a zone that comments keep off.
    pub duration_ms: i64,
    /// Its text's width in pixels.
    pub width: f64,
    /// Since when the viewer holds it: it stands where it was then.
    pub held: Option<StreamTime>,
    /// How many equal comments it stands for: 1, or more after merging.
    pub count: u32,
    /// How many like it.
    pub likes: u32,
}

impl Flight {
    /// Where its left edge is at `t` on a stage of `stage_width` pixels.
    pub fn left(&self, t: StreamTime, stage_width: f64) -> f64 {
        let t = self.held.unwrap_or(t);
        let gone = (t.millis() - self.launch.millis()) as f64 / self.duration_ms as f64;
        danmaku::left(self.mode, stage_width, self.width, gone)
    }

    /// Whether it is at `x` pixels from the left of the stage at `t`, or so near that a finger meant it.
    pub fn is_at(&self, t: StreamTime, stage_width: f64, x: f64) -> bool {
        /// Half of what a finger covers more than a narrow character.
        const SLACK: f64 = 8.0;
        let left = self.left(t, stage_width);
        (left - SLACK..left + self.width + SLACK).contains(&x)
    }
}
