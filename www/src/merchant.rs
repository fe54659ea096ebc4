//! What a merchant does beside the show: orders, products, coupons, income. The desk for the show is [`crate::studio`].
//!
//! Nothing is shown as done because it was clicked: what the server answers is shown.

mod back;
mod coupon_form;
mod coupons;
mod fulfil;
mod import;
mod income;
mod order;
mod orders;
mod product;
mod products;
mod refund;
mod sales;
mod withdraw;

use crate::door::Door;
use crate::route::ShopPart;
use crate::words::{merchant, say, studio};
use coupons::Coupons;
use income::Income;
use leptos::prelude::*;
use orders::Orders;
use products::Products;
use protocol::{Room, RoomWithKey};

/// The page of a part of `room`'s shop.
#[component]
pub(crate) fn Merchant(room: String, part: ShopPart) -> impl IntoView {
    let here = part.path(&room);
    let inside = match part {
        ShopPart::Orders => |owned: RoomWithKey| {
            frame(owned.room, ShopPart::Orders, |room| view! { <Orders room/> }.into_any())
        },
        ShopPart::Products => |owned: RoomWithKey| {
            frame(owned.room, ShopPart::Products, |room| view! { <Products room/> }.into_any())
        },
        ShopPart::Coupons => |owned: RoomWithKey| {
            frame(owned.room, ShopPart::Coupons, |room| view! { <Coupons room/> }.into_any())
        },
        ShopPart::Income => |owned: RoomWithKey| {
            frame(owned.room, ShopPart::Income, |room| view! { <Income room/> }.into_any())
        },
    };
    view! { <Door room here inside/> }
}

/// A part with the room's title and the tabs above it.
fn frame(room: Room, here: ShopPart, part: fn(String) -> AnyView) -> AnyView {
    let id = room.id.clone();
    let tabs = ShopPart::ALL.map(|part| {
        let current = (part == here).then_some("page");
        view! { <li><a href=part.path(&id) aria-current=current>{say(merchant::part(part))}</a></li> }
    });
    view! {
        <div class="merchant">
            <header class="merchant-head">
                <div>
                    <p><a href="/studio">{say(studio::MY_ROOMS)}</a></p>
                    <h1>{room.title}</h1>
                </div>
                <a class="button button-quiet button-small" href=format!("/studio/{}", room.id)>{say(merchant::TO_STUDIO)}</a>
            </header>
            <nav class="merchant-tabs" aria-label=say(merchant::TABS)><ul>{tabs.collect_view()}</ul></nav>
            {part(room.id)}
        </div>
    }
    .into_any()
}
