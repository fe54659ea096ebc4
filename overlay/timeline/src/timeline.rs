use crate::{
    banners::Banners,
    chat::Chat,
    coupons::Coupons,
    danmaku::{Coming, Comment, Danmaku, Picture, Rules, Stage, Stats},
    frame::{Flight, Frame},
    gifts::{GiftStats, Gifts, Given},
    liked::Liked,
    likes::Likes,
    packets::Packets,
    shelf::Shelf,
    toasts::Toasts,
};
use protocol::{ChatMessage, Event, EventBody, Money, OrderToast, Product, Snapshot, StreamTime};
use std::sync::Arc;

/// A comment or toast that is later than this no longer belongs to what is seen: 5 s, about what a talk's reply takes.
pub const LATE_MS: i64 = 5_000;

/// A step of the playhead beyond this is a jump: frames are asked for many times a second while the picture plays.
const JUMP_MS: i64 = 2_000;

/// How an event came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// As it happened: what is late is shown by the rules for late events.
    Live,
    /// While catching up, after joining or a break: everything takes its own place in time.
    Missed,
}

/// When a comment shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Timing {
    /// With the picture that its author was watching.
    #[default]
    WithPicture,
    /// As soon as it comes, whatever the picture shows by then. After a jump of the picture, with its own: when it came
    /// says nothing then.
    AsTheyArrive,
}

/// What a viewer knows of a room, and what of it is on the screen when.
pub struct Timeline {
    me: Option<i64>,
    timing: Timing,
    /// The last picture asked for.
    playhead: Option<StreamTime>,
    shelf: Shelf,
    coupons: Coupons,
    packets: Packets,
    toasts: Toasts,
    banners: Banners,
    gifts: Gifts,
    likes: Likes,
    liked: Liked,
    chat: Chat,
    danmaku: Danmaku,
}

impl Timeline {
    /// An empty one. `measure` gives a comment's width in pixels, as it will be drawn.
    pub fn new(stage: Stage, measure: impl Fn(&Comment) -> f64 + 'static) -> Self {
        Self {
            me: None,
            timing: Timing::default(),
            playhead: None,
            shelf: Shelf::default(),
            coupons: Coupons::default(),
            packets: Packets::default(),
            toasts: Toasts::default(),
            banners: Banners::default(),
            gifts: Gifts::default(),
            likes: Likes::default(),
            liked: Liked::default(),
            chat: Chat::default(),
            danmaku: Danmaku::new(stage, Box::new(measure)),
        }
    }

    /// Whose comments are the viewer's own.
    pub fn set_me(&mut self, me: Option<i64>) {
        self.me = me;
        self.gifts.set_me(me);
    }

    /// Whether luxury gifts take a tray instead of the stage: the viewer wants less motion, or the machine is weak.
    pub fn set_calm(&mut self, calm: bool) {
        self.gifts.set_calm(calm);
    }

    /// Ends the luxury gift `key` at `t`: the viewer has seen enough of it.
    pub fn skip_gift(&mut self, key: u64, t: StreamTime) {
        self.gifts.skip(key, t);
    }

    /// Has the luxury gift `key`, which cannot be played here, take a tray from `t` on.
    pub fn give_up_gift(&mut self, key: u64, t: StreamTime) {
        self.gifts.give_up(key, t);
    }

    /// Luxury gifts and others that are due within `ahead_ms` after `t`, soonest first: their files had better be there.
    pub fn coming_gifts(&self, t: StreamTime, ahead_ms: i64) -> impl Iterator<Item = &Arc<Given>> {
        self.gifts.coming(t, ahead_ms)
    }

    /// What became of the gifts until `t`.
    pub fn gift_stats(&mut self, t: StreamTime) -> GiftStats {
        self.gifts.stats(t)
    }

    /// Comments fly over a stage of this shape from now on.
    pub fn set_stage(&mut self, stage: Stage) {
        self.danmaku.set_stage(stage);
    }

