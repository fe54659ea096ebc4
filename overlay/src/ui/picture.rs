use crate::show::show;
use leptos::prelude::*;

/// A product's picture, or the first character of its title where there is none.
#[component]
pub(crate) fn Picture(#[prop(into)] image: String, #[prop(into)] title: String) -> impl IntoView {
    let source = show().api().picture(&image);
    let broken = RwSignal::new(false);
    let initial = title.chars().next().map(String::from).unwrap_or_default();
    let picture = move || {
        match source.clone() {
        Some(source) if !broken.get() => {
            view! { <img src=source alt="" loading="lazy" decoding="async" on:error=move |_| broken.set(true) /> }
                .into_any()
        }
        _ => view! { <span aria-hidden="true">{initial.clone()}</span> }.into_any(),
    }
    };
    view! { <span class="image">{picture}</span> }
}
