//! What the studio knows of the show: a fold of the room's frames. Holds no rule and asks for nothing.

use overlay::socket::SocketEvent;
use protocol::{
    ChatMessage, Coupon, Event, EventBody, GiftSent, OrderToast, Product, Room, RoomStatus, ServerFrame,
    ServerTime, Snapshot, Zone,
};
use std::collections::VecDeque;

/// Lines kept for the list; older ones are in the replay.
const LINES: usize = 200;

/// One line of the studio's chat list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its event's number.
    pub(super) seq: u64,
    /// When it was said.
    pub(super) time: ServerTime,
    /// What it is.
    pub(super) body: LineBody,
}

/// What a line of the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineBody {
    /// Somebody said something.
    Said(ChatMessage),
    /// Somebody bought something.
    Bought(OrderToast),
    /// The host announced something.
    Announced(String),
    /// Somebody sent gifts: a row of taps is one line.
    Gave(GiftSent),
}

/// The show as the room's log has it now, whatever picture a viewer sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Show {
    /// Where it stands; none before the first frame.
    pub(super) status: Option<RoomStatus>,
    /// Sessions watching.
    pub(super) viewers: u32,
    /// How often the show was liked.
    pub(super) likes: u64,
    /// Whether the room's socket is broken.
    pub(super) lost: bool,
    /// Everything on sale, in the host's order.
    pub(super) products: Vec<Product>,
    /// The product on screen.
    pub(super) pinned: Option<i64>,
    /// Every coupon that the room has.
    pub(super) coupons: Vec<Coupon>,
    /// Those that are out.
    pub(super) released: Vec<i64>,
    /// Parts of the picture that comments keep off.
    pub(super) zones: Vec<Zone>,
    /// Chat and purchases, oldest first.
    pub(super) lines: VecDeque<Line>,
    /// Purchases seen since the studio was opened: when it grows, the orders are worth asking for.
    pub(super) purchases: u64,
}

impl Show {
    /// Takes in what the socket says.
    pub(super) fn hear(&mut self, event: SocketEvent) {
        match event {
            SocketEvent::Lost => self.lost = true,
            SocketEvent::Frame(ServerFrame::Welcome { room, snapshot, .. }) => self.welcome(&room, snapshot),
            SocketEvent::Frame(ServerFrame::Event(event)) => self.happen(event),
            SocketEvent::Frame(ServerFrame::Pong { viewers, .. }) => self.viewers = viewers,
            SocketEvent::Frame(
                ServerFrame::Accepted { .. } | ServerFrame::Refused { .. } | ServerFrame::Gifts { .. },
            ) => {}
        }
    }

    /// Takes in a product that was just made.
    pub(super) fn add_product(&mut self, product: Product) {
        self.products.retain(|old| old.id != product.id);
        self.products.push(product);
    }

    /// Takes in a coupon as it now stands.
    pub(super) fn add_coupon(&mut self, coupon: Coupon) {
        match self.coupons.iter_mut().find(|old| old.id == coupon.id) {
            Some(old) => *old = coupon,
            None => self.coupons.push(coupon),
        }
    }

    fn welcome(&mut self, room: &Room, snapshot: Option<Snapshot>) {
        self.lost = false;
        self.status = Some(room.status);
        self.viewers = room.viewers;
        if let Some(snapshot) = snapshot {
            self.likes = snapshot.likes;
            self.products = snapshot.products;
            self.pinned = snapshot.pinned.map(|pinned| pinned.product);
            self.released = snapshot.coupons.iter().map(|released| released.coupon.id).collect();
            snapshot.coupons.into_iter().for_each(|released| self.add_coupon(released.coupon));
            self.zones = snapshot.avoid.map(|standing| standing.zones).unwrap_or_default();
            self.lines.clear();
            snapshot.chat.into_iter().for_each(|event| self.happen(event));
        }
    }

