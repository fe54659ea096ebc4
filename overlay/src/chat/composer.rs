use crate::{
    product::BagButton,
    show::show,
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;
use protocol::LIMITS;
use web_sys::{KeyboardEvent, SubmitEvent};

/// The bar at the bottom: the bag, the field to say something in, and the switch for flying comments.
#[component]
pub(crate) fn Composer() -> impl IntoView {
    let show = show();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        show.say();
    };
    let sending = move || show.sending.with(Option::is_some);
    let is_empty = move || show.draft.with(|draft| draft.trim().is_empty());
    view! {
        <div class="dock">
            <BagButton />
            <form class="say" on:submit=submit class:sending=sending aria-busy=move || sending().to_string()>
                <input
                    type="text"
                    enterkeyhint="send"
                    autocomplete="off"
                    maxlength=LIMITS.comment_chars.to_string()
                    placeholder=move || show.say_in(Text::Say)
                    aria-label=move || show.say_in(Text::Say)
                    prop:value=show.draft
                    on:input:target=move |event| show.draft.set(event.target().value())
                    on:keydown=|event: KeyboardEvent| event.stop_propagation()
                />
                <button type="submit" class="send" aria-label=move || show.say_in(Text::Send) aria-disabled=move || is_empty().to_string()>
                    <Icon shape=Shape::Send />
                </button>
            </form>
            <DanmakuSwitch />
        </div>
    }
}

#[component]
fn DanmakuSwitch() -> impl IntoView {
    let show = show();
    let label = move || show.say_in(Text::Danmaku);
    let shape = move || if show.danmaku.get() { Shape::Comments } else { Shape::CommentsOff };
    view! {
        <button
            type="button"
            class="round glass"
            aria-label=label
            title=label
            aria-pressed=move || show.danmaku.get().to_string()
            on:click=move |_| show.danmaku.update(|on| *on = !*on)
        >
            {move || view! { <Icon shape=shape() /> }}
        </button>
    }
}
