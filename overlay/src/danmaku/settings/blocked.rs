use crate::{
    show::show,
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;
use timeline::{EXPRESSION_CHARS, Expression, MOST_FILTERS};
use web_sys::SubmitEvent;

/// What a row of the list takes back when it is removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Entry {
    Word(String),
    Expression(String),
    User(i64, String),
}

/// What is not shown: words, expressions between slashes, users.
#[component]
pub(super) fn Blocked() -> impl IntoView {
    let show = show();
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked().trim().to_owned();
        match read(&text) {
            Ok(None) => return,
            Ok(Some(entry)) => show.change_settings(|settings| match entry {
                Entry::Word(word) => put(&mut settings.words, word),
                Entry::Expression(text) => put(&mut settings.expressions, text),
                Entry::User(..) => {}
            }),
            Err(error) => return wrong.set(Some(error)),
        }
        wrong.set(None);
        typed.set(String::new());
    };
    let entries = move || {
        show.settings.with(|settings| {
            let words = settings.words.iter().cloned().map(Entry::Word);
            let expressions = settings.expressions.iter().cloned().map(Entry::Expression);
            let users = settings.users.iter().map(|user| Entry::User(user.id, user.name.clone()));
            words.chain(expressions).chain(users).collect::<Vec<_>>()
        })
    };
    view! {
        <fieldset class="choice">
            <legend>{move || show.say_in(Text::Blocked)}</legend>
            <form class="add" on:submit=add>
                <input
                    type="text"
                    autocomplete="off"
                    maxlength=(EXPRESSION_CHARS + 2).to_string()
                    placeholder=move || show.say_in(Text::BlockHint)
                    aria-label=move || show.say_in(Text::BlockHint)
                    prop:value=typed
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <button type="submit" class="button">{move || show.say_in(Text::Block)}</button>
            </form>
            <p class="wrong" role="alert">{wrong}</p>
            <ul class="chips">
                <For each=entries key=Entry::clone children=|entry| view! { <Row entry=entry /> } />
            </ul>
        </fieldset>
    }
}

#[component]
fn Row(entry: Entry) -> impl IntoView {
    let show = show();
    let text = match &entry {
        Entry::Word(text) => text.clone(),
        Entry::Expression(text) => format!("/{text}/"),
        Entry::User(_, name) => format!("@{name}"),
    };
    let name = text.clone();
    let remove = move |_| {
        show.change_settings(|settings| match &entry {
            Entry::Word(text) => settings.words.retain(|word| word != text),
            Entry::Expression(text) => settings.expressions.retain(|other| other != text),
            Entry::User(id, name) => settings.block_user(*id, name, false),
        });
    };
    view! {
        <li class="chip">
            <bdi>{text}</bdi>
            <button type="button" aria-label=move || format!("{} {name}", show.say_in(Text::Unblock)) on:click=remove>
                <Icon shape=Shape::Close />
            </button>
        </li>
    }
}

/// A word, or an expression between slashes; none when nothing was typed.
fn read(text: &str) -> Result<Option<Entry>, String> {
    let between = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    match between.filter(|inner| !inner.is_empty()) {
        _ if text.is_empty() => Ok(None),
        Some(inner) => match inner.parse::<Expression>() {
            Ok(_) => Ok(Some(Entry::Expression(inner.to_owned()))),
            Err(error) => Err(error.to_string()),
        },
        None => Ok(Some(Entry::Word(text.to_owned()))),
    }
}

/// Puts the newest first, once.
fn put(list: &mut Vec<String>, item: String) {
    list.retain(|other| *other != item);
    list.insert(0, item);
    list.truncate(MOST_FILTERS);
}
