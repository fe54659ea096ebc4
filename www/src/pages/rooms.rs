//! The host's rooms, and a form for another one.

use crate::load::{Load, show};
use crate::poll::poll;
use crate::route::{ShopPart, is_room_name};
use crate::router::router;
use crate::session::{Who, session};
use crate::studio::{check_image, is_filled};
use crate::task::{Task, TaskError};
use crate::ui::{Cover, Empty, Field, LogInFirst, StatusBadge, Submit, Waiting};
use crate::words::{Word, merchant, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{LIMITS, NewRoom, Room, User};

/// How often rooms are asked for.
const REFRESH_MS: u32 = 5_000;

/// The page.
#[component]
pub(crate) fn Rooms() -> impl IntoView {
    let session = session();
    let who = Memo::new(move |_| session.who());
    move || match who.get() {
        Who::Unknown => view! { <Waiting/> }.into_any(),
        Who::Guest => view! { <LogInFirst next="/studio"/> }.into_any(),
        Who::User(user) => view! { <MyRooms user/> }.into_any(),
    }
}

#[component]
fn MyRooms(user: User) -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::Waiting);
    poll(REFRESH_MS, move || {
        let api = api.clone();
        async move {
            let mine = |rooms: Vec<Room>| rooms.into_iter().filter(|room| room.host.id == user.id).collect();
            let answer: Result<Vec<Room>, _> = api.rooms().await.map(mine);
            state.try_update(|state| state.update(answer));
        }
    });
    let rooms = Memo::new(move |_| state.get());
    view! {
        <div class="rooms">
            <header class="rooms-head"><h1>{say(studio::MY_ROOMS)}</h1><p>{say(studio::ROOMS_LEAD)}</p></header>
            <section class="rooms-list">
                {move || rooms.with(|rooms| show(rooms, |rooms| view! { <List rooms=rooms.clone()/> }))}
            </section>
            <section class="panel rooms-new"><h2>{say(studio::NEW_ROOM)}</h2><NewRoomForm/></section>
        </div>
    }
}

#[component]
fn List(rooms: Vec<Room>) -> impl IntoView {
    if rooms.is_empty() {
        return view! { <Empty title=studio::NO_ROOMS hint=studio::NO_ROOMS_HINT/> }.into_any();
    }
    let items = rooms.into_iter().map(|room| view! { <li><Item room/></li> }).collect_view();
    view! { <ul class="room-rows">{items}</ul> }.into_any()
}

#[component]
fn Item(room: Room) -> impl IntoView {
    view! {
        <article class="room-row">
            <Cover room=room.clone()/>
            <div>
                <h3>{room.title}</h3>
                <p><StatusBadge status=room.status/><code>{format!("/room/{}", room.id)}</code></p>
                <p class="room-row-actions">
                    <a class="button button-primary button-small" href=format!("/studio/{}", room.id)>{say(studio::OPEN_STUDIO)}</a>
                    <a class="button button-quiet button-small" href=ShopPart::Orders.path(&room.id)>{say(merchant::TITLE)}</a>
                    <a class="button button-quiet button-small" href=format!("/room/{}", room.id)>{say(studio::VIEW_ROOM)}</a>
                </p>
            </div>
        </article>
    }
}

#[component]
fn NewRoomForm() -> impl IntoView {
    let (api, router, task) = (expect_context::<Api>(), router(), Task::new());
    let empty = || RwSignal::new(String::new());
    let (title, id, cover, submitted) = (empty(), empty(), empty(), RwSignal::new(false));
    let check = move |wrong: fn(&str) -> Option<Word>, value: RwSignal<String>| {
        Signal::derive(move || submitted.get().then(|| wrong(&value.read())).flatten())
    };
    let (wrong_title, wrong_id, wrong_cover) =
        (check(is_filled, title), check(check_id, id), check(check_image, cover));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        if [wrong_title, wrong_id, wrong_cover].iter().any(|wrong| wrong.get_untracked().is_some()) {
            return;
        }
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let room = NewRoom { id: text(id), title: text(title), cover: text(cover) };
        let api = api.clone();
        task.run(async move { api.create_room(&room).await }, move |made| {
            router.go(&format!("/studio/{}", made.room.id));
        });
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <Field id="room-title" label=studio::ROOM_TITLE value=title error=wrong_title hint=Some(studio::ROOM_TITLE_EXAMPLE) maxlength=LIMITS.title_chars/>
            <Field id="room-id" label=studio::ROOM_ID value=id error=wrong_id hint=Some(studio::ROOM_ID_HINT) maxlength=64/>
            <Field id="room-cover" label=studio::COVER value=cover error=wrong_cover inputmode="url" maxlength=2000/>
            <TaskError task/>
            <Submit task label=studio::CREATE doing=studio::CREATING/>
        </form>
    }
}

fn check_id(id: &str) -> Option<Word> {
    (!is_room_name(id.trim())).then_some(studio::NOT_A_ROOM)
}
