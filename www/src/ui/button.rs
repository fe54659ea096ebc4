//! Buttons that say what they are doing.

use super::{Icon, Shape};
use crate::clipboard::copy;
use crate::task::Task;
use crate::words::{Word, say, studio};
use leptos::prelude::*;

/// Submits the form around it; says `doing` and takes no second click while `task` is under way.
#[component]
pub(crate) fn Submit(
    task: Task,
    label: Word,
    doing: Word,
    #[prop(default = "button button-primary")] class: &'static str,
) -> impl IntoView {
    let (label, doing) = (say(label), say(doing));
    view! {
        <button type="submit" class=class aria-busy=move || task.pending().to_string()>
            {move || task.pending().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
            {move || if task.pending() { doing() } else { label() }}
        </button>
    }
}

/// Copies `text`, and says so.
#[component]
pub(crate) fn Copy(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let copied = RwSignal::new(false);
    let (label, done) = (say(studio::COPY), say(studio::COPIED));
    view! {
        <button type="button" class="button button-quiet button-small" on:click=move |_| copy(text.get_untracked(), copied)>
            {move || view! { <Icon shape=if copied.get() { Shape::Check } else { Shape::Copy }/> }}
            <span aria-live="polite">{move || if copied.get() { done() } else { label() }}</span>
        </button>
    }
}
