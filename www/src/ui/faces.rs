//! What a page shows when it has nothing else to show.

use super::{Icon, Shape};
use crate::route::login_to;
use crate::words::{Word, common, explain, lang, say};
use leptos::prelude::*;
use overlay::api::ApiError;

/// Something is on its way.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    view! { <div class="face" role="status"><span class="spinner spinner-large"></span><p>{say(common::LOADING)}</p></div> }
}

/// There is nothing; `children` may say what to do.
#[component]
pub(crate) fn Empty(
    title: Word,
    #[prop(optional)] hint: Option<Word>,
    #[prop(default = Shape::Bag)] shape: Shape,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="face">
            <span class="face-icon"><Icon shape/></span>
            <h2>{say(title)}</h2>
            {hint.map(|hint| view! { <p>{say(hint)}</p> })}
            {children.map(|children| view! { <div class="face-actions">{children()}</div> })}
        </div>
    }
}

/// Something could not be had, and why.
#[component]
pub(crate) fn Failure(error: ApiError) -> impl IntoView {
    let lang = lang();
    view! {
        <div class="face face-bad" role="alert">
            <span class="face-icon"><Icon shape=Shape::Warning/></span>
            <p>{move || explain(&error, lang.get())}</p>
        </div>
    }
}

/// Only for those who are logged in; the log-in page leads back to `next`.
#[component]
pub(crate) fn LogInFirst(#[prop(into)] next: String) -> impl IntoView {
    view! {
        <Empty title=common::LOGIN_NEEDED shape=Shape::Key>
            <a class="button button-primary" href=login_to(&next)>{say(common::LOG_IN)}</a>
        </Empty>
    }
}
