//! The studio once its owner is in: opens the room's socket and lays the parts out.

use super::show::Show;
use super::{
    chat::Chat, coupons::Coupons, encoder::Encoder, monitor::Monitor, orders::Orders, products::Products,
};
use crate::load::Load;
use crate::route::ShopPart;
use crate::stall::Picture;
use crate::ui::StatusBadge;
use crate::words::{Word, merchant, say, studio};
use leptos::{prelude::*, task::spawn_local};
use overlay::{api::Api, socket::Socket};
use protocol::{Order, Room, RoomWithKey};

/// What all parts of the studio share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    /// The room as it was when the studio was opened.
    pub(super) room: StoredValue<Room>,
    /// The show as the room's log has it.
    pub(super) show: RwSignal<Show>,
    /// The room's newest orders.
    pub(super) orders: RwSignal<Load<Vec<Order>>>,
    /// The picture that the host is shown.
    pub(super) picture: Picture,
}

impl Shared {
    /// The room's name in addresses.
    pub(super) fn room_id(self) -> String {
        self.room.with_value(|room| room.id.clone())
    }

    /// A part of the show, drawn anew only when that part changes.
    pub(super) fn part<T>(self, pick: impl Fn(&Show) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.show.with(&pick))
    }
}

/// What the parts share.
pub(super) fn shared() -> Shared {
    expect_context()
}

/// On a phone one part shows at a time.
const TABS: [(&str, Word); 5] = [
    ("show", studio::SHOW),
    ("products", studio::PRODUCTS),
    ("coupons", studio::COUPONS),
    ("chat", studio::CHAT),
    ("orders", studio::ORDERS),
];

/// The whole desk.
#[component]
pub(super) fn Desk(owned: RoomWithKey) -> impl IntoView {
    let shared = Shared {
        room: StoredValue::new(owned.room.clone()),
        show: RwSignal::new(Show::default()),
        orders: RwSignal::new(Load::Waiting),
        picture: Picture::new(),
    };
    provide_context(shared);
    let api = expect_context::<Api>();
    listen(shared, api.clone());
    ask_for_coupons(shared, api);
    let tab = RwSignal::new("show");
    view! {
        <div class="studio" data-tab=tab>
            <Head room=owned.room.clone()/>
            <Tabs tab/>
            <div class="studio-show"><Monitor/><Encoder owned/></div>
            <div class="studio-goods"><Products/><Coupons/></div>
            <div class="studio-people"><Chat/><Orders/></div>
        </div>
    }
}

#[component]
fn Head(room: Room) -> impl IntoView {
    let shared = shared();
    let status = shared.part(|show| show.status);
    let lost = shared.part(|show| show.lost);
    view! {
        <header class="studio-head">
            <div>
                <p><a href="/studio">{say(studio::TITLE)}</a></p>
                <h1>{room.title}</h1>
            </div>
            {move || status.get().map(|status| view! { <StatusBadge status/> })}
            <p class="studio-lost" role="status">{move || lost.get().then(|| say(studio::CONNECTION_LOST))}</p>
            <p class="studio-links">
                <a class="button button-quiet button-small" href=ShopPart::Orders.path(&room.id)>{say(merchant::TITLE)}</a>
                <a class="button button-quiet button-small" href=format!("/room/{}", room.id) target="_blank">{say(studio::VIEW_ROOM)}</a>
            </p>
        </header>
    }
}

#[component]
fn Tabs(tab: RwSignal<&'static str>) -> impl IntoView {
    let buttons = TABS.map(|(name, word)| {
        view! {
            <button type="button" aria-pressed=move || (tab.get() == name).to_string() on:click=move |_| tab.set(name)>
                {say(word)}
            </button>
        }
    });
    view! { <nav class="studio-tabs" aria-label=say(studio::TABS)>{buttons.collect_view()}</nav> }
}

/// Keeps the show in step with the room for as long as the desk is there.
fn listen(shared: Shared, api: Api) {
    let socket = Socket::open(api, &shared.room_id(), None, move |event| {
        shared.show.try_update(|show| show.hear(event));
    });
    let socket = StoredValue::new_local(Some(socket));
    on_cleanup(move || socket.set_value(None));
}

/// The room's log tells of released coupons only; the host has all.
fn ask_for_coupons(shared: Shared, api: Api) {
    spawn_local(async move {
        // Without it the list lacks what was never released; reloading the page asks again.
        if let Ok(coupons) = api.coupons(&shared.room_id()).await {
            shared.show.try_update(|show| coupons.into_iter().for_each(|coupon| show.add_coupon(coupon)));
        }
    });
}