    fn happen(&mut self, event: Event) {
        match event.body {
            EventBody::Chat(message) => self.list(event.seq, event.time, LineBody::Said(message)),
            EventBody::OrderPaid(toast) => {
                self.purchases += 1;
                self.list(event.seq, event.time, LineBody::Bought(toast));
            }
            EventBody::ProductPinned { product } => self.pinned = Some(product.id),
            EventBody::ProductUnpinned { product } if self.pinned == Some(product) => self.pinned = None,
            EventBody::ProductUnpinned { .. } => {}
            EventBody::CouponReleased { coupon } => {
                self.released.retain(|id| *id != coupon.id);
                self.released.push(coupon.id);
                self.add_coupon(coupon);
            }
            EventBody::CouponWithdrawn { coupon } => self.released.retain(|id| *id != coupon),
            EventBody::CouponClaimed { coupon, remaining } => {
                self.coupons.iter_mut().filter(|c| c.id == coupon).for_each(|c| c.remaining = remaining);
            }
            EventBody::StockChanged { product, stock } => {
                self.products.iter_mut().filter(|p| p.id == product).for_each(|p| p.stock = stock);
            }
            EventBody::ProductChanged { product } => {
                if let Some(known) = self.products.iter_mut().find(|known| known.id == product.id) {
                    *known = product;
                }
            }
            EventBody::Announced { text } => self.list(event.seq, event.time, LineBody::Announced(text)),
            EventBody::AvoidZones { zones } => self.zones = zones,
            EventBody::GiftSent(sent) => {
                let before = self.lines.back().map(|line| &line.body);
                if matches!(before, Some(LineBody::Gave(before)) if goes_on(before, &sent)) {
                    self.lines.pop_back();
                }
                self.list(event.seq, event.time, LineBody::Gave(sent));
            }
            EventBody::Likes { total } => self.likes = total,
            // The desk has no place for these yet.
            EventBody::CommentsLiked { .. }
            | EventBody::RedPacketSent { .. }
            | EventBody::RedPacketGrabbed { .. }
            | EventBody::RedPacketFinished { .. } => {}
            EventBody::PublisherOn => self.status = Some(RoomStatus::Live),
            EventBody::PublisherAway => self.status = Some(RoomStatus::Away),
            EventBody::ShowEnded => self.status = Some(RoomStatus::Ended),
        }
    }

    fn list(&mut self, seq: u64, time: ServerTime, body: LineBody) {
        if self.lines.len() == LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(Line { seq, time, body });
    }
}

/// Whether a gift is the next of the same row of taps.
fn goes_on(before: &GiftSent, next: &GiftSent) -> bool {
    let row = |sent: &GiftSent| (sent.user.id, sent.gift.id, sent.combo.clone());
    row(before) == row(next) && next.combo_total > before.combo_total
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, Money, StreamTime};

    fn happens(show: &mut Show, seq: u64, body: EventBody) {
        let (time, at) = (ServerTime(0), StreamTime(0));
        show.hear(SocketEvent::Frame(ServerFrame::Event(Event { seq, time, at, body })));
    }

    fn product(id: i64) -> Product {
        Product::plain(id, "茶", Money::new(5_900, Currency::CNY), 3)
    }

    fn coupon(id: i64, remaining: i64) -> Coupon {
        let (amount_off, min_spend) = (Money::new(500, Currency::CNY), Money::new(0, Currency::CNY));
        Coupon { remaining, ..Coupon::plain(id, "券", amount_off, min_spend, 9) }
    }

    #[test]
    fn a_pinned_product_stays_until_it_or_another_takes_its_place() {
        let mut show = Show::default();
        happens(&mut show, 1, EventBody::ProductPinned { product: product(1) });
        happens(&mut show, 2, EventBody::ProductUnpinned { product: 2 });
        assert_eq!(show.pinned, Some(1));
        happens(&mut show, 3, EventBody::ProductPinned { product: product(2) });
        assert_eq!(show.pinned, Some(2));
        happens(&mut show, 4, EventBody::ProductUnpinned { product: 2 });
        assert_eq!(show.pinned, None);
    }

    #[test]
    fn stock_and_coupons_left_follow_the_room() {
        let mut show = Show::default();
        show.add_product(product(1));
        happens(&mut show, 1, EventBody::StockChanged { product: 1, stock: 0 });
        happens(&mut show, 2, EventBody::CouponReleased { coupon: coupon(7, 9) });
        happens(&mut show, 3, EventBody::CouponClaimed { coupon: 7, remaining: 8 });
        assert_eq!(show.products.first().map(|product| product.stock), Some(0));
        assert_eq!(
            (show.released.as_slice(), show.coupons.as_slice()),
            ([7].as_slice(), [coupon(7, 8)].as_slice())
        );
        happens(&mut show, 4, EventBody::CouponWithdrawn { coupon: 7 });
        assert!(show.released.is_empty());
        assert_eq!(show.coupons.len(), 1);
    }

    #[test]
    fn the_list_keeps_the_newest_lines() {
        let mut show = Show::default();
        let toast =
            OrderToast { buyer: "林**".to_owned(), product: 1, title: "茶".to_owned(), quantity: 1 };
        (1..=300).for_each(|seq| happens(&mut show, seq, EventBody::OrderPaid(toast.clone())));
        assert_eq!(show.lines.len(), LINES);
        assert_eq!(show.lines.back().map(|line| line.seq), Some(300));
        assert_eq!(show.purchases, 300);
    }
}
