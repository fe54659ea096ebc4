//! The room's orders, newest first.

use super::desk::shared;
use crate::load::show;
use crate::words::{Word, lang, orders, say, studio};
use leptos::{prelude::*, task::spawn_local};
use overlay::api::Api;
use overlay::money;
use overlay::time::time_of_day;
use protocol::{Order, OrderStatus};

/// Held orders have no event; they show within this time.
const REFRESH_MS: u32 = 6_000;

/// More is a job for a report.
const SHOWN: usize = 50;

/// The panel.
#[component]
pub(super) fn Orders() -> impl IntoView {
    let (shared, api) = (shared(), expect_context::<Api>());
    let ask = move |api: Api| async move {
        let answer = api.room_orders(&shared.room_id()).await;
        shared.orders.try_update(|orders| orders.update(answer));
    };
    let asker = api.clone();
    crate::poll::poll(REFRESH_MS, move || ask(asker.clone()));
    // A purchase that the room tells of is shown at once.
    let purchases = shared.part(|show| show.purchases);
    Effect::new(move |before: Option<u64>| {
        let now = purchases.get();
        if before.is_some_and(|before| before != now) {
            spawn_local(ask(api.clone()));
        }
        now
    });
    let orders = Memo::new(move |_| shared.orders.get());
    view! {
        <section class="panel feed">
            <h2>{say(studio::ORDERS)}</h2>
            {move || orders.with(|orders| show(orders, |orders| view! { <List orders=orders.clone()/> }))}
        </section>
    }
}

#[component]
fn List(orders: Vec<Order>) -> impl IntoView {
    if orders.is_empty() {
        return view! { <p class="hint">{say(studio::NO_ORDERS)}</p> }.into_any();
    }
    let rows = orders.into_iter().take(SHOWN).map(|order| view! { <Row order/> }).collect_view();
    view! { <ol class="feed-orders">{rows}</ol> }.into_any()
}

/// A status' label: its class and its word.
pub(crate) const fn look(status: OrderStatus) -> (&'static str, Word) {
    match status {
        OrderStatus::Held => ("chip chip-warn", orders::HELD),
        OrderStatus::Paid => ("chip chip-good", orders::PAID),
        OrderStatus::Shipped => ("chip chip-good", orders::SHIPPED),
        OrderStatus::Delivered => ("chip chip-good", orders::DELIVERED),
        OrderStatus::Refunded => ("chip", orders::REFUNDED),
        OrderStatus::Cancelled => ("chip", orders::CANCELLED),
        OrderStatus::Expired => ("chip", orders::EXPIRED),
    }
}

#[component]
fn Row(order: Order) -> impl IntoView {
    let lang = lang();
    let (class, word) = look(order.status);
    let what = order
        .lines
        .iter()
        .map(|line| format!("{} × {}", line.title, line.quantity))
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <li>
            <p><strong>{what}</strong><span class=class>{say(word)}</span></p>
            <p>
                <span class="price">{move || money::format(order.total, lang.get())}</span>
                <time>{move || time_of_day(order.placed, lang.get())}</time>
            </p>
        </li>
    }
}
