use crate::{
    money,
    show::show,
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;

/// Whose show it is, and how many watch.
#[component]
pub(crate) fn Top() -> impl IntoView {
    let show = show();
    let host =
        move || show.room.with(|room| room.as_ref().map(|room| room.host.name.clone()).unwrap_or_default());
    let title =
        move || show.room.with(|room| room.as_ref().map(|room| room.title.clone()).unwrap_or_default());
    let initial =
        move || host().chars().next().map(|char| char.to_uppercase().to_string()).unwrap_or_default();
    let viewers = move || money::count(show.viewers.get().into(), show.lang.get());
    view! {
        <div class="top">
            <div class="host" class:empty=move || show.room.with(Option::is_none)>
                <span class="avatar" aria-hidden="true">{initial}</span>
                <span class="who">
                    <b>{title}</b>
                    <small>{host}</small>
                </span>
            </div>
            <span class="watching" class:empty=move || show.room.with(Option::is_none)>
                <Icon shape=Shape::Eye />
                <span>{viewers}</span>
                <span class="unit">{move || show.say_in(Text::Watching)}</span>
            </span>
            <span class="lost" role="status">
                {move || show.lost.get().then(|| show.say_in(Text::Reconnecting))}
            </span>
        </div>
    }
}
