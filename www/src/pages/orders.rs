//! The shopper's own orders, with their receipts.

mod order;

use crate::load::{Load, show};
use crate::poll::poll;
use crate::session::{Who, session};
use crate::ui::{Empty, LogInFirst, Shape, Waiting};
use crate::words::{common, orders, say};
use leptos::prelude::*;
use order::OrderCard;
use overlay::api::Api;

/// A held order that runs out shows so soon enough.
const REFRESH_MS: u32 = 8_000;

/// The page.
#[component]
pub(crate) fn Orders() -> impl IntoView {
    let session = session();
    let who = Memo::new(move |_| session.who());
    view! {
        <div class="narrow">
            <h1>{say(orders::TITLE)}</h1>
            {move || match who.get() {
                Who::Unknown => view! { <Waiting/> }.into_any(),
                Who::Guest => view! { <LogInFirst next="/orders"/> }.into_any(),
                Who::User(_) => view! { <List/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn List() -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::Waiting);
    poll(REFRESH_MS, move || {
        let api = api.clone();
        async move {
            let answer = api.my_orders().await;
            state.try_update(|state| state.update(answer));
        }
    });
    let orders = Memo::new(move |_| state.get());
    // An order's newest state comes back from paying or cancelling it, before the next poll.
    let changed = Callback::new(move |order: protocol::Order| {
        state.update(|state| {
            if let Load::Ready(orders) = state
                && let Some(old) = orders.iter_mut().find(|old| old.id == order.id)
            {
                *old = order;
            }
        });
    });
    move || {
        orders.with(|orders| {
            show(orders, |orders| {
                if orders.is_empty() {
                    return view! { <NoOrders/> }.into_any();
                }
                let cards = orders.iter().cloned().map(|order| view! { <li><OrderCard order changed/></li> });
                view! { <ul class="orders">{cards.collect_view()}</ul> }.into_any()
            })
        })
    }
}

#[component]
fn NoOrders() -> impl IntoView {
    view! {
        <Empty title=orders::EMPTY hint=orders::EMPTY_HINT shape=Shape::Receipt>
            <a class="button button-primary" href="/">{say(common::TO_FRONT)}</a>
        </Empty>
    }
}
