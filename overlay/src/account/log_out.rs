use super::forget;
use crate::{checkout::forget_address, show::show, text::Text};
use leptos::prelude::*;

/// Who the viewer is, and the way out.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let show = show();
    let name = move || show.user.with(|user| user.as_ref().map(|user| user.name.clone()));
    let log_out = move |_| {
        show.spawn(async move {
            if let Err(error) = show.api().log_out().await {
                show.complain(&error);
            }
            show.sheet.set(None);
            forget_address();
            show.forget_carts();
            forget(&show.core());
        });
    };
    view! {
        <p class="swap">
            <bdi>{name}</bdi>
            <button type="button" class="link" on:click=log_out>
                {move || show.say_in(Text::LogOut)}
            </button>
        </p>
    }
}
