use crate::{gifts::Gifts, pace::Pace};
use protocol::{Event, EventBody, PinnedProduct, RoomStatus, ServerTime, StandingZones, StreamTime};
use std::collections::VecDeque;

/// Comments that a joiner finds in the list.
const CHAT_KEPT: usize = 50;

/// A room as its events up to `seq` have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The last event that is folded in; 0 before the first.
    pub seq: u64,
    /// When the server accepted it; the next is never earlier.
    pub time: ServerTime,
    /// Where the show stands.
    pub status: RoomStatus,
    /// The product that the host shows.
    pub pinned: Option<PinnedProduct>,
    /// Coupons out, in the order of their release, with the picture at which each was released.
    pub coupons: Vec<(i64, StreamTime)>,
    /// The zones that comments keep off, if there are any.
    pub avoid: Option<StandingZones>,
    /// The last comments, oldest first.
    pub chat: VecDeque<Event>,
    /// How often the show has been liked, as the log has told it.
    pub likes: u64,
    /// Open red packets, in the order in which they were sent, with the picture at which each was.
    pub packets: Vec<(i64, StreamTime)>,
    pub(crate) pace: Pace,
    pub(crate) gifts: Gifts,
}

impl Default for State {
    fn default() -> Self {
        Self {
            seq: 0,
            time: ServerTime(0),
            status: RoomStatus::Idle,
            pinned: None,
            coupons: Vec::new(),
            avoid: None,
            chat: VecDeque::new(),
            likes: 0,
            packets: Vec::new(),
            pace: Pace::default(),
            gifts: Gifts::default(),
        }
    }
}

impl State {
    /// Folds one more event in. Events that are folded in already are left out, so that a tail may overlap.
    pub fn apply(&mut self, event: &Event) {
        if event.seq <= self.seq {
            return;
        }
        self.seq = event.seq;
        self.time = self.time.max(event.time);
        match &event.body {
            EventBody::Chat(chat) => {
                self.pace.apply(chat, event.seq, event.time);
                self.chat.push_back(event.clone());
                if self.chat.len() > CHAT_KEPT {
                    self.chat.pop_front();
                }
            }
            EventBody::ProductPinned { product } => {
                self.pinned = Some(PinnedProduct { product: product.id, at: event.at });
            }
            EventBody::ProductUnpinned { product } => {
                self.pinned.take_if(|pinned| pinned.product == *product);
            }
            EventBody::CouponReleased { coupon } => {
                self.coupons.retain(|(id, _)| *id != coupon.id);
                self.coupons.push((coupon.id, event.at));
            }
            EventBody::CouponWithdrawn { coupon } => self.coupons.retain(|(id, _)| id != coupon),
            EventBody::AvoidZones { zones } => {
                let standing = || StandingZones { zones: zones.clone(), at: event.at };
                self.avoid = (!zones.is_empty()).then(standing);
            }
            EventBody::GiftSent(sent) => self.gifts.apply(sent, event.seq, event.time),
            EventBody::Likes { total } => self.likes = self.likes.max(*total),
            EventBody::RedPacketSent { packet } => self.packets.push((packet.id, event.at)),
            EventBody::RedPacketFinished { packet, .. } => self.packets.retain(|(id, _)| id != packet),
            EventBody::PublisherOn => self.status = RoomStatus::Live,
            EventBody::PublisherAway => self.status = RoomStatus::Away,
            EventBody::ShowEnded => self.status = RoomStatus::Ended,
            // Numbers that live in the store; the event only announces them.
            EventBody::CouponClaimed { .. }
            | EventBody::StockChanged { .. }
            | EventBody::ProductChanged { .. }
            | EventBody::OrderPaid(_)
            | EventBody::CommentsLiked { .. }
            | EventBody::RedPacketGrabbed { .. } => {}
            // Of its moment: who comes later has missed it.
            EventBody::Announced { .. } => {}
        }
    }

    /// Whether the coupon is out.
    pub fn is_released(&self, coupon: i64) -> bool {
        self.coupons.iter().any(|(id, _)| *id == coupon)
    }
}
