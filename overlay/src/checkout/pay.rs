use super::attempt::Attempt;
use crate::{
    announce::announce, api::IdempotencyKey, coupon::clock, money, show::show, text::Text, ui::focus_sheet,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{Money, Order, OrderLine, PayOrder};

/// The sandbox provider's methods, as it names them.
const METHODS: [(&str, Text, Text); 2] = [
    ("sandbox_ok", Text::SandboxCard, Text::SandboxCardHint),
    ("sandbox_declined", Text::SandboxDeclined, Text::SandboxDeclinedHint),
];

/// The second step: stock is held, payment is awaited.
#[component]
pub(super) fn Pay(order: RwSignal<Order>) -> impl IntoView {
    let show = show();
    focus_sheet();
    let method = RwSignal::new("sandbox_ok");
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let attempt = StoredValue::new(Attempt::default());
    let id = StoredValue::new(order.with_untracked(|order| order.id.clone()));
    let settle = move |settled: Order| {
        announce(show.core().page.element.as_ref(), "order", &settled);
        order.set(settled);
        show.load_claims();
    };
    let pay = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let pay = PayOrder { method: method.get_untracked().to_owned() };
            let body = pay.method.clone();
            let Some(key) = attempt.try_update_value(|attempt| attempt.key(&body, IdempotencyKey::random))
            else {
                return;
            };
            let paid = show.api().pay(&id.get_value(), &pay, &key).await;
            attempt.try_update_value(|attempt| attempt.heard(&paid));
            busy.set(false);
            match paid {
                Ok(paid) => settle(paid),
                Err(error) => {
                    wrong.set(Some(show.words(&error)));
                    // It may have run out of time, or been paid after all.
                    if let Ok(known) = show.api().order(&id.get_value()).await
                        && known.status != order.with_untracked(|order| order.status)
                    {
                        settle(known);
                    }
                }
            }
        });
    };
    let cancel = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let cancelled = show.api().cancel(&id.get_value()).await;
            busy.set(false);
            match cancelled {
                Ok(cancelled) => settle(cancelled),
                Err(error) => wrong.set(Some(show.words(&error))),
            }
        });
    };
    let left = move || {
        let until = order.with(|order| order.held_until)?;
        Some(view! { <b>{clock(until, show.now.get()).unwrap_or_else(|| "0:00".to_owned())}</b> })
    };
    let total = move || money::format(order.with(|order| order.total), show.lang.get());
    view! {
        <p class="held">
            {move || show.say_in(Text::Held)}
            {left}
        </p>
        <Lines order=order />
        <fieldset class="picks">
            <legend>{move || show.say_in(Text::PayWith)}</legend>
            {METHODS
                .map(|(name, title, hint)| {
                    view! {
                        <label class="pick">
                            <input
                                type="radio"
                                name="method"
                                value=name
                                prop:checked=move || method.get() == name
                                on:change=move |_| method.set(name)
                            />
                            <span class="grow">
                                <b>{move || show.say_in(title)}</b>
                                <small>{move || show.say_in(hint)}</small>
                            </span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
        <p class="wrong" role="alert">{wrong}</p>
        <button type="button" class="button wide" aria-disabled=move || busy.get().to_string() on:click=pay>
            {move || show.say_in(if busy.get() { Text::Paying } else { Text::Pay })}
            " "
            {move || (!busy.get()).then(total)}
        </button>
        <button type="button" class="link" aria-disabled=move || busy.get().to_string() on:click=cancel>
            {move || show.say_in(Text::CancelOrder)}
        </button>
    }
}

/// What the order is of.
#[component]
fn Lines(order: RwSignal<Order>) -> impl IntoView {
    let show = show();
    let format = move |money| money::format(money, show.lang.get());
    move || {
        let order = order.get();
        let lines = order.lines.into_iter().map(|line| {
            let total = format(line_total(&line));
            view! {
                <div><dt>{line.title} " ×" {line.quantity}</dt><dd>{total}</dd></div>
            }
        });
        view! {
            <dl class="totals">
                {lines.collect_view()}
                {(order.discount.amount > 0).then(|| view! {
                    <div class="off"><dt>{show.say_in(Text::Discount)}</dt><dd>"−" {format(order.discount)}</dd></div>
                })}
                <div class="sum"><dt>{show.say_in(Text::Total)}</dt><dd>{format(order.total)}</dd></div>
            </dl>
        }
    }
}

/// What a line comes to; the server has checked that it fits.
fn line_total(line: &OrderLine) -> Money {
    Money::new(line.unit_price.amount.saturating_mul(line.quantity.into()), line.unit_price.currency)
}