    /// The shape of the stage.
    pub const fn stage(&self) -> Stage {
        self.danmaku.stage()
    }

    /// Starts over from a snapshot. Its comments are in the list and no longer fly.
    pub fn seed(&mut self, snapshot: Snapshot) {
        let seq = snapshot.seq;
        self.shelf = Shelf::default();
        self.coupons = Coupons::default();
        self.packets = Packets::default();
        self.likes = Likes::seed(snapshot.likes);
        self.liked.insert(snapshot.comment_likes);
        self.shelf.set_products(snapshot.products, seq);
        if let Some(pinned) = snapshot.pinned {
            self.shelf.pin_known(seq, pinned.at, pinned.product);
        }
        for (order, released) in (0..).zip(snapshot.coupons) {
            self.coupons.seed(seq, order, released.at, released.coupon);
        }
        for (order, open) in (0..).zip(snapshot.packets) {
            self.packets.seed(seq, order, open.at, open.packet);
        }
        self.danmaku.clear_zones();
        if let Some(standing) = snapshot.avoid {
            self.danmaku.set_zones(seq, standing.at, standing.zones);
        }
        for event in snapshot.chat {
            if let EventBody::Chat(message) = event.body {
                self.chat.insert(event.seq, event.at, event.at, Arc::new(message));
            }
        }
    }

    /// Forgets all that happened in the room; the page's own comments stay.
    pub fn clear(&mut self) {
        self.shelf = Shelf::default();
        self.coupons = Coupons::default();
        self.packets = Packets::default();
        self.toasts = Toasts::default();
        self.banners = Banners::default();
        self.gifts.clear();
        self.likes = Likes::default();
        self.liked = Liked::default();
        self.chat = Chat::default();
        self.danmaku.clear();
    }

    /// Starts over for a show that is over, whose events are to be inserted as [`Arrival::Missed`]. Products are as they are
    /// now, when the log has been seen up to `seq`; a product that is not among them is no longer on sale. Coupons can
    /// no longer be claimed, and the list goes back to the first comment.
    pub fn begin_replay(&mut self, products: Vec<Product>, seq: u64) {
        self.clear();
        self.shelf = Shelf::of_replay(products, seq);
        self.coupons = Coupons::of_replay();
        self.packets = Packets::of_replay();
    }

    /// Takes an event. The same event again changes nothing.
    pub fn insert(&mut self, event: Event, arrival: Arrival) {
        self.insert_all([event], arrival);
    }

    /// Takes many events, which is cheaper than one by one: a show's, for a replay.
    pub fn insert_all(&mut self, events: impl IntoIterator<Item = Event>, arrival: Arrival) {
        let mut comments = Vec::new();
        for Event { seq, at, body, .. } in events {
            match body {
                EventBody::Chat(message) => comments.extend(self.comment(seq, at, message, arrival)),
                EventBody::ProductPinned { product } => self.shelf.pin(seq, at, product),
                EventBody::ProductUnpinned { product } => self.shelf.unpin(seq, at, product),
                EventBody::CouponReleased { coupon } => self.coupons.release(seq, at, coupon),
                EventBody::CouponWithdrawn { coupon } => self.coupons.withdraw(seq, at, coupon),
                EventBody::CouponClaimed { coupon, remaining } => {
                    self.coupons.claimed(seq, coupon, remaining);
                }
                EventBody::StockChanged { product, stock } => self.shelf.stock(seq, product, stock),
                EventBody::ProductChanged { product } => self.shelf.change(seq, product),
                EventBody::Announced { text } => {
                    if let Some(start) = self.start(at, arrival) {
                        self.banners.insert(seq, start, &text);
                    }
                }
                EventBody::OrderPaid(toast) => self.toast(seq, at, toast, arrival),
                EventBody::AvoidZones { zones } => self.danmaku.set_zones(seq, at, zones),
                EventBody::GiftSent(sent) => {
                    let late = self.playhead.filter(|now| arrival == Arrival::Live && at < *now);
                    self.gifts.insert(seq, at, late.unwrap_or(at), sent);
                }
                EventBody::Likes { total } => self.likes.insert(at, total),
                EventBody::CommentsLiked { comments } => self.liked.insert(comments),
                EventBody::RedPacketSent { packet } => self.packets.send(seq, at, packet),
                EventBody::RedPacketGrabbed { packet, shares_left, .. } => {
                    self.packets.grabbed(seq, packet, shares_left);
                }
                EventBody::RedPacketFinished { packet, .. } => self.packets.finish(seq, at, packet),
                // The player's faces show these.
                EventBody::PublisherOn | EventBody::PublisherAway | EventBody::ShowEnded => {}
            }
        }
        self.danmaku.insert(comments);
    }

