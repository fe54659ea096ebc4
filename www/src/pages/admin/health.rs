//! Whether the server says it is well.

use crate::poll::poll;
use crate::words::{Word, admin, say};
use gloo::net::http::Request;
use leptos::prelude::*;

/// How often it is asked.
const REFRESH_MS: u32 = 5_000;

/// The server's own checks.
#[component]
pub(super) fn Health() -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{say(admin::HEALTH)}</h2>
            <ul class="checks">
                <Check label=admin::PROCESS address="/healthz"/>
                <Check label=admin::READY address="/readyz"/>
                <li><a href="/metrics">{say(admin::METRICS)}</a><code>"/metrics"</code></li>
            </ul>
        </section>
    }
}

#[component]
fn Check(label: Word, address: &'static str) -> impl IntoView {
    let well = RwSignal::new(None::<bool>);
    poll(REFRESH_MS, move || async move {
        let answer = Request::get(address).send().await;
        well.try_set(Some(answer.is_ok_and(|answer| answer.ok())));
    });
    let face = move || match well.get() {
        None => view! { <span class="chip">{say(admin::CHECKING)}</span> },
        Some(true) => view! { <span class="chip chip-good">{say(admin::OK)}</span> },
        Some(false) => view! { <span class="chip chip-bad">{say(admin::FAILING)}</span> },
    };
    view! { <li><span>{say(label)}</span><code>{address}</code>{face}</li> }
}
