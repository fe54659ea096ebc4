use super::announcer::Announcer;
use crate::{
    danmaku::Caught,
    show::{Show, show},
    text::Text,
    ui::{Icon, Shape},
};
use leptos::{html, prelude::*};
use protocol::Role;
use timeline::ChatLine;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Closer to the end than this, in pixels, the list sticks to it: a line's height.
const NEAR: i32 = 32;

/// Closer to the start than this, in pixels, more of what was said before is fetched from the timeline.
const FAR: i32 = 120;

/// What was said, newest at the end. It sticks to the end until the viewer scrolls back; then it stays where it is and
/// counts what is new. Only some hundred lines are ever laid out: the timeline hands out those around the viewer's place.
#[component]
pub(crate) fn ChatList() -> impl IntoView {
    let show = show();
    let list = NodeRef::<html::Div>::new();
    let sticks = RwSignal::new(true);
    let seen = RwSignal::new(0_u64);
    let newest = move || show.chat.with(|chat| chat.last().map_or(0, |line| line.seq));
    let unseen = move || {
        let listed = show.chat.with(|chat| chat.iter().filter(|line| line.seq > seen.get()).count());
        listed + show.chat_below.get()
    };
    let to_end = move || {
        // It may be gone by the time that a frame is drawn.
        if let Some(list) = list.try_get_untracked().flatten() {
            list.set_scroll_top(list.scroll_height());
        }
    };
    Effect::new(move |_| {
        let newest = newest();
        if sticks.get() {
            seen.set(newest);
            // Once the new line has been laid out.
            request_animation_frame(to_end);
        }
    });
    let on_scroll = move |_| {
        let Some(list) = list.get_untracked() else { return };
        let sticks_now = is_at_end(&list) && show.chat_below.get_untracked() == 0;
        if sticks_now != sticks.get_untracked() {
            show.hold_chat(!sticks_now);
            sticks.set(sticks_now);
        }
        if !sticks_now && list.scroll_top() < FAR {
            show.chat_further_back();
        }
    };
    let follow = move |_| {
        show.hold_chat(false);
        sticks.set(true);
        to_end();
    };
    view! {
        <div class="chat" part="chat">
            <div
                class="lines"
                role="log"
                aria-label=move || show.say_in(Text::Chat)
                aria-live="off"
                aria-description=move || show.say_in(Text::ChatKeys)
                tabindex="0"
                node_ref=list
                on:scroll=on_scroll
                on:keydown=move |event| {
                    if let Some(list) = list.get_untracked() {
                        keys(&list, &event);
                    }
                }
            >
                <p class="hush" class:gone=move || show.chat.with(|chat| !chat.is_empty())>
                    {move || show.say_in(Text::ChatEmpty)}
                </p>
                <For each=move || show.chat.get() key=|line| line.seq children=line />
            </div>
            {move || {
                (!sticks.get() && unseen() > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="newer" on:click=follow>
                                <Icon shape=Shape::Down />
                                {unseen()}
                                " "
                                {show.say_in(Text::NewMessages)}
                            </button>
                        }
                    })
            }}
            <Announcer />
        </div>
    }
}

fn is_at_end(list: &HtmlElement) -> bool {
    list.scroll_height() - list.scroll_top() - list.client_height() < NEAR
}

/// Up and down go from line to line, and back to the whole list past the last; on a line, Enter does what a click does.
fn keys(list: &HtmlElement, event: &KeyboardEvent) {
    let line = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let line = line.filter(|target| target.class_list().contains("line"));
    let next = match (event.key().as_str(), &line) {
        ("ArrowUp", Some(line)) => {
            line.previous_element_sibling().filter(|before| before.matches(".line").unwrap_or(false))
        }
        ("ArrowUp", None) => list.last_element_child(),
        ("ArrowDown", Some(line)) => line.next_element_sibling().or_else(|| Some(list.clone().into())),
        ("Escape", Some(_)) => Some(list.clone().into()),
        ("Enter" | " " | "ContextMenu", Some(line)) => {
            event.prevent_default();
            event.stop_propagation();
            return line.click();
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        // A node that cannot take the focus leaves it where it was.
        _ = next.focus();
    }
}

fn line(line: ChatLine) -> impl IntoView {
    let show = show();
    let node = NodeRef::<html::P>::new();
    let (seq, own) = (line.seq, line.own);
    let (name, text) = (line.message.user.name.clone(), line.message.text.clone());
    let user = &line.message.user;
    let host = user.role == Role::Host
        && show.room.with_untracked(|room| room.as_ref().is_none_or(|room| room.host.id == user.id));
    let likes = move || {
        let liked = show.liked.with(|liked| liked.iter().find(|(of, _)| *of == seq).map(|(_, likes)| *likes));
        liked.map(|likes| view! { <span class="loved">{format!("♥ {likes}")}</span> })
    };
    let offer = move |_| {
        if let Some(node) = node.get_untracked() {
            show.offer(&line, &node);
        }
    };
    view! {
        <p class="line" class:own=own tabindex="-1" node_ref=node on:click=offer>
            {host.then(|| view! { <span class="badge">{move || show.say_in(Text::Host)}</span> })}
            <bdi class="name">{name}</bdi>
            " "
            <bdi>{text}</bdi>
            {likes}
        </p>
    }
}

impl Show {
    /// Offers what can be done with a line of the list.
    fn offer(self, line: &ChatLine, node: &HtmlElement) {
        let Ok(Some(root)) = node.closest(".ls") else { return };
        let (root, node) = (root.get_bounding_client_rect(), node.get_bounding_client_rect());
        let place = (node.left() - root.left(), node.bottom() - root.top() + 2.0);
        self.let_go();
        self.caught.set(Some(Caught::line(line, place)));
    }
}
