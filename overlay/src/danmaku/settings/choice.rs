use crate::{show::show, text::Text};
use leptos::prelude::*;

/// One of a few, as radio buttons in a row.
#[component]
pub(super) fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    /// Tells this group's buttons from others'.
    name: &'static str,
    label: Text,
    options: Vec<(T, Text)>,
    #[prop(into)] value: Signal<T>,
    set: impl Fn(T) + Copy + 'static,
) -> impl IntoView {
    let show = show();
    let one = move |(option, text): (T, Text)| {
        view! {
            <label class="chip">
                <input type="radio" name=name prop:checked=move || value.get() == option on:change=move |_| set(option) />
                <span>{move || show.say_in(text)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{move || show.say_in(label)}</legend>
            <div class="chips">{options.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// A percentage, as a slider.
#[component]
pub(super) fn Percent(
    label: Text,
    least: u32,
    most: u32,
    #[prop(into)] value: Signal<u32>,
    set: impl Fn(u32) + Copy + 'static,
) -> impl IntoView {
    let show = show();
    let said = move || format!("{}%", value.get());
    view! {
        <label class="slide">
            <span>{move || show.say_in(label)}</span>
            <input
                type="range"
                min=least.to_string()
                max=most.to_string()
                step="5"
                prop:value=move || value.get().to_string()
                aria-valuetext=said
                on:input:target=move |event| {
                    if let Ok(percent) = event.target().value().parse() {
                        set(percent);
                    }
                }
            />
            <output aria-hidden="true">{said}</output>
        </label>
    }
}

/// Something that is on or off.
#[component]
pub(super) fn Toggle(
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    #[prop(into)] value: Signal<bool>,
    set: impl Fn(bool) + Copy + 'static,
) -> impl IntoView {
    let show = show();
    view! {
        <label class="toggle">
            <span>
                {move || show.say_in(label)}
                {hint.map(|hint| view! { <small>{move || show.say_in(hint)}</small> })}
            </span>
            <input type="checkbox" role="switch" prop:checked=value on:change:target=move |event| set(event.target().checked()) />
        </label>
    }
}
