//! One order: what was bought, what it cost, where it stands, and the receipt.

use crate::task::{Task, TaskError};
use crate::words::{Word, lang, orders, say};
use leptos::prelude::*;
use overlay::api::{Api, IdempotencyKey};
use overlay::money;
use overlay::time::day_and_time;
use protocol::{Money, Order, OrderLine, OrderStatus, PayOrder, ServerTime};

/// How an order of some status looks: its class, its label's, the label, and what its sum is called.
const fn look(status: OrderStatus) -> (&'static str, &'static str, Word, Word) {
    match status {
        OrderStatus::Held => ("order order-open", "chip chip-warn", orders::HELD, orders::TO_PAY),
        OrderStatus::Paid => ("order order-paid", "chip chip-good", orders::PAID, orders::TOTAL),
        OrderStatus::Shipped => ("order order-paid", "chip chip-good", orders::SHIPPED, orders::TOTAL),
        OrderStatus::Delivered => ("order order-paid", "chip chip-good", orders::DELIVERED, orders::TOTAL),
        OrderStatus::Refunded => ("order", "chip", orders::REFUNDED, orders::AMOUNT),
        OrderStatus::Cancelled => ("order", "chip", orders::CANCELLED, orders::AMOUNT),
        OrderStatus::Expired => ("order", "chip", orders::EXPIRED, orders::AMOUNT),
    }
}

/// One order; `changed` takes its newer state.
#[component]
pub(super) fn OrderCard(order: Order, changed: Callback<Order>) -> impl IntoView {
    let Order { id, room, status, lines, subtotal, discount, total, placed, held_until, receipt, .. } = order;
    let fee = order.shipping.map(|fee| {
        let off = order.shipping_discount.map_or(0, |off| off.amount);
        Money::new(fee.amount.saturating_sub(off), fee.currency)
    });
    let (back, shipment) = (order.refunded, order.shipment);
    let (class, chip, word, sum) = look(status);
    let to_pay = status == OrderStatus::Held;
    let lines = lines.into_iter().map(|line| view! { <Line line/> }).collect_view();
    let parted = discount.amount > 0 || fee.is_some();
    let less = |money: Money| Money::new(-money.amount, money.currency);
    view! {
        <article class=class>
            <header>
                <a href=format!("/room/{}", room)>{say(orders::TO_ROOM)}</a>
                <span class=chip>{say(word)}</span>
            </header>
            <ul class="order-lines">{lines}</ul>
            <dl class="order-sums">
                {parted.then(|| view! { <Sum label=orders::SUBTOTAL money=subtotal/> })}
                {(discount.amount > 0).then(|| view! { <Sum label=orders::DISCOUNT money=less(discount)/> })}
                {fee.map(|fee| view! { <Sum label=orders::SHIPPING money=fee/> })}
                <Sum label=sum money=total total=true/>
                {back.map(|back| view! { <Sum label=orders::PAID_BACK money=less(back)/> })}
            </dl>
            <dl class="order-facts">
                <Fact label=orders::ORDER_NUMBER value=id.clone()/>
                <TimeFact label=orders::PLACED at=placed/>
                {receipt.map(|receipt| view! {
                    <TimeFact label=orders::PAID_AT at=receipt.paid/>
                    <Fact label=orders::PAYMENT value=receipt.payment/>
                })}
                {shipment.map(|shipment| view! {
                    <Fact label=orders::SHIPMENT value=format!("{} {}", shipment.carrier, shipment.tracking)/>
                })}
            </dl>
            {to_pay.then(|| view! { <Pay id=id.clone() held_until changed/> })}
        </article>
    }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let lang = lang();
    view! {
        <li>
            <span class="order-line-title">
                {line.title}
                {(!line.options.is_empty()).then(|| view! { <small class="order-line-options">{line.options}</small> })}
            </span>
            <span class="order-line-count">{move || format!("{} × {}", money::format(line.unit_price, lang.get()), line.quantity)}</span>
        </li>
    }
}

#[component]
fn Sum(label: Word, money: Money, #[prop(optional)] total: bool) -> impl IntoView {
    let lang = lang();
    view! { <div class:total=total><dt>{say(label)}</dt><dd>{move || money::format(money, lang.get())}</dd></div> }
}

#[component]
fn Fact(label: Word, value: String) -> impl IntoView {
    view! { <div><dt>{say(label)}</dt><dd>{value}</dd></div> }
}

#[component]
fn TimeFact(label: Word, at: ServerTime) -> impl IntoView {
    let lang = lang();
    view! { <div><dt>{say(label)}</dt><dd>{move || day_and_time(at, lang.get())}</dd></div> }
}

/// Paying or cancelling an order whose stock is held.
#[component]
fn Pay(id: String, held_until: Option<ServerTime>, changed: Callback<Order>) -> impl IntoView {
    let (api, lang) = (expect_context::<Api>(), lang());
    let (pay, cancel) = (Task::new(), Task::new());
    // One key for this order's payment, so that a click after a lost answer cannot pay twice.
    let key = StoredValue::new(IdempotencyKey::random());
    let until = held_until.map(|at| {
        move || {
            let lang = lang.get();
            orders::HELD_UNTIL.get(lang).replace("{}", &day_and_time(at, lang))
        }
    });
    let (payer, canceller, id, same_id) = (api.clone(), api, id.clone(), id);
    let on_pay = move |_| {
        let (api, id) = (payer.clone(), id.clone());
        let method = PayOrder { method: "sandbox_ok".to_owned() };
        pay.run(async move { api.pay(&id, &method, &key.get_value()).await }, move |order| {
            changed.run(order);
        });
    };
    let on_cancel = move |_| {
        let (api, id) = (canceller.clone(), same_id.clone());
        cancel.run(async move { api.cancel(&id).await }, move |order| changed.run(order));
    };
    view! {
        <footer class="order-pay">
            <p>{until}" "<small>{say(orders::SANDBOX)}</small></p>
            <TaskError task=pay/>
            <TaskError task=cancel/>
            <div class="order-actions">
                <Act task=cancel label=orders::CANCEL doing=orders::CANCELLING class="button button-quiet" act=on_cancel/>
                <Act task=pay label=orders::PAY_NOW doing=orders::PAYING class="button button-primary" act=on_pay/>
            </div>
        </footer>
    }
}

#[component]
fn Act(
    task: Task,
    label: Word,
    doing: Word,
    class: &'static str,
    act: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> impl IntoView {
    let (label, doing) = (say(label), say(doing));
    view! {
        <button type="button" class=class disabled=move || task.pending() on:click=act>
            {move || if task.pending() { doing() } else { label() }}
        </button>
    }
}
