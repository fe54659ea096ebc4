//! One order: what it is at a glance, and all of it once it is opened.

use super::back::Left;
use super::fulfil::Fulfil;
use super::refund::RefundPanel;
use crate::load::{Load, show};
use crate::studio::order_look;
use crate::words::{Word, fill, lang, merchant, orders as words, say};
use leptos::{prelude::*, task::spawn_local};
use overlay::api::Api;
use overlay::money;
use overlay::text::Lang;
use overlay::time::day_and_time;
use protocol::{Money, Order, OrderHistory, OrderLine, OrderStatus, OrderStep, Refund};

/// A row of the list; `open` is the order that is looked at, `changed` takes a newer state.
#[component]
pub(super) fn Row(
    order: Order,
    orders: Memo<Vec<Order>>,
    open: RwSignal<Option<String>>,
    changed: Callback<Order>,
) -> impl IntoView {
    let id = StoredValue::new(order.id.clone());
    // As the list has it now; while the row goes, as it was.
    let order = Memo::new(move |before: Option<&Order>| {
        let now = orders.with(|orders| id.with_value(|id| orders.iter().find(|one| one.id == *id).cloned()));
        now.or_else(|| before.cloned()).unwrap_or_else(|| order.clone())
    });
    let is_open = Memo::new(move |_| open.with(|open| id.with_value(|id| open.as_ref() == Some(id))));
    let toggle = move |_| {
        let next = (!is_open.get_untracked()).then(|| id.get_value());
        open.set(next);
    };
    let body = id.with_value(|id| format!("order-{id}"));
    view! {
        <li class="entry" class:entry-open=move || is_open.get()>
            <h2>
                <button type="button" class="entry-head" aria-expanded=move || is_open.get().to_string()
                    aria-controls=body.clone() on:click=toggle>
                    {move || order.with(|order| view! { <Glance order=order.clone()/> })}
                </button>
            </h2>
            <div id=body class="entry-body" hidden=move || !is_open.get()>
                {move || is_open.get().then(|| view! { <Detail order changed/> })}
            </div>
        </li>
    }
}

#[component]
fn Glance(order: Order) -> impl IntoView {
    let lang = lang();
    let (class, word) = order_look(order.status);
    let in_part = order.refunded.is_some() && order.status != OrderStatus::Refunded;
    let items: u32 = order.lines.iter().map(|line| line.quantity).sum();
    let titles: Vec<String> = order.lines.iter().map(|line| line.title.clone()).collect();
    let to = order.address.as_ref().map(|to| view! { <span>{to.name.clone()}</span> });
    view! {
        <span class="entry-words">
            <strong>{move || titles.join(if lang.get() == Lang::Zh { "、" } else { ", " })}</strong>
            <span class="entry-facts">
                <time>{move || day_and_time(order.placed, lang.get())}</time>
                <span>{fill(merchant::ITEMS, items)}</span>
                {to}
            </span>
        </span>
        <span class="entry-end">
            <span class="price">{move || money::format(order.total, lang.get())}</span>
            <span class="entry-chips">
                {in_part.then(|| view! { <span class="chip chip-warn">{say(merchant::REFUNDED_IN_PART)}</span> })}
                <span class=class>{say(word)}</span>
            </span>
        </span>
    }
}

#[component]
fn Detail(order: Memo<Order>, changed: Callback<Order>) -> impl IntoView {
    let api = expect_context::<Api>();
    let history = RwSignal::new(Load::<OrderHistory>::Waiting);
    Effect::new(move |_| {
        let (api, id) = (api.clone(), order.with(|order| order.id.clone()));
        spawn_local(async move {
            let answer = api.order_history(&id).await;
            history.try_update(|history| history.update(answer));
        });
    });
    let paid = |status| matches!(status, OrderStatus::Paid | OrderStatus::Shipped | OrderStatus::Delivered);
    let left = Memo::new(move |_| {
        order.with(|order| {
            history.with(|history| {
                let refunds = &history.ready().filter(|_| paid(order.status))?.refunds;
                Some(Left::of(order, refunds)).filter(Left::is_any)
            })
        })
    });
    view! {
        <div class="entry-columns">
            <section><h3>{say(merchant::LINES)}</h3>{move || order.with(|order| view! { <Bought order=order.clone()/> })}</section>
            <section>{move || order.with(|order| view! { <Facts order=order.clone()/> })}</section>
            <section>
                <h3>{say(merchant::HISTORY)}</h3>
                {move || history.with(|history| show(history, |history| view! { <History history=history.clone()/> }))}
            </section>
        </div>
        <Fulfil order changed/>
        {move || left.get().map(|left| view! { <RefundPanel order=order.get_untracked() left changed/> })}
    }
}

