//! From a card to a receipt: choose, place, pay. The server decides every price; what is shown here is what the shopper
//! is asked to agree to.

mod attempt;
mod choose;
mod orders;
mod pay;
mod receipt;
mod total;

use crate::{show::show, text::Text, ui::SheetFrame};
use leptos::prelude::*;
use protocol::{Order, OrderStatus};

pub(crate) use orders::Orders;

/// Buying one product.
#[component]
pub(crate) fn Checkout(product: i64) -> impl IntoView {
    let order = RwSignal::new(None::<RwSignal<Order>>);
    let owner = Owner::current();
    // The order outlives the step that placed it.
    let placed =
        move |placed: Order| order.set(owner.as_ref().map(|owner| owner.with(|| RwSignal::new(placed))));
    let placed = StoredValue::new(placed);
    let step = move || {
        match order.get() {
        None => view! { <choose::Choose product=product on_placed=move |order| placed.with_value(|placed| placed(order)) /> }.into_any(),
        Some(order) => view! { <Placed order=order /> }.into_any(),
    }
    };
    let title = Signal::derive(move || heading(order.get()).to_owned());
    view! { <SheetFrame title=title>{step}</SheetFrame> }
}

fn heading(order: Option<RwSignal<Order>>) -> &'static str {
    let paid = order.is_some_and(|order| order.with(|order| order.status == OrderStatus::Paid));
    show().say_in(if paid { Text::Paid } else { Text::Checkout })
}

/// An order from when it holds stock to its receipt.
#[component]
fn Placed(order: RwSignal<Order>) -> impl IntoView {
    let status = Memo::new(move |_| order.with(|order| order.status));
    move || match status.get() {
        OrderStatus::Held => view! { <pay::Pay order=order /> }.into_any(),
        OrderStatus::Paid => view! { <receipt::Paid order=order.get_untracked() /> }.into_any(),
        OrderStatus::Cancelled | OrderStatus::Expired => {
            view! { <receipt::Over order=order.get_untracked() /> }.into_any()
        }
    }
}
