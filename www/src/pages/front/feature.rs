//! The room that the front shows large, with what is on sale in it.

use super::card::watching;
use crate::ui::{Cover, Icon, Shape, StatusBadge};
use crate::words::{fill, front, lang, say};
use leptos::{prelude::*, task::spawn_local};
use overlay::{api::Api, money};
use protocol::{Product, Room};

/// More would not fit beside the cover.
const PRODUCTS: usize = 4;

/// The room, its picture, and the first things on sale.
#[component]
pub(super) fn Feature(room: Room) -> impl IntoView {
    let address = format!("/room/{}", room.id);
    let watching = watching(&room);
    view! {
        <section class="feature">
            <a class="feature-picture" href=address.clone() tabindex="-1" aria-hidden="true">
                <Cover room=room.clone()/>
                <StatusBadge status=room.status/>
                {watching}
            </a>
            <div class="feature-words">
                <p class="feature-host">
                    <span class="avatar" aria-hidden="true">{room.host.name.chars().take(1).collect::<String>()}</span>
                    {fill(front::HOSTED_BY, room.host.name)}
                </p>
                <h2>{room.title}</h2>
                <OnSale room=room.id/>
                <a class="button button-primary button-large" href=address>
                    {say(front::ENTER)}<Icon shape=Shape::Arrow/>
                </a>
            </div>
        </section>
    }
}

#[component]
fn OnSale(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let products = RwSignal::new(Vec::<Product>::new());
    spawn_local(async move {
        // Decoration: without it the page is whole.
        if let Ok(found) = api.products(&room).await {
            products.try_set(found);
        }
    });
    move || {
        let products: Vec<_> = products.get().into_iter().take(PRODUCTS).collect();
        (!products.is_empty()).then(|| {
            let items = products.into_iter().map(|product| view! { <Item product/> }).collect_view();
            view! { <div class="on-sale"><h3>{say(front::ON_SALE)}</h3><ul>{items}</ul></div> }
        })
    }
}

#[component]
fn Item(product: Product) -> impl IntoView {
    let lang = lang();
    let picture = expect_context::<Api>().picture(&product.image);
    view! {
        <li>
            {picture.map(|address| view! { <img src=address alt="" loading="lazy" decoding="async"/> })}
            <span class="on-sale-title">{product.title}</span>
            <span class="price">{move || money::format(product.price, lang.get())}</span>
        </li>
    }
}
