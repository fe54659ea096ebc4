use crate::{
    gift::GiftButton,
    product::BagButton,
    replay::ReplayBar,
    show::{Sheet, show},
    text::Text,
    ui::{Icon, Shape},
};
use leptos::{html, prelude::*};
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
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |before: Option<u32>| {
        let asked = show.composing.get();
        if let Some(field) = field.get_untracked().filter(|_| before.is_some_and(|before| before != asked)) {
            // A field that cannot take the focus leaves it where it was.
            _ = field.focus();
        }
        asked
    });
    let replays = move || show.replay.with(Option::is_some);
    let sending = move || show.sending.with(Option::is_some);
    let is_empty = move || show.draft.with(|draft| draft.trim().is_empty());
    view! {
        <div class="dock">
            <BagButton />
            <Show when=replays><ReplayBar /></Show>
            <form class="say" class:gone=replays on:submit=submit class:sending=sending aria-busy=move || sending().to_string()>
                <input
                    node_ref=field
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
            <GiftButton />
            <DanmakuSwitch />
        </div>
    }
}

/// Whether comments fly, and what else one may wish of them.
#[component]
fn DanmakuSwitch() -> impl IntoView {
    let show = show();
    let label = move || show.say_in(Text::Danmaku);
    let settings = move || show.say_in(Text::DanmakuSettings);
    let shape = move || if show.danmaku.get() { Shape::Comments } else { Shape::CommentsOff };
    view! {
        <div class="split">
            <button
                type="button"
                class="round glass"
                aria-label=label
                title=label
                aria-pressed=move || show.danmaku.get().to_string()
                on:click=move |_| show.switch_danmaku()
            >
                {move || view! { <Icon shape=shape() /> }}
            </button>
            <button
                type="button"
                class="more"
                aria-label=settings
                title=settings
                aria-haspopup="dialog"
                on:click=move |_| show.sheet.set(Some(Sheet::Danmaku))
            >
                <Icon shape=Shape::Sliders />
            </button>
        </div>
    }
}
