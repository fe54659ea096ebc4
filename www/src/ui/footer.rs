//! The foot of every page but the shopper's.

use crate::words::{common, say};
use leptos::prelude::*;

/// What the house stands for, and the doors for merchants.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! {
        <footer class="footer">
            <p><strong>"Livestall"</strong>" "{say(common::FOOTER)}</p>
            <nav>
                <a href="/studio">{say(common::STUDIO)}</a>
                <a href="/storefront">{say(common::STOREFRONT)}</a>
                <a href="/api/openapi.json">{say(common::API)}</a>
            </nav>
        </footer>
    }
}
