//! Says that an order is on its way, and that it arrived.

use crate::attempt::Attempt;
use crate::studio::is_filled;
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{merchant, say};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{NewShipment, Order, OrderStatus};

/// Characters in a carrier's name and in its number, each, as the server takes them.
const WORDS: usize = 64;

/// What can be said of the order as it stands; `changed` takes its newer state.
#[component]
pub(super) fn Fulfil(order: Memo<Order>, changed: Callback<Order>) -> impl IntoView {
    let status = Memo::new(move |_| order.with(|order| order.status));
    let id = StoredValue::new(order.with_untracked(|order| order.id.clone()));
    move || match status.get() {
        OrderStatus::Paid => view! { <Ship id=id.get_value() changed/> }.into_any(),
        OrderStatus::Shipped => view! { <Deliver id=id.get_value() changed/> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Ship(id: String, changed: Callback<Order>) -> impl IntoView {
    let (api, task, attempt) = (expect_context::<Api>(), Task::new(), Attempt::new());
    let (carrier, tracking) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submitted = RwSignal::new(false);
    let wrong = move |value: RwSignal<String>| {
        Signal::derive(move || submitted.get().then(|| is_filled(&value.read())).flatten())
    };
    let (wrong_carrier, wrong_tracking) = (wrong(carrier), wrong(tracking));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        if wrong_carrier.get_untracked().or_else(|| wrong_tracking.get_untracked()).is_some() {
            return;
        }
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let parcel = NewShipment { carrier: text(carrier), tracking: text(tracking) };
        let (api, id, key) = (api.clone(), id.clone(), attempt.key(&parcel));
        let ship = async move { attempt.end(api.ship(&id, &parcel, &key).await) };
        task.run(ship, move |order| changed.run(order));
    };
    view! {
        <form class="form form-inset ship" novalidate on:submit=submit>
            <div class="field-row">
                <Field id="ship-carrier" label=merchant::CARRIER value=carrier error=wrong_carrier maxlength=WORDS/>
                <Field id="ship-tracking" label=merchant::TRACKING value=tracking error=wrong_tracking maxlength=WORDS/>
            </div>
            <TaskError task/>
            <div class="form-actions"><Submit task label=merchant::SHIP doing=merchant::SHIPPING_NOW/></div>
        </form>
    }
}

#[component]
fn Deliver(id: String, changed: Callback<Order>) -> impl IntoView {
    let (api, task) = (expect_context::<Api>(), Task::new());
    let (label, doing) = (say(merchant::DELIVER), say(merchant::DELIVERING));
    let deliver = move |_| {
        let (api, id) = (api.clone(), id.clone());
        // Arriving twice is arriving once, so each click may have a key of its own.
        task.run(async move { api.deliver(&id).await }, move |order| changed.run(order));
    };
    view! {
        <TaskError task/>
        <p class="form-actions">
            <button type="button" class="button button-primary" disabled=move || task.pending() on:click=deliver>
                {move || if task.pending() { doing() } else { label() }}
            </button>
        </p>
    }
}
