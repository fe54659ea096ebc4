use super::name;
use crate::{show::show, text::Text, ui::Picture};
use leptos::prelude::*;
use std::sync::Arc;
use timeline::{Given, TRAYS, TrayBody, TrayCard};

/// The trays. Said to a screen reader by the announcer, not as they change.
#[component]
pub(crate) fn Trays() -> impl IntoView {
    let show = show();
    let tray = move |index: usize| {
        // One node a card: a tap changes its number alone.
        let key =
            Memo::new(move |_| show.trays.with(|trays| trays.get(index)?.as_ref().map(|card| card.key)));
        let card = Memo::new(move |_| show.trays.with(|trays| trays.get(index)?.clone()));
        view! { <div class="tray">{move || key.get().map(|_| view! { <Card card=card /> })}</div> }
    };
    view! {
        <div class="trays" part="gifts" aria-hidden="true">{(0..TRAYS).map(tray).collect_view()}</div>
    }
}

#[component]
fn Card(card: Memo<Option<TrayCard>>) -> impl IntoView {
    let Some(TrayCard { body, .. }) = card.get_untracked() else { return ().into_any() };
    match body {
        TrayBody::Row { given, .. } => view! { <Row given=given card=card /> }.into_any(),
        TrayBody::Many { .. } => view! { <Many card=card /> }.into_any(),
    }
}

#[component]
fn Row(given: Arc<Given>, card: Memo<Option<TrayCard>>) -> impl IntoView {
    let show = show();
    let count = Memo::new(move |_| {
        card.with(|card| match card.as_ref().map(|card| &card.body) {
            Some(TrayBody::Row { count, .. }) => *count,
            _ => 0,
        })
    });
    let user = given.user.name.clone();
    let (image, title, names) =
        (given.gift.picture().to_owned(), given.gift.name.en.clone(), given.gift.name.clone());
    let initial = user.chars().next().map(|char| char.to_uppercase().to_string()).unwrap_or_default();
    view! {
        <div class="tray-card" class:own=given.own data-gift=given.gift.id>
            <span class="avatar">{initial}</span>
            <span class="who">
                <b><bdi>{user}</bdi></b>
                <small>{move || format!("{} {}", show.say_in(Text::Gave), name(&names, show.lang.get()))}</small>
            </span>
            <Picture image=image title=title />
            <b class="times" class:even=move || count.get() % 2 == 0>"×" {count}</b>
        </div>
    }
}

#[component]
fn Many(card: Memo<Option<TrayCard>>) -> impl IntoView {
    let show = show();
    let text = move || {
        let (gifts, senders) = card.with(|card| match card.as_ref().map(|card| &card.body) {
            Some(TrayBody::Many { gifts, senders }) => (*gifts, *senders),
            _ => (0, 0),
        });
        let text = show.say_in(Text::ManyGifts);
        text.replace("{people}", &senders.to_string()).replace("{gifts}", &gifts.to_string())
    };
    view! { <div class="tray-card many">{text}</div> }
}
