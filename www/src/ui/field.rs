//! A labelled input.

use crate::words::{Word, say};
use leptos::prelude::*;

/// One line of text with its label, and a hint or what is wrong with it below.
#[component]
pub(crate) fn Field(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    label: Word,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Signal<Option<Word>>,
    /// What is wrong with it, once it was submitted.
    #[prop(optional, into)]
    error: Option<Signal<Option<Word>>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] inputmode: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = "")] placeholder: &'static str,
    #[prop(default = 200)] maxlength: usize,
) -> impl IntoView {
    let wrong = move || error.and_then(|error| error.get());
    let note = format!("{id}-note");
    let lang = crate::words::lang();
    view! {
        <div class="field" class:field-wrong=move || wrong().is_some()>
            <label for=id.clone()>{say(label)}</label>
            <input id=id.clone() name=id type=kind inputmode=inputmode autocomplete=autocomplete placeholder=placeholder
                maxlength=maxlength.to_string() aria-describedby=note.clone()
                aria-invalid=move || wrong().is_some().to_string() bind:value=value/>
            <p id=note class="field-note">
                {move || wrong().or_else(|| hint.get()).map(|word| word.get(lang.get()))}
            </p>
        </div>
    }
}
