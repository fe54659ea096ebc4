use crate::{
    money,
    show::{Sheet, show},
    text::Text,
    ui::{Icon, Shape, focus_sheet},
};
use leptos::prelude::*;
use protocol::Order;

/// The last step: it is paid.
#[component]
pub(super) fn Paid(order: Order) -> impl IntoView {
    let show = show();
    focus_sheet();
    let total = order.total;
    let payment = order.receipt.map(|receipt| receipt.payment);
    view! {
        <div class="done" role="status">
            <span class="tick"><Icon shape=Shape::Check /></span>
            <strong class="paid">{move || money::format(total, show.lang.get())}</strong>
            <p>{move || show.say_in(Text::ThankYou)}</p>
        </div>
        <dl class="totals small">
            {order.lines.into_iter().map(|line| view! { <div><dt>{line.title}</dt><dd>"×" {line.quantity}</dd></div> }).collect_view()}
            <div><dt>{move || show.say_in(Text::OrderNo)}</dt><dd><code>{order.id}</code></dd></div>
            {payment.map(|payment| view! {
                <div><dt>{move || show.say_in(Text::PaymentNo)}</dt><dd><code>{payment}</code></dd></div>
            })}
        </dl>
        <button type="button" class="button wide" on:click=move |_| show.sheet.set(None)>
            {move || show.say_in(Text::KeepWatching)}
        </button>
        <button type="button" class="link" on:click=move |_| show.sheet.set(Some(Sheet::Orders))>
            {move || show.say_in(Text::MyOrders)}
        </button>
    }
}

/// The order ended without being paid.
#[component]
pub(super) fn Over(order: Order) -> impl IntoView {
    let show = show();
    focus_sheet();
    let product = order.lines.first().map(|line| line.product);
    let text = super::orders::status_text(order.status);
    view! {
        <div class="done" role="status">
            <p>{move || show.say_in(text)}</p>
        </div>
        {product.map(|product| view! {
            <button type="button" class="button wide" on:click=move |_| { show.sheet.set(None); show.buy(product); }>
                {move || show.say_in(Text::BuyNow)}
            </button>
        })}
    }
}
