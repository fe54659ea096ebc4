//! From a card, or from the cart, to a receipt: choose, place, pay. The server decides every price; what is shown here is
//! what the shopper is asked to agree to.

mod address;
mod agree;
mod attempt;
mod basket;
mod choice;
mod choose;
mod coupons;
mod gather;
mod invoice;
mod options;
mod orders;
mod pay;
mod quote;
mod receipt;
mod sums;

use crate::{show::show, text::Text, ui::SheetFrame};
use leptos::prelude::*;
use protocol::{Order, OrderStatus};

pub(crate) use address::forget as forget_address;
pub(crate) use attempt::{Attempts, Intent};
pub(crate) use orders::Orders;

/// The sandbox provider's methods that a shopper may pick, as it names them.
pub(crate) const METHODS: [(&str, Text, Text); 2] = [
    ("sandbox_ok", Text::SandboxCard, Text::SandboxCardHint),
    ("sandbox_declined", Text::SandboxDeclined, Text::SandboxDeclinedHint),
];

/// The order that a sheet is about, from when it holds stock to its receipt; none as long as none is placed or picked.
type Placed = RwSignal<Option<Order>>;

/// Where it stands.
fn status(order: Placed) -> Memo<Option<OrderStatus>> {
    Memo::new(move |_| order.with(|order| order.as_ref().map(|order| order.status)))
}

/// Buying one product.
#[component]
pub(crate) fn Checkout(product: i64) -> impl IntoView {
    view! { <Steps title=Text::Checkout first=move |placed| view! { <choose::Choose product=product placed=placed /> }.into_any() /> }
}

/// Buying all that is in the cart.
#[component]
pub(crate) fn Cart() -> impl IntoView {
    view! { <Steps title=Text::Cart first=|placed| view! { <gather::Gather placed=placed /> }.into_any() /> }
}

/// From the first step, which places an order, to its receipt.
#[component]
fn Steps(title: Text, first: impl Fn(Placed) -> AnyView + Send + 'static) -> impl IntoView {
    let order = RwSignal::new(None);
    let status = status(order);
    let body = move || match status.get() {
        None => first(order),
        Some(status) => step(status, order),
    };
    let title = Signal::derive(move || {
        let title = match status.get() {
            None => title,
            Some(OrderStatus::Paid) => Text::Paid,
            Some(_) => Text::Checkout,
        };
        show().say_in(title).to_owned()
    });
    view! { <SheetFrame title=title>{body}</SheetFrame> }
}

/// What there is to do about an order.
fn step(status: OrderStatus, order: Placed) -> AnyView {
    match (status, order.get_untracked()) {
        (OrderStatus::Held, _) => view! { <pay::Pay order=order /> }.into_any(),
        (OrderStatus::Paid | OrderStatus::Shipped | OrderStatus::Delivered, Some(order)) => {
            view! { <receipt::Paid order=order /> }.into_any()
        }
        (_, Some(order)) => view! { <receipt::Over order=order /> }.into_any(),
        (_, None) => ().into_any(),
    }
}