    /// Puts comments of the page's own over the picture; they are in no list.
    pub fn insert_local(&mut self, comments: impl IntoIterator<Item = Comment>) {
        let started = |comment: Comment| {
            // One that was due long ago belongs to a part that was, or will be, seen again.
            let start = self.start(comment.at, Arrival::Live).unwrap_or(comment.at);
            (comment, Some(start))
        };
        let comments: Vec<_> = comments.into_iter().map(started).collect();
        self.danmaku.insert_local(comments);
    }

    /// What the viewer wants of the comments over the picture.
    pub fn set_rules(&mut self, rules: Rules) {
        self.danmaku.set_rules(rules);
    }

    /// What the viewer wants of the comments over the picture.
    pub const fn rules(&self) -> &Rules {
        self.danmaku.rules()
    }

    /// When comments show that come from now on.
    pub const fn set_timing(&mut self, timing: Timing) {
        self.timing = timing;
    }

    /// Where the picture lies, seen from the stage; until it is told, the stage is taken for the picture.
    pub fn set_picture(&mut self, picture: Picture) {
        self.danmaku.set_picture(picture);
    }

    /// Holds the comment `key` where it is at `t`, if it flies then.
    pub fn hold(&mut self, key: u64, t: StreamTime) {
        self.danmaku.hold(key, t);
    }

    /// Lets the comment `key` go on at `t`.
    pub fn release(&mut self, key: u64, t: StreamTime) {
        self.danmaku.release(key, t);
    }

    /// The uppermost comment that is at `t` in `row`, `x` pixels from the stage's left edge.
    pub fn flight_at(&mut self, t: StreamTime, x: f64, row: usize) -> Option<Flight> {
        let width = self.stage().width;
        let flights = self.danmaku.at(t).into_iter().rev();
        flights.filter(|flight| flight.row == row).find(|flight| flight.is_at(t, width, x))
    }

    /// What was said under this number of the log, as long as the list has it.
    pub fn said(&self, seq: u64) -> Option<Arc<ChatMessage>> {
        self.chat.said(seq).cloned()
    }

    /// How many like the comment of this number of the log.
    pub fn likes_of(&self, seq: u64) -> u32 {
        self.liked.of(seq)
    }

    /// Products as they are now, from the API, when the log has been seen up to `seq`.
    pub fn set_products(&mut self, products: Vec<Product>, seq: u64) {
        self.shelf.set_products(products, seq);
    }

    /// Everything on sale, in the host's order, with price and stock as of now.
    pub fn products(&self) -> &[Product] {
        self.shelf.products()
    }

    /// Moves the playhead to `t`, and answers whether it jumped there. To be told often: only so can a jump be told
    /// from a quiet minute.
    pub fn advance(&mut self, t: StreamTime) -> bool {
        let jumped = self.playhead.is_some_and(|before| t < before || t > before.plus(JUMP_MS));
        if jumped {
            self.danmaku.settle();
            self.gifts.settle();
            self.chat.settle();
        }
        self.playhead = Some(t);
        jumped
    }