/// Lines and what they come to.
#[component]
fn Bought(order: Order) -> impl IntoView {
    let minus = |money: Money| Money::new(-money.amount, money.currency);
    let lines = order.lines.into_iter().map(|line| view! { <Line line/> }).collect_view();
    let discount = (order.discount.amount > 0).then(|| minus(order.discount));
    view! {
        <ul class="order-lines">{lines}</ul>
        <dl class="order-sums">
            <Sum label=words::SUBTOTAL money=order.subtotal/>
            {discount.map(|money| view! { <Sum label=words::DISCOUNT money/> })}
            {order.shipping.map(|money| view! { <Sum label=merchant::SHIPPING money/> })}
            {order.shipping_discount.map(|money| view! { <Sum label=words::DISCOUNT money=minus(money)/> })}
            <Sum label=words::AMOUNT money=order.total total=true/>
            {order.refunded.map(|money| view! { <Sum label=merchant::REFUNDED money=minus(money)/> })}
        </dl>
    }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let lang = lang();
    let options = [line.options, line.sku].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let back = (line.refunded > 0).then(|| fill(merchant::REFUNDED_ITEMS, line.refunded));
    view! {
        <li>
            <span>
                <span class="order-line-title">{line.title}</span>
                <small>{options.join(" · ")}</small>
                {back.map(|back| view! { <small class="order-line-back">{back}</small> })}
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

/// Where it goes, how, and its numbers.
#[component]
fn Facts(order: Order) -> impl IntoView {
    let address = match order.address {
        Some(to) => {
            let place = [to.street, to.city, to.region, to.postcode, to.country];
            let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            view! { <p>{to.name}" · "{to.phone}</p><p>{place}</p> }.into_any()
        }
        None => view! { <p class="hint">{say(merchant::NO_ADDRESS)}</p> }.into_any(),
    };
    let shipment = order.shipment.map(|one| {
        view! { <h3>{say(merchant::SHIPMENT)}</h3><p>{one.carrier}" · "<code>{one.tracking}</code></p> }
    });
    let invoice = order.invoice.map(
        |one| view! { <h3>{say(merchant::INVOICE)}</h3><p>{one.title}" "<code>{one.tax_number}</code></p> },
    );
    let payment =
        order.receipt.map(|one| view! { <h3>{say(words::PAYMENT)}</h3><p><code>{one.payment}</code></p> });
    view! {
        <div class="facts">
            <h3>{say(merchant::ADDRESS)}</h3>
            {address}
            {shipment}
            {invoice}
            {payment}
            <h3>{say(words::ORDER_NUMBER)}</h3>
            <p><code>{order.id}</code></p>
        </div>
    }
}

/// What happened to it, oldest first.
#[component]
fn History(history: OrderHistory) -> impl IntoView {
    let steps = history.steps.into_iter().map(|step| (step.at, view! { <Step step/> }.into_any()));
    let refunds =
        history.refunds.into_iter().map(|refund| (refund.asked, view! { <Back refund/> }.into_any()));
    let mut all: Vec<_> = steps.chain(refunds).collect();
    all.sort_by_key(|(at, _)| *at);
    view! { <ol class="steps">{all.into_iter().map(|(_, view)| view).collect_view()}</ol> }
}

#[component]
fn Step(step: OrderStep) -> impl IntoView {
    let lang = lang();
    view! {
        <li>
            <span>{say(order_look(step.to).1)}</span>
            <small>{say(merchant::actor(step.by))}" · "{move || day_and_time(step.at, lang.get())}</small>
        </li>
    }
}

#[component]
fn Back(refund: Refund) -> impl IntoView {
    let lang = lang();
    view! {
        <li>
            <span>{say(merchant::refund(refund.status))}" "{move || money::format(refund.amount, lang.get())}</span>
            <small>{refund.reason}" · "{move || day_and_time(refund.asked, lang.get())}</small>
        </li>
    }
}
