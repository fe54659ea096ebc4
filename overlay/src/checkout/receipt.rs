use super::{
    address::one_line,
    sums::{parts, row},
};
use crate::{
    money,
    show::{Sheet, Show, show},
    text::Text,
    ui::{Icon, Shape, focus_sheet},
};
use leptos::prelude::*;
use protocol::{Order, OrderStatus};

/// The last step: it is paid.
#[component]
pub(super) fn Paid(order: Order) -> impl IntoView {
    let show = show();
    focus_sheet();
    let total = order.total;
    let (id, payment) = (order.id.clone(), order.receipt.clone().map(|receipt| receipt.payment));
    view! {
        <div class="done" role="status">
            <span class="tick"><Icon shape=Shape::Check /></span>
            <strong class="paid">{move || money::format(total, show.lang.get())}</strong>
            <p>{move || show.say_in(thanks(order.status))}</p>
        </div>
        <dl class="totals small">
            {move || facts(show, &order)}
            <div><dt>{move || show.say_in(Text::OrderNo)}</dt><dd><code>{id}</code></dd></div>
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

/// What to say of an order that is paid for.
const fn thanks(status: OrderStatus) -> Text {
    match status {
        OrderStatus::Paid => Text::ThankYou,
        other => super::orders::status_text(other),
    }
}

/// Where it goes, how it went there, what was paid back, and all that makes up its total. Reactive.
fn facts(show: Show, order: &Order) -> Vec<AnyView> {
    let lang = show.lang.get();
    let of = |text: Text| lang.of(text).to_owned();
    let mut rows = parts(show, &order.lines, order.into());
    if let Some(refunded) = order.refunded.filter(|refunded| refunded.amount > 0) {
        rows.push(row("off", of(Text::PaidBack), money::format(refunded, lang)));
    }
    if let Some(address) = &order.address {
        rows.push(row("to", of(Text::SendTo), one_line(address)));
    }
    if let Some(invoice) = &order.invoice {
        rows.push(row("to", of(Text::InvoiceFor), format!("{} {}", invoice.title, invoice.tax_number)));
    }
    if let Some(shipment) = &order.shipment {
        rows.push(row("to", shipment.carrier.clone(), shipment.tracking.clone()));
    }
    rows
}

/// The order ended without being paid, or was paid back.
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
        <dl class="totals small">{move || facts(show, &order)}</dl>
        {product.map(|product| view! {
            <button type="button" class="button wide" on:click=move |_| { show.sheet.set(None); show.buy(product); }>
                {move || show.say_in(Text::BuyNow)}
            </button>
        })}
    }
}
