//! The show as views see it: signals that only what comes from the server, or from the playhead's moving, writes.

mod actions;
mod core;
mod listen;

use crate::{
    api::Api,
    cart,
    danmaku::{
        Caught,
        settings::{self, Settings},
    },
    gift,
    text::{Lang, Text},
    ticker,
};
use leptos::prelude::*;
use protocol::{CouponClaim, GiftCatalogue, NewLine, Product, Room, ServerTime, StreamTime, User};
use std::{future::poll_fn, pin::Pin, rc::Rc, task::Poll};
use timeline::{
    Banner, ChatLine, CouponCard, LuxuryCard, PacketCard, PinnedCard, TRAYS, ToastCard, TrayCard,
};
use wasm_bindgen_futures::spawn_local;

pub(crate) use self::core::{Core, now_ms};

/// A sheet over the lower part of the picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sheet {
    /// Everything on sale.
    Bag,
    /// Buying this product.
    Checkout(i64),
    /// Buying all that is in the cart.
    Cart,
    /// The viewer's orders.
    Orders,
    /// The settings of flying comments.
    Danmaku,
    /// The gifts that can be sent.
    Gifts,
    /// The viewer's coins, and more of them.
    Wallet,
    /// A word before the viewer gives more.
    Reminder,
    /// Sending a red packet.
    Packet,
    /// Logging in, and what to go on with afterwards.
    LogIn(Intent),
}

/// What a guest wanted to do when asked to log in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Intent {
    /// Say what is in the field.
    Say,
    /// Claim a coupon.
    Claim(i64),
    /// Buy a product.
    Buy(i64),
    /// See the orders.
    Orders,
    /// Order what is in the cart.
    Cart,
    /// Report a comment.
    Report(u64),
    /// Send a gift.
    Give(i64),
    /// See the wallet.
    Wallet,
    /// Take a share of a red packet.
    Grab(i64),
    /// Like the show.
    Like,
    /// Like a comment.
    LikeComment(u64),
}

/// A word to the viewer that goes away by itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Notice {
    /// Tells one from the next that says the same.
    pub(crate) number: u32,
    /// What it says.
    pub(crate) text: String,
    /// Whether something went wrong.
    pub(crate) bad: bool,
}

