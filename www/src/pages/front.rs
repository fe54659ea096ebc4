//! The shop front: which rooms there are, the live ones first.

mod card;
mod feature;

use crate::load::{Load, show};
use crate::poll::poll;
use crate::session::session;
use crate::ui::{Empty, Shape};
use crate::words::{front, say};
use card::Card;
use feature::Feature;
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{Room, RoomStatus};

/// A room that goes live is on the front within this time.
const REFRESH_MS: u32 = 4_000;

/// The page.
#[component]
pub(crate) fn Front() -> impl IntoView {
    let rooms = RwSignal::new(Load::Waiting);
    let api = expect_context::<Api>();
    poll(REFRESH_MS, move || {
        let api = api.clone();
        async move {
            let answer = api.rooms().await.map(Shelves::sort);
            rooms.try_update(|rooms| rooms.update(answer));
        }
    });
    // A poll that brings nothing new draws nothing anew.
    let rooms = Memo::new(move |_| rooms.get());
    view! {
        <div class="front">
            <header class="front-head">
                <h1>{say(front::TITLE)}</h1>
                <p>{say(front::LEAD)}</p>
            </header>
            {move || rooms.with(|rooms| show(rooms, |shelves| view! { <Rooms shelves=shelves.clone()/> }))}
        </div>
    }
}

#[component]
fn Rooms(shelves: Shelves) -> impl IntoView {
    let Shelves { first, live, later } = shelves;
    if first.is_none() && later.is_empty() {
        return view! { <NoRooms/> }.into_any();
    }
    view! {
        {match first {
            Some(room) => view! { <Feature room/> }.into_any(),
            None => view! { <p class="front-quiet">{say(front::NOTHING_LIVE)}</p> }.into_any(),
        }}
        <Shelf title=front::MORE rooms=live/>
        <Shelf title=front::LATER rooms=later/>
    }
    .into_any()
}

#[component]
fn Shelf(title: crate::words::Word, rooms: Vec<Room>) -> impl IntoView {
    (!rooms.is_empty()).then(|| {
        let cards = rooms.into_iter().map(|room| view! { <li><Card room/></li> }).collect_view();
        view! { <section class="shelf"><h2>{say(title)}</h2><ul class="shelf-cards">{cards}</ul></section> }
    })
}

#[component]
fn NoRooms() -> impl IntoView {
    let session = session();
    view! {
        <Empty title=front::EMPTY hint=front::EMPTY_HINT shape=Shape::Bag>
            {move || session.may_host().then(|| view! {
                <a class="button button-primary" href="/studio">{say(front::OPEN_ONE)}</a>
            })}
        </Empty>
    }
}

/// The rooms as the front shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shelves {
    /// The live room that most people watch.
    first: Option<Room>,
    /// The other rooms on air, most watched first.
    live: Vec<Room>,
    /// Rooms that are not on air.
    later: Vec<Room>,
}

impl Shelves {
    fn sort(rooms: Vec<Room>) -> Self {
        let on_air = |room: &Room| matches!(room.status, RoomStatus::Live | RoomStatus::Away);
        let (mut live, later): (Vec<_>, Vec<_>) = rooms.into_iter().partition(on_air);
        live.sort_by_key(|room| (room.status != RoomStatus::Live, std::cmp::Reverse(room.viewers)));
        let first = (!live.is_empty()).then(|| live.remove(0));
        Self { first, live, later }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Role, User};

    fn room(id: &str, status: RoomStatus, viewers: u32) -> Room {
        let host = User { id: 1, name: "林".to_owned(), role: Role::Host };
        Room { id: id.to_owned(), title: id.to_owned(), host, status, viewers, cover: String::new() }
    }

    #[test]
    fn the_live_room_that_most_people_watch_comes_first() {
        let shelves = Shelves::sort(vec![
            room("idle", RoomStatus::Idle, 90),
            room("away", RoomStatus::Away, 80),
            room("small", RoomStatus::Live, 2),
            room("big", RoomStatus::Live, 70),
            room("over", RoomStatus::Ended, 0),
        ]);
        let ids = |rooms: &[Room]| rooms.iter().map(|room| room.id.clone()).collect::<Vec<_>>();
        assert_eq!(shelves.first.map(|room| room.id).as_deref(), Some("big"));
        assert_eq!(ids(&shelves.live), ["small", "away"]);
        assert_eq!(ids(&shelves.later), ["idle", "over"]);
    }
}