    /// What is on the screen at `t`, which becomes the playhead.
    pub fn at(&mut self, t: StreamTime) -> Frame {
        self.advance(t);
        let (chat, chat_below) = self.chat.until(t, self.me);
        let liked = chat.iter().map(|line| (line.seq, self.liked.of(line.seq)));
        let liked = liked.filter(|(_, likes)| *likes > 0).collect();
        let mut flights = self.danmaku.at(t);
        flights.iter_mut().for_each(|flight| flight.likes = self.liked.of(flight.key));
        Frame {
            pinned: self.shelf.pinned(t),
            coupons: self.coupons.out(t),
            packets: self.packets.open(t),
            toasts: self.toasts.at(t),
            banner: self.banners.at(t),
            trays: self.gifts.trays(t),
            luxury: self.gifts.luxury(t),
            likes: self.likes.at(t),
            chat,
            chat_below,
            liked,
            flights,
        }
    }

    /// Until when the frame at `t` stays as it is, unless something is inserted.
    pub fn next_change(&mut self, t: StreamTime) -> Option<StreamTime> {
        self.next_look(t, 0)
    }

    /// The same for who looks at cards at once, and at comments, which come in crowds, no more often than every
    /// `gather_ms`.
    pub fn next_look(&mut self, t: StreamTime, gather_ms: i64) -> Option<StreamTime> {
        let cards = [
            self.shelf.next_after(t),
            self.coupons.next_after(t),
            self.packets.next_after(t),
            self.toasts.next_after(t),
            self.banners.next_after(t),
            self.gifts.next_after(t),
            self.likes.next_after(t),
        ];
        let crowds = [self.chat.next_after(t), self.danmaku.next_after(t)];
        let gathered = crowds.map(|next| next.map(|next| next.max(t.plus(gather_ms))));
        cards.into_iter().chain(gathered).flatten().min()
    }

    /// What a product cost when this viewer saw it before, if the host has changed its price since.
    pub fn price_before(&self, product: i64) -> Option<Money> {
        self.shelf.price_before(product)
    }

    /// The viewer has scrolled back: the list stays where it is, whatever comes.
    pub fn hold_chat(&mut self) {
        if let Some(t) = self.playhead {
            self.chat.hold(t);
        }
    }

    /// The viewer has scrolled to the first line of the list: more that was said before.
    pub fn chat_further_back(&mut self) {
        if let Some(t) = self.playhead {
            self.chat.further_back(t);
        }
    }

    /// The list follows what comes again.
    pub fn follow_chat(&mut self) {
        self.chat.follow();
    }

    /// What became of the comments until `t`.
    pub fn stats(&mut self, t: StreamTime) -> Stats {
        self.danmaku.stats(t)
    }

    fn comment(
        &mut self,
        seq: u64,
        at: StreamTime,
        message: ChatMessage,
        arrival: Arrival,
    ) -> Option<Coming> {
        let start = match (self.timing, arrival, self.playhead) {
            (Timing::AsTheyArrive, Arrival::Live, Some(now)) => Some(now),
            _ => self.start(at, arrival),
        };
        let ChatMessage { mode, color, .. } = message;
        let comment = Comment { mode, color, ..Comment::new(&message.text, at) }.by(&message.user, self.me);
        // What comes too late to fly is in the list, at its picture.
        let shows = if self.timing == Timing::AsTheyArrive { start.unwrap_or(at) } else { at };
        self.chat.insert(seq, at, shows, Arc::new(message)).then_some((seq, comment, start))
    }

    fn toast(&mut self, seq: u64, at: StreamTime, toast: OrderToast, arrival: Arrival) {
        if let Some(start) = self.start(at, arrival) {
            self.toasts.insert(seq, start, toast);
        }
    }

    /// When something that belongs to the picture `at` shows; none when it comes too late to.
    fn start(&self, at: StreamTime, arrival: Arrival) -> Option<StreamTime> {
        match self.playhead {
            Some(now) if arrival == Arrival::Live && at < now => (now < at.plus(LATE_MS)).then_some(now),
            _ => Some(at),
        }
    }
}
