use crate::{money, show::show};
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
