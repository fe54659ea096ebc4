use super::{Icon, Shape};
use crate::{show::show, text::Text};
use leptos::prelude::*;

/// A number of things, from 1 to `most`.
#[component]
pub(crate) fn Stepper(value: RwSignal<u32>, #[prop(into)] most: Signal<u32>) -> impl IntoView {
    let show = show();
    let step = move |by: i32| {
        value.update(|value| *value = value.saturating_add_signed(by).clamp(1, most.get_untracked().max(1)));
    };
    view! {
        <div class="stepper" role="group" aria-label=move || show.say_in(Text::Quantity)>
            <button
                type="button"
                aria-label=move || show.say_in(Text::Fewer)
                aria-disabled=move || (value.get() <= 1).to_string()
                on:click=move |_| step(-1)
            >
                <Icon shape=Shape::Minus />
            </button>
            <output aria-live="polite">{value}</output>
            <button
                type="button"
                aria-label=move || show.say_in(Text::More)
                aria-disabled=move || (value.get() >= most.get()).to_string()
                on:click=move |_| step(1)
            >
                <Icon shape=Shape::Plus />
            </button>
        </div>
    }
}