/// Everything that views read.
#[derive(Clone, Copy)]
pub(crate) struct Show {
    pub(crate) lang: RwSignal<Lang>,
    pub(crate) room: RwSignal<Option<Room>>,
    pub(crate) user: RwSignal<Option<User>>,
    pub(crate) viewers: RwSignal<u32>,
    /// Whether the connection broke and is not back yet.
    pub(crate) lost: RwSignal<bool>,
    pub(crate) pinned: RwSignal<Option<PinnedCard>>,
    pub(crate) coupons: RwSignal<Vec<CouponCard>>,
    pub(crate) packets: RwSignal<Vec<PacketCard>>,
    pub(crate) toasts: RwSignal<Vec<ToastCard>>,
    pub(crate) banner: RwSignal<Option<Banner>>,
    pub(crate) trays: RwSignal<[Option<TrayCard>; TRAYS]>,
    pub(crate) luxury: RwSignal<Option<LuxuryCard>>,
    pub(crate) likes: RwSignal<u64>,
    /// Goes up with each tap of the viewer's own on the heart.
    pub(crate) beats: RwSignal<u32>,
    /// The gifts that can be sent.
    pub(crate) gifts: RwSignal<GiftCatalogue>,
    /// Coins in the viewer's wallet, as the server last said; none as long as it was not asked.
    pub(crate) coins: RwSignal<Option<i64>>,
    /// Whether luxury gifts may take the whole picture.
    pub(crate) effects: RwSignal<bool>,
    pub(crate) chat: RwSignal<Vec<ChatLine>>,
    /// Lines that have come and are newer than the list's.
    pub(crate) chat_below: RwSignal<usize>,
    /// Which lines of the list somebody likes, and how many do.
    pub(crate) liked: RwSignal<Vec<(u64, u32)>>,
    pub(crate) products: RwSignal<Vec<Product>>,
    pub(crate) claims: RwSignal<Vec<CouponClaim>>,
    /// What the viewer means to buy.
    pub(crate) cart: RwSignal<Vec<NewLine>>,
    /// The server's clock, to the second.
    pub(crate) now: RwSignal<ServerTime>,
    /// The show that is over and is being watched; none while the picture is live.
    pub(crate) replay: RwSignal<Option<protocol::Show>>,
    /// The picture of a replay, to the second.
    pub(crate) playhead: RwSignal<StreamTime>,
    /// Whether comments fly.
    pub(crate) danmaku: RwSignal<bool>,
    /// What the viewer wants of them.
    pub(crate) settings: RwSignal<Settings>,
    /// The flying comment that the viewer holds.
    pub(crate) caught: RwSignal<Option<Caught>>,
    pub(crate) sheet: RwSignal<Option<Sheet>>,
    /// What is being typed.
    pub(crate) draft: RwSignal<String>,
    /// Goes up when the viewer is to go on typing.
    pub(crate) composing: RwSignal<u32>,
    /// What was said and is not yet answered.
    pub(crate) sending: RwSignal<Option<String>>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

impl Show {
    pub(crate) fn new(core: Rc<Core>) -> Self {
        let settings = settings::kept();
        Self {
            lang: RwSignal::new(Lang::parse(&core.page.lang())),
            room: RwSignal::new(None),
            user: RwSignal::new(None),
            viewers: RwSignal::new(0),
            lost: RwSignal::new(false),
            pinned: RwSignal::new(None),
            coupons: RwSignal::default(),
            packets: RwSignal::default(),
            toasts: RwSignal::default(),
            banner: RwSignal::new(None),
            trays: RwSignal::default(),
            luxury: RwSignal::new(None),
            likes: RwSignal::new(0),
            beats: RwSignal::new(0),
            gifts: RwSignal::default(),
            coins: RwSignal::new(None),
            effects: RwSignal::new(gift::wants_effects()),
            chat: RwSignal::default(),
            chat_below: RwSignal::new(0),
            liked: RwSignal::default(),
            products: RwSignal::default(),
            claims: RwSignal::default(),
            cart: RwSignal::new(cart::kept(&core.page)),
            now: RwSignal::new(core.server_time()),
            danmaku: RwSignal::new(core.wants_danmaku(settings.on)),
            settings: RwSignal::new(settings),
            caught: RwSignal::new(None),
            replay: RwSignal::new(None),
            playhead: RwSignal::new(StreamTime(0)),
            sheet: RwSignal::new(None),
            draft: RwSignal::default(),
            composing: RwSignal::new(0),
            sending: RwSignal::new(None),
            notice: RwSignal::new(None),
            core: StoredValue::new_local(core),
        }
    }

    /// Opens a sheet that is about the viewer's own things; a guest is asked to log in first, and goes on with `intent`.
    pub(crate) fn open(self, sheet: Sheet, intent: Intent) {
        let guest = self.user.with_untracked(Option::is_none);
        self.sheet.set(Some(if guest { Sheet::LogIn(intent) } else { sheet }));
    }

    /// The text in the viewer's language; reactive.
    pub(crate) fn say_in(self, text: Text) -> &'static str {
        self.lang.get().of(text)
    }

    pub(crate) fn core(self) -> Rc<Core> {
        self.core.get_value()
    }

    pub(crate) fn api(self) -> Api {
        self.core.with_value(|core| core.api.clone())
    }

    /// The moment to show; none before there is a picture.
    pub(crate) fn playhead(self, core: &Core) -> Option<StreamTime> {
        core.playhead(self.room.with_untracked(|room| room.as_ref().map(|room| room.status)))
    }

    /// What is drawn is no longer right.
    pub(crate) fn redraw(self, core: &Rc<Core>) {
        core.good_until.set(None);
        ticker::wake(self, core);
    }

    /// Something came that others may soon follow.
    pub(crate) fn redraw_soon(self, core: &Rc<Core>) {
        ticker::wake_soon(self, core);
    }

    /// Does what waits for answers, as long as the overlay is there. The sheet that asked for it may be closed before
    /// it is done: its signals may then be set, which does nothing, but no longer read.
    pub(crate) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        let core = self.core();
        let mut task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
        spawn_local(poll_fn(
            move |context| if core.gone.get() { Poll::Ready(()) } else { task.as_mut().poll(context) },
        ));
    }

    /// A product as it is now; reactive.
    pub(crate) fn product(self, id: i64) -> Option<Product> {
        self.products.with(|products| products.iter().find(|product| product.id == id).cloned())
    }
}

/// Sets a signal unless it has that value: what did not change is not drawn again.
pub(crate) fn update<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}

/// The show that this view is of.
pub(crate) fn show() -> Show {
    expect_context()
}
