use crate::{
    product::BagButton,
    show::{Intent, Sheet, show},
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
    let text = RwSignal::new(String::new());
    let sending = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let said = text.get_untracked().trim().to_owned();
        if said.is_empty() || sending.get_untracked() {
            return;
        }
        if show.user.with_untracked(Option::is_none) {
            return show.sheet.set(Some(Sheet::LogIn(Intent::Say)));
        }
        sending.set(true);
        show.say(said, move |accepted| {
            sending.set(false);
            if accepted {
                text.set(String::new());
            }
        });
    };
    let is_empty = move || text.with(|text| text.trim().is_empty());
    let placeholder = move || show.say_in(if sending.get() { Text::Sending } else { Text::Say });
    view! {
        <div class="dock">
            <BagButton />
            <form class="say" on:submit=submit class:sending=sending>
                <input
                    type="text"
                    enterkeyhint="send"
                    autocomplete="off"
                    maxlength=LIMITS.comment_chars.to_string()
                    placeholder=placeholder
                    aria-label=move || show.say_in(Text::Say)
                    prop:value=text
                    prop:readOnly=sending
                    on:input:target=move |event| text.set(event.target().value())
                    on:keydown=|event: KeyboardEvent| event.stop_propagation()
                />
                <button type="submit" class="send" aria-label=move || show.say_in(Text::Send) disabled=move || sending.get() || is_empty()>
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
    let label = move || show.say_in(if show.danmaku.get() { Text::DanmakuOff } else { Text::DanmakuOn });
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
