//! What an order is of, what it comes to and where it goes: the same for its shopper and its merchant.

use crate::words::{Word, fill, lang, orders, say};
use leptos::prelude::*;
use overlay::money;
use protocol::{Address, Money, Order, OrderLine};

/// What was ordered.
#[component]
pub(crate) fn Lines(lines: Vec<OrderLine>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! { <ul class="order-lines">{lines}</ul> }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let lang = lang();
    let back = line.refunded;
    view! {
        <li>
            <span>
                <span class="order-line-title">{line.title}</span>
                {(!line.options.is_empty()).then(|| view! { <small class="order-line-options">{line.options}</small> })}
            </span>
            <span class="order-line-count">
                {move || format!("{} × {}", money::format(line.unit_price, lang.get()), line.quantity)}
                {(back > 0).then(|| view! { <small>{fill(orders::PAID_BACK_OF_LINE, back)}</small> })}
            </span>
        </li>
    }
}

/// What it comes to, and what was paid back; `total` names the sum.
#[component]
pub(crate) fn Sums(order: Order, total: Word) -> impl IntoView {
    let less = |money: Money| Money::new(-money.amount, money.currency);
    let parted = order.discount.amount > 0 || order.shipping.is_some();
    let subtotal = parted.then(|| view! { <Sum label=orders::SUBTOTAL money=order.subtotal/> });
    let discount = (order.discount.amount > 0)
        .then(|| view! { <Sum label=orders::DISCOUNT money=less(order.discount)/> });
    let shipping = order.shipping.map(|fee| {
        let off = order.shipping_discount.map_or(0, |off| off.amount);
        view! { <Sum label=orders::SHIPPING money=Money::new(fee.amount.saturating_sub(off), fee.currency)/> }
    });
    let back = order.refunded.map(|back| view! { <Sum label=orders::PAID_BACK money=less(back)/> });
    view! {
        <dl class="order-sums">
            {subtotal}{discount}{shipping}
            <Sum label=total money=order.total total=true/>
            {back}
        </dl>
    }
}

#[component]
fn Sum(label: Word, money: Money, #[prop(optional)] total: bool) -> impl IntoView {
    let lang = lang();
    view! { <div class:total=total><dt>{say(label)}</dt><dd>{move || money::format(money, lang.get())}</dd></div> }
}

/// Where it goes, and how, as far as that is known.
#[component]
pub(crate) fn Journey(order: Order) -> impl IntoView {
    let address = order.address.as_ref().map(one_line);
    let shipment = order.shipment.map(|shipment| format!("{} {}", shipment.carrier, shipment.tracking));
    if address.is_none() && shipment.is_none() {
        return None;
    }
    let fact = |label, value: String| view! { <div><dt>{say(label)}</dt><dd>{value}</dd></div> };
    Some(view! {
        <dl class="order-facts order-journey">
            {address.map(|address| fact(orders::ADDRESS, address))}
            {shipment.map(|shipment| fact(orders::SHIPMENT, shipment))}
        </dl>
    })
}

/// As on a parcel, in one line.
fn one_line(address: &Address) -> String {
    let Address { name, phone, country, region, city, street, postcode } = address;
    let parts = [name, phone, street, city, region, postcode, country];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}
