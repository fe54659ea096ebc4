//! An address that is no page's.

use crate::ui::{Empty, Shape};
use crate::words::{common, say};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    view! {
        <Empty title=common::NOT_FOUND hint=common::NOT_FOUND_HINT shape=Shape::Eye>
            <a class="button button-primary" href="/">{say(common::TO_FRONT)}</a>
        </Empty>
    }
}
