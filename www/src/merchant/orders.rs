//! The room's orders, newest first, a page at a time.

use super::order::Row;
use crate::load::{Load, show};
use crate::poll::poll;
use crate::studio::order_look;
use crate::ui::{Empty, Shape};
use crate::words::{merchant, say};
use leptos::{prelude::*, task::spawn_local};
use overlay::api::{Api, OrderQuery};
use protocol::{Order, OrderStatus};

/// How often the page that is shown is asked for.
const REFRESH_MS: u32 = 8_000;

/// Orders on a page: some screens of a phone.
const PAGE: usize = 20;

/// What can be looked for, in the order of an order's life.
const STATUSES: [OrderStatus; 7] = [
    OrderStatus::Held,
    OrderStatus::Paid,
    OrderStatus::Shipped,
    OrderStatus::Delivered,
    OrderStatus::Refunded,
    OrderStatus::Cancelled,
    OrderStatus::Expired,
];

/// The part.
#[component]
pub(super) fn Orders(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let status = RwSignal::new(None::<OrderStatus>);
    // The last order of each page before this one.
    let before = RwSignal::new(Vec::<String>::new());
    let state = RwSignal::new(Load::<Vec<Order>>::Waiting);
    let query = Memo::new(move |_| OrderQuery {
        status: status.get(),
        after: before.with(|before| before.last().cloned()),
        // One more says whether there is another page.
        limit: PAGE + 1,
    });
    let asked_room = room.clone();
    let ask = move || {
        let (api, room, asked) = (api.clone(), asked_room.clone(), query.get_untracked());
        async move {
            let answer = api.orders_of(&room, &asked).await;
            // Meanwhile another page may have been asked for.
            if query.try_get_untracked().is_some_and(|now| now == asked) {
                state.try_update(|state| state.update(answer));
            }
        }
    };
    poll(REFRESH_MS, ask.clone());
    Effect::new(move |first: Option<()>| {
        query.track();
        if first.is_some() {
            state.set(Load::Waiting);
            spawn_local(ask());
        }
    });
    let ready = Memo::new(move |_| state.with(|state| state.ready().is_some()));
    view! {
        <section class="merchant-part">
            <div class="merchant-bar">
                <Filter status before/>
                <Export room status/>
            </div>
            {move || match ready.get() {
                true => view! { <List state/> }.into_any(),
                false => state.with(|state| show(state, |_| ())),
            }}
            <Pages state before/>
        </section>
    }
}

#[component]
fn Filter(status: RwSignal<Option<OrderStatus>>, before: RwSignal<Vec<String>>) -> impl IntoView {
    let choices = std::iter::once(None).chain(STATUSES.map(Some)).map(|choice| {
        let word = choice.map_or(merchant::ALL, |status| order_look(status).1);
        let choose = move |_| {
            before.set(Vec::new());
            status.set(choice);
        };
        view! {
            <button type="button" aria-pressed=move || (status.get() == choice).to_string() on:click=choose>
                {say(word)}
            </button>
        }
    });
    view! { <div class="pills" role="group" aria-label=say(merchant::FILTER)>{choices.collect_view()}</div> }
}

#[component]
fn Export(room: String, status: RwSignal<Option<OrderStatus>>) -> impl IntoView {
    let links = ["csv", "json"].map(|format| {
        let room = room.clone();
        let address = move || {
            let status = status.get().map(|status| format!("&status={}", status.as_str())).unwrap_or_default();
            format!("/api/v1/rooms/{room}/orders/export?format={format}{status}")
        };
        view! { <a class="button button-quiet button-small" href=address download=format!("orders.{format}")>{format.to_uppercase()}</a> }
    });
    view! { <p class="merchant-export"><span>{say(merchant::EXPORT)}</span>{links.collect_view()}</p> }
}

#[component]
fn List(state: RwSignal<Load<Vec<Order>>>) -> impl IntoView {
    let orders = Memo::new(move |_| {
        let all = state.with(|state| state.ready().cloned().unwrap_or_default());
        all.into_iter().take(PAGE).collect::<Vec<_>>()
    });
    let open = RwSignal::new(None::<String>);
    let changed = Callback::new(move |order: Order| {
        state.update(|state| {
            if let Load::Ready(orders) = state
                && let Some(old) = orders.iter_mut().find(|old| old.id == order.id)
            {
                *old = order;
            }
        });
    });
    view! {
        {move || orders.with(Vec::is_empty).then(|| view! {
            <Empty title=merchant::NO_ORDERS hint=merchant::NO_ORDERS_HINT shape=Shape::Receipt/>
        })}
        <ol class="entries">
            <For each=move || orders.get() key=|order| order.id.clone() let:order>
                <Row order orders open changed/>
            </For>
        </ol>
    }
}

/// Leads to newer and older orders.
#[component]
fn Pages(state: RwSignal<Load<Vec<Order>>>, before: RwSignal<Vec<String>>) -> impl IntoView {
    let last = Memo::new(move |_| {
        state.with(|state| {
            let orders = state.ready()?;
            (orders.len() > PAGE).then(|| orders.get(PAGE - 1).map(|order| order.id.clone()))?
        })
    });
    let newer = move |_| before.update(|before| drop(before.pop()));
    let older = move |_| {
        if let Some(last) = last.get_untracked() {
            before.update(|before| before.push(last));
        }
    };
    let needed = move || last.with(Option::is_some) || !before.with(Vec::is_empty);
    view! {
        <nav class="merchant-pages" aria-label=say(merchant::PAGES) hidden=move || !needed()>
            <button type="button" class="button button-quiet" disabled=move || before.with(Vec::is_empty) on:click=newer>
                {say(merchant::NEWER)}
            </button>
            <button type="button" class="button button-quiet" disabled=move || last.with(Option::is_none) on:click=older>
                {say(merchant::OLDER)}
            </button>
        </nav>
    }
}
