//! Asks before something that cannot be undone.

use crate::words::{Word, common, say};
use leptos::{html, prelude::*};

/// A button that asks before it acts: `question` with `hint`, then `act` on `label`.
#[component]
pub(crate) fn Confirm(
    label: Word,
    question: Word,
    hint: Word,
    #[prop(default = "button button-quiet")] class: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    act: impl Fn() + 'static + Clone + Send,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // Fails only when it is open already.
            _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let confirm = move |_| {
        close();
        act();
    };
    view! {
        <button type="button" class=class disabled=disabled on:click=open>{say(label)}</button>
        <dialog node_ref=dialog class="dialog">
            <h2>{say(question)}</h2>
            <p>{say(hint)}</p>
            <div class="dialog-actions">
                <button type="button" class="button button-quiet" on:click=move |_| close()>{say(common::CANCEL)}</button>
                <button type="button" class="button button-danger" on:click=confirm>{say(label)}</button>
            </div>
        </dialog>
    }
}
