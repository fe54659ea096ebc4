use crate::{
    money,
    show::show,
    text::{Text, was},
};
use leptos::prelude::*;
use protocol::Money;

/// A price, and the one before it struck out.
#[component]
pub(crate) fn Price(price: Money, #[prop(optional_no_strip)] before: Option<Money>) -> impl IntoView {
    let show = show();
    let format = move |money| money::format(money, show.lang.get());
    view! {
        <span class="price">
            <strong>{move || format(price)}</strong>
            {before.map(|before| view! { <s>{move || format(before)}</s> })}
        </span>
    }
}

/// Says that the host has changed the price since this viewer saw it, and what it was: nobody is charged another price
/// than they have read.
#[component]
pub(crate) fn Repriced(now: Money, before: Option<Money>) -> impl IntoView {
    let show = show();
    let before = before.filter(|before| *before != now)?;
    let words = move || {
        let lang = show.lang.get();
        format!("{} · {}", lang.of(Text::PriceChanged), was(&money::format(before, lang), lang))
    };
    Some(view! { <span class="repriced">{words}</span> })
}
