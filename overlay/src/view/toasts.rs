use crate::{show::show, text::Text};
use leptos::prelude::*;
use timeline::ToastCard;

/// Who bought what just now. Said to nobody by a screen reader: in a good show it would never stop.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let show = show();
    let one = move |ToastCard { toast, .. }: ToastCard| {
        let times = (toast.quantity > 1).then(|| format!(" ×{}", toast.quantity));
        view! {
            <p class="toast">
                <bdi class="buyer">{toast.buyer.clone()}</bdi>
                " "
                {move || show.say_in(Text::Bought)}
                " "
                <bdi class="what">{toast.title.clone()}</bdi>
                {times}
            </p>
        }
    };
    view! {
        <div class="toasts" aria-hidden="true">
            <For each=move || show.toasts.get() key=|toast| toast.seq children=one />
        </div>
    }
}
