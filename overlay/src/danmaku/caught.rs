use crate::{
    show::{Intent, Sheet, Show, show},
    text::Text,
    ui::focused,
};
use leptos::{html, prelude::*};
use protocol::{ChatMessage, Command};
use std::sync::Arc;
use timeline::{ChatLine, Flight};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, KeyboardEvent};

/// A comment that the viewer holds: one that flies, or a line of the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Caught {
    /// Its key in the timeline.
    pub(crate) key: u64,
    /// Whether it is held until it is let go of; else only as long as the mouse is on it.
    pub(crate) pinned: bool,
    /// All that was said: of a long comment only the beginning flies.
    text: Arc<str>,
    /// What the log has of it; nothing of the page's own comments.
    message: Option<Arc<ChatMessage>>,
    own: bool,
    /// Whether it flies, and stands as long as it is held.
    flies: bool,
    /// Its left and lower edge over the picture, in pixels.
    place: (f64, f64),
}

impl Caught {
    pub(crate) fn new(
        flight: &Flight,
        message: Option<Arc<ChatMessage>>,
        place: (f64, f64),
        pinned: bool,
    ) -> Self {
        let text =
            message.as_ref().map_or_else(|| flight.text.clone(), |message| message.text.as_str().into());
        Self { key: flight.key, pinned, text, message, own: flight.own, flies: true, place }
    }

    /// A line of the list.
    pub(crate) fn line(line: &ChatLine, place: (f64, f64)) -> Self {
        let (text, message) = (line.message.text.as_str().into(), Some(line.message.clone()));
        Self { key: line.seq, pinned: true, text, message, own: line.own, flies: false, place }
    }
}

/// What can be done with the comment that is held. Also the way to hold one by the keyboard.
#[component]
pub(crate) fn CaughtMenu() -> impl IntoView {
    let show = show();
    let menu = move || show.caught.get().map(|caught| view! { <Menu caught=caught /> });
    view! {
        <button type="button" class="catch" on:click=move |_| show.catch_next()>
            {move || show.say_in(Text::CatchComment)}
        </button>
        {menu}
    }
}

#[component]
fn Menu(caught: Caught) -> impl IntoView {
    let show = show();
    let node = NodeRef::<html::Div>::new();
    let opener = StoredValue::new_local(None::<HtmlElement>);
    let Caught { key, pinned, text, message, own, flies, place } = caught;
    Effect::new(move |_| {
        let Some(menu) = node.get().filter(|_| pinned) else { return };
        opener.set_value(focused(&menu));
        // A node that cannot take the focus leaves it where it was.
        _ = menu.focus();
    });
    let close = move || {
        show.let_go();
        if let Some(opener) = opener.try_update_value(Option::take).flatten() {
            _ = opener.focus();
        }
    };
    let keys = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => close(),
            "ArrowDown" | "ArrowRight" if flies => show.catch_next(),
            _ => {}
        }
    };
    let label = text.clone();
    let copied = text.clone();
    let copy = move |_| {
        copy(show, &copied);
        close();
    };
    let others = message.filter(|_| !own).map(|message| {
        let user = message.user.clone();
        let (replied, blocked) = (user.clone(), user);
        let reply = move |_| {
            show.let_go();
            show.reply_to(&replied.name);
        };
        let block = move |_| {
            show.change_settings(|settings| settings.block_user(blocked.id, &blocked.name, true));
            close();
        };
        let report = move |_| {
            show.report(key);
            close();
        };
        let like = move |_| {
            show.like_comment(key);
            close();
        };
        let likes = show.likes_of(key);
        view! {
            <button type="button" class="love" on:click=like>
                {move || show.say_in(Text::LikeComment)}
                {(likes > 0).then(|| format!(" {likes}"))}
            </button>
            <button type="button" on:click=reply>{move || show.say_in(Text::Reply)}</button>
            <button type="button" on:click=block>{move || show.say_in(Text::BlockUser)}</button>
            <button type="button" on:click=report>{move || show.say_in(Text::Report)}</button>
        }
    });
    view! {
        <div
            class="caught"
            part="danmaku-menu"
            role="dialog"
            tabindex="-1"
            aria-label=label.to_string()
            style=("--x", format!("{:.0}px", place.0))
            style=("--y", format!("{:.0}px", place.1))
            node_ref=node
            on:keydown=keys
            on:pointerleave=move |_| if !pinned { show.let_go() }
        >
            <button type="button" on:click=copy>{move || show.say_in(Text::Copy)}</button>
            {others}
            <button type="button" on:click=move |_| close()>{move || show.say_in(Text::LetGo)}</button>
        </div>
    }
}

/// Puts the text on the clipboard.
fn copy(show: Show, text: &str) {
    let written = window().navigator().clipboard().write_text(text);
    show.spawn(async move {
        let ok = JsFuture::from(written).await.is_ok();
        let said = if ok { Text::Copied } else { Text::SomethingWrong };
        show.tell(show.lang.get_untracked().of(said), !ok);
    });
}

impl Show {
    /// Begins an answer in the field.
    fn reply_to(self, name: &str) {
        self.draft.update(|draft| {
            let rest = draft.trim_start_matches('@').trim();
            *draft = if draft.starts_with('@') || rest.is_empty() {
                format!("@{name} ")
            } else {
                format!("@{name} {rest}")
            };
        });
        self.composing.update(|asked| *asked += 1);
    }

    /// Likes a comment; a guest is asked to log in first.
    pub(crate) fn like_comment(self, comment: u64) {
        if self.user.with_untracked(Option::is_none) {
            return self.sheet.set(Some(Sheet::LogIn(Intent::LikeComment(comment))));
        }
        let core = self.core();
        let socket = core.socket.borrow();
        let Some(socket) = socket.as_ref() else { return };
        socket.send(Command::LikeComment { comment }, move |answer| {
            if let Err(error) = answer {
                self.complain(&error);
            }
        });
    }

    fn likes_of(self, comment: u64) -> u32 {
        self.core().timeline.borrow().likes_of(comment)
    }

    /// Tells the shop that a comment should not be; a guest is asked to log in first.
    pub(crate) fn report(self, seq: u64) {
        if self.user.with_untracked(Option::is_none) {
            return self.sheet.set(Some(Sheet::LogIn(Intent::Report(seq))));
        }
        let Some(room) = self.core().page.room.clone() else { return };
        self.spawn(async move {
            match self.api().report(&room, seq).await {
                Ok(()) => self.tell(self.lang.get_untracked().of(Text::Reported), false),
                Err(error) => self.complain(&error),
            }
        });
    }
}
