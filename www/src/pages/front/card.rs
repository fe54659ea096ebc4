//! One room among others.

use crate::ui::{Cover, StatusBadge};
use crate::words::{common, fill, front, lang};
use leptos::prelude::*;
use protocol::{Room, RoomStatus};

/// A card that leads to the room.
#[component]
pub(super) fn Card(room: Room) -> impl IntoView {
    let watching = watching(&room);
    view! {
        <a class="card" href=format!("/room/{}", room.id)>
            <span class="card-picture">
                <Cover room=room.clone()/>
                <StatusBadge status=room.status/>
                {watching}
            </span>
            <strong class="card-title">{room.title}</strong>
            <span class="card-host">{fill(front::HOSTED_BY, room.host.name)}</span>
        </a>
    }
}

/// How many people watch, while the room is on air.
pub(super) fn watching(room: &Room) -> Option<impl IntoView + use<>> {
    let viewers = u64::from(room.viewers);
    let lang = lang();
    let text = move || {
        let lang = lang.get();
        common::WATCHING.get(lang).replace("{}", &overlay::money::count(viewers, lang))
    };
    matches!(room.status, RoomStatus::Live | RoomStatus::Away)
        .then(|| view! { <span class="watching">{text}</span> })
}
