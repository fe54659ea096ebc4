//! The room's chat as the host reads and answers it.

use super::desk::shared;
use super::show::{Line, LineBody};
use crate::task::{Task, TaskError};
use crate::ui::{Icon, Shape};
use crate::words::{lang, say, studio};
use leptos::{html, prelude::*};
use overlay::time::time_of_day;
use overlay::{
    api::{Api, IdempotencyKey},
    text::Lang,
};
use protocol::{ChatMessage, Command, DanmakuMode, GiftSent, LIMITS, OrderToast, Role, Say};
use std::collections::VecDeque;

/// The panel.
#[component]
pub(super) fn Chat() -> impl IntoView {
    let lines = shared().part(|show| show.lines.clone());
    let list = NodeRef::<html::Ol>::new();
    Effect::new(move |_| {
        lines.track();
        if let Some(list) = list.get() {
            follow(&list);
        }
    });
    view! {
        <section class="panel chat">
            <h2>{say(studio::CHAT)}</h2>
            {move || lines.with(VecDeque::is_empty).then(|| view! { <p class="hint">{say(studio::CHAT_EMPTY)}</p> })}
            <div class="chat-log" role="log" aria-label=say(studio::CHAT)>
                <ol class="chat-lines" node_ref=list>
                    <For each=move || lines.get() key=|line| line.seq let:line><Row line/></For>
                </ol>
            </div>
            <Answer/>
        </section>
    }
}

/// Keeps the newest line in sight, unless the host scrolled up to read.
fn follow(list: &web_sys::Element) {
    let hidden_below = list.scroll_height() - list.scroll_top() - list.client_height();
    if hidden_below < 160 {
        list.set_scroll_top(list.scroll_height());
    }
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let lang = lang();
    let time = line.time;
    let words = match line.body {
        LineBody::Said(message) => view! { <Said message/> }.into_any(),
        LineBody::Bought(toast) => view! { <Bought toast/> }.into_any(),
        LineBody::Announced(text) => {
            view! { <p class="chat-bought"><Icon shape=Shape::Horn/>{text}</p> }.into_any()
        }
        LineBody::Gave(sent) => view! { <Gave sent/> }.into_any(),
    };
    view! { <li>{words}<time>{move || time_of_day(time, lang.get())}</time></li> }
}

#[component]
fn Said(message: ChatMessage) -> impl IntoView {
    let host = matches!(message.user.role, Role::Host | Role::Admin);
    view! {
        <p>
            <b>{message.user.name}</b>
            {host.then(|| view! { <span class="chip">{say(studio::HOST)}</span> })}
            <span>{message.text}</span>
        </p>
    }
}

#[component]
fn Bought(toast: OrderToast) -> impl IntoView {
    let lang = lang();
    let text = move || {
        let text = studio::BOUGHT.get(lang.get()).replace("{buyer}", &toast.buyer);
        text.replace("{quantity}", &toast.quantity.to_string()).replace("{title}", &toast.title)
    };
    view! { <p class="chat-bought"><Icon shape=Shape::Bag/>{text}</p> }
}

#[component]
fn Gave(sent: GiftSent) -> impl IntoView {
    let lang = lang();
    let text = move || {
        let name = if lang.get() == Lang::Zh { &sent.gift.name.zh_cn } else { &sent.gift.name.en };
        let text = studio::GAVE.get(lang.get()).replace("{user}", &sent.user.name);
        text.replace("{count}", &sent.combo_total.to_string()).replace("{gift}", name)
    };
    view! { <p class="chat-bought">{text}</p> }
}

/// Where the host types: to the chat, or to everybody at once.
#[component]
fn Answer() -> impl IntoView {
    let (shared, api, task) = (shared(), expect_context::<Api>(), Task::new());
    let typed = RwSignal::new(String::new());
    let announces = RwSignal::new(false);
    let limit = move || if announces.get() { LIMITS.announcement_chars } else { LIMITS.comment_chars };
    let hint = move || if announces.get() { say(studio::ANNOUNCE_SAY)() } else { say(studio::CHAT_SAY)() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let at = shared.picture.program_time();
        let command = if announces.get_untracked() {
            Command::Announce { text, at }
        } else {
            let client_id = IdempotencyKey::random().as_str().to_owned();
            Command::Say(Say { client_id, text, at, mode: DanmakuMode::Scroll, color: None })
        };
        let (api, room) = (api.clone(), shared.room_id());
        task.run(async move { api.command(&room, &command).await }, move |_| {
            announces.set(false);
            typed.set(String::new());
        });
    };
    view! {
        <form class="chat-form" on:submit=submit>
            <button type="button" class="button button-quiet button-icon" aria-label=say(studio::ANNOUNCE) title=say(studio::ANNOUNCE)
                aria-pressed=move || announces.get().to_string() on:click=move |_| announces.update(|on| *on = !*on)>
                <Icon shape=Shape::Horn/>
            </button>
            <input type="text" aria-label=hint placeholder=hint
                maxlength=move || limit().to_string() autocomplete="off" bind:value=typed/>
            <button type="submit" class="button button-primary button-icon" disabled=move || task.pending() aria-label=say(studio::CHAT_SEND)>
                <Icon shape=Shape::Send/>
            </button>
        </form>
        <TaskError task/>
    }
}
