use crate::show::{Notice, show};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// Long enough to read a sentence.
const SHOWN_MS: u32 = 3_600;

/// The notice of the moment; a screen reader hears it at once.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let show = show();
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        if show.notice.get().is_some() {
            timer.set_value(Some(Timeout::new(SHOWN_MS, move || show.notice.set(None))));
        }
    });
    let one = |Notice { text, bad, .. }: Notice| view! { <p class="notice" class:bad=bad>{text}</p> };
    view! { <div class="notices" role="status">{move || show.notice.get().map(one)}</div> }
}
