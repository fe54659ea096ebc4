//! The super-admin's console: is the server well, and which rooms are there.

mod health;

use crate::load::{Load, show};
use crate::poll::poll;
use crate::route::login_to;
use crate::session::{Who, session};
use crate::ui::{Empty, Shape, StatusBadge, Waiting};
use crate::words::{admin, common, say};
use health::Health;
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{Role, Room, RoomStatus};

/// How often rooms are asked for.
const REFRESH_MS: u32 = 4_000;

/// The page.
#[component]
pub(crate) fn Admin() -> impl IntoView {
    let session = session();
    let who = Memo::new(move |_| session.who());
    move || match who.get() {
        Who::Unknown => view! { <Waiting/> }.into_any(),
        Who::User(user) if user.role == Role::Admin => view! { <Console/> }.into_any(),
        other => view! {
            <Empty title=admin::REFUSED hint=admin::REFUSED_HINT shape=Shape::Key>
                {(other == Who::Guest).then(|| view! {
                    <a class="button button-primary" href=login_to("/admin")>{say(common::LOG_IN)}</a>
                })}
                <a class="button button-quiet" href="/">{say(common::TO_FRONT)}</a>
            </Empty>
        }
        .into_any(),
    }
}

#[component]
fn Console() -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::Waiting);
    poll(REFRESH_MS, move || {
        let api = api.clone();
        async move {
            let answer = api.rooms().await;
            state.try_update(|state| state.update(answer));
        }
    });
    let rooms = Memo::new(move |_| state.get());
    view! {
        <div class="console">
            <h1>{say(admin::TITLE)}</h1>
            <Health/>
            <section class="panel">
                <h2>{say(admin::ROOMS)}</h2>
                {move || rooms.with(|rooms| show(rooms, |rooms| view! { <Table rooms=rooms.clone()/> }))}
            </section>
        </div>
    }
}

#[component]
fn Table(rooms: Vec<Room>) -> impl IntoView {
    if rooms.is_empty() {
        return view! { <Empty title=admin::NO_ROOMS/> }.into_any();
    }
    let live = rooms.iter().filter(|room| room.status == RoomStatus::Live).count();
    let viewers: u64 = rooms.iter().map(|room| u64::from(room.viewers)).sum();
    let rows = rooms.iter().cloned().map(|room| view! { <Row room/> }).collect_view();
    view! {
        <ul class="figures">
            <li><strong>{rooms.len()}</strong>{say(admin::ALL_ROOMS)}</li>
            <li><strong>{live}</strong>{say(admin::LIVE_NOW)}</li>
            <li><strong>{viewers}</strong>{say(admin::VIEWERS)}</li>
        </ul>
        <div class="table-wrap">
            <table>
                <thead><tr>
                    <th scope="col">{say(admin::ROOM)}</th><th scope="col">{say(admin::HOST)}</th>
                    <th scope="col">{say(admin::STATUS)}</th><th scope="col" class="number">{say(admin::VIEWERS)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(room: Room) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><a href=format!("/room/{}", room.id)>{room.title}</a><small>{room.id}</small></th>
            <td>{room.host.name}</td>
            <td><StatusBadge status=room.status/></td>
            <td class="number">{room.viewers}</td>
        </tr>
    }
}
