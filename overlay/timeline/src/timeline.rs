use crate::{
    banners::Banners,
    chat::Chat,
    coupons::Coupons,
    danmaku::{Comment, Danmaku, Stage, Stats},
    frame::Frame,
    shelf::Shelf,
    toasts::Toasts,
};
use protocol::{ChatMessage, Event, EventBody, Money, OrderToast, Product, Role, Snapshot, StreamTime};
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

/// What a viewer knows of a room, and what of it is on the screen when.
pub struct Timeline {
    me: Option<i64>,
    /// The last picture asked for.
    playhead: Option<StreamTime>,
    shelf: Shelf,
    coupons: Coupons,
    toasts: Toasts,
    banners: Banners,
    chat: Chat,
    danmaku: Danmaku,
}

impl Timeline {
    /// An empty one. `measure` gives a comment's width in pixels, as it will be drawn.
    pub fn new(stage: Stage, measure: impl Fn(&Comment) -> f64 + 'static) -> Self {
        Self {
            me: None,
            playhead: None,
            shelf: Shelf::default(),
            coupons: Coupons::default(),
            toasts: Toasts::default(),
            banners: Banners::default(),
            chat: Chat::default(),
            danmaku: Danmaku::new(stage, Box::new(measure)),
        }
    }

    /// Whose comments are the viewer's own.
    pub fn set_me(&mut self, me: Option<i64>) {
        self.me = me;
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
        self.shelf.set_products(snapshot.products, seq);
        if let Some(pinned) = snapshot.pinned {
            self.shelf.pin_known(seq, pinned.at, pinned.product);
        }
        for (order, released) in (0..).zip(snapshot.coupons) {
            self.coupons.seed(seq, order, released.at, released.coupon);
        }
        for event in snapshot.chat {
            if let EventBody::Chat(message) = event.body {
                self.chat.insert(event.seq, event.at, Arc::new(message));
            }
        }
    }

    /// Takes an event. The same event again changes nothing.
    pub fn insert(&mut self, event: Event, arrival: Arrival) {
        let Event { seq, at, body, .. } = event;
        match body {
            EventBody::Chat(message) => self.comment(seq, at, message, arrival),
            EventBody::ProductPinned { product } => self.shelf.pin(seq, at, product),
            EventBody::ProductUnpinned { product } => self.shelf.unpin(seq, at, product),
            EventBody::CouponReleased { coupon } => self.coupons.release(seq, at, coupon),
            EventBody::CouponWithdrawn { coupon } => self.coupons.withdraw(seq, at, coupon),
            EventBody::CouponClaimed { coupon, remaining } => self.coupons.claimed(seq, coupon, remaining),
            EventBody::StockChanged { product, stock } => self.shelf.stock(seq, product, stock),
            EventBody::ProductChanged { product } => self.shelf.change(seq, product),
            EventBody::Announced { text } => {
                if let Some(start) = self.start(at, arrival) {
                    self.banners.insert(seq, start, &text);
                }
            }
            EventBody::OrderPaid(toast) => self.toast(seq, at, toast, arrival),
            // The player's faces show these.
            EventBody::PublisherOn | EventBody::PublisherAway | EventBody::ShowEnded => {}
        }
    }

    /// Puts a comment of the page's own over the picture; it is in no list.
    pub fn insert_local(&mut self, comment: Comment) {
        let start = self.start(comment.at, Arrival::Live);
        self.danmaku.insert_local(comment, start);
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
        }
        self.playhead = Some(t);
        jumped
    }

    /// What is on the screen at `t`, which becomes the playhead.
    pub fn at(&mut self, t: StreamTime) -> Frame {
        self.advance(t);
        let (chat, chat_below) = self.chat.until(t, self.me);
        Frame {
            pinned: self.shelf.pinned(t),
            coupons: self.coupons.out(t),
            toasts: self.toasts.at(t),
            banner: self.banners.at(t),
            chat,
            chat_below,
            flights: self.danmaku.at(t),
        }
    }

    /// Until when the frame at `t` stays as it is, unless something is inserted.
    pub fn next_change(&mut self, t: StreamTime) -> Option<StreamTime> {
        [
            self.shelf.next_after(t),
            self.coupons.next_after(t),
            self.toasts.next_after(t),
            self.banners.next_after(t),
            self.chat.next_after(t),
            self.danmaku.next_after(t),
        ]
        .into_iter()
        .flatten()
        .min()
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

    fn comment(&mut self, seq: u64, at: StreamTime, message: ChatMessage, arrival: Arrival) {
        let comment = Comment {
            text: Arc::from(message.text.as_str()),
            mode: message.mode,
            color: message.color,
            own: Some(message.user.id) == self.me,
            host: message.user.role == Role::Host,
            at,
        };
        if self.chat.insert(seq, at, Arc::new(message)) {
            let start = self.start(at, arrival);
            self.danmaku.insert(seq, comment, start);
        }
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
