use super::{METHODS, Placed, attempt::Intent, sums::of_order};
use crate::{announce::announce, coupon::clock, money, show::show, text::Text, ui::focus_sheet};
use leptos::prelude::*;
use protocol::{Order, OrderStatus, PayOrder};

/// The second step: stock is held, payment is awaited.
#[component]
pub(super) fn Pay(order: Placed) -> impl IntoView {
    let show = show();
    focus_sheet();
    let method = RwSignal::new("sandbox_ok");
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let id = move || order.with_untracked(|order| order.as_ref().map(|order| order.id.clone()));
    let settle = move |settled: Order| {
        announce(show.core().page.element.as_ref(), "order", &settled);
        order.set(Some(settled));
        show.load_claims();
    };
    let pay = move |_| {
        let Some(id) = id().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        wrong.set(None);
        let method = method.get_untracked();
        show.spawn(async move {
            let intent = Intent::Payment { order: id.clone(), method };
            let wanted = PayOrder { method: method.to_owned() };
            let paid = show.attempt(intent, async |key| show.api().pay(&id, &wanted, key).await).await;
            busy.set(false);
            match paid {
                Ok(paid) => settle(paid),
                Err(error) => {
                    wrong.set(Some(show.words(&error)));
                    // It may have run out of time, or been paid after all.
                    if let Ok(known) = show.api().order(&id).await
                        && known.status != OrderStatus::Held
                    {
                        settle(known);
                    }
                }
            }
        });
    };
    let cancel = move |_| {
        let Some(id) = id().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        show.spawn(async move {
            let cancelled = show.api().cancel(&id).await;
            busy.set(false);
            match cancelled {
                Ok(cancelled) => settle(cancelled),
                Err(error) => wrong.set(Some(show.words(&error))),
            }
        });
    };
    let left = move || {
        let until = order.with(|order| order.as_ref()?.held_until)?;
        Some(view! { <b>{clock(until, show.now.get()).unwrap_or_else(|| "0:00".to_owned())}</b> })
    };
    let total = move || {
        let total = order.with(|order| order.as_ref().map(|order| order.total))?;
        Some(money::format(total, show.lang.get()))
    };
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

/// What the order is of, and what it comes to.
#[component]
fn Lines(order: Placed) -> impl IntoView {
    let show = show();
    move || Some(view! { <dl class="totals">{of_order(show, &order.get()?)}</dl> })
}
