//! Lets a room's owner in, and tells others why not.

use crate::load::{Load, show};
use crate::session::{Who, session};
use crate::ui::{Empty, LogInFirst, Shape, Waiting};
use crate::words::{say, studio};
use leptos::{prelude::*, task::spawn_local};
use overlay::api::{Api, ApiError};
use protocol::RoomWithKey;

/// Shows `inside` to the owner of `room`; a guest logs in first, and comes back `here`.
#[component]
pub(crate) fn Door(room: String, here: String, inside: fn(RoomWithKey) -> AnyView) -> impl IntoView {
    let session = session();
    // Asked anew when another user logs in, not whenever the session is looked at.
    let who = Memo::new(move |_| session.who());
    move || match who.get() {
        Who::Unknown => view! { <Waiting/> }.into_any(),
        Who::Guest => view! { <LogInFirst next=here.clone()/> }.into_any(),
        Who::User(_) => view! { <Owner room=room.clone() inside/> }.into_any(),
    }
}

/// The owner is whoever may see the stream key.
#[component]
fn Owner(room: String, inside: fn(RoomWithKey) -> AnyView) -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::<RoomWithKey>::Waiting);
    spawn_local(async move {
        let answer = api.room_key(&room).await;
        state.try_update(|state| state.update(answer));
    });
    move || {
        state.with(|state| match state {
            Load::Failed(ApiError::Refused(problem)) if problem.status == 403 => view! {
                <Empty title=studio::NOT_YOURS hint=studio::NOT_YOURS_HINT shape=Shape::Key>
                    <a class="button button-primary" href="/studio">{say(studio::MY_ROOMS)}</a>
                </Empty>
            }
            .into_any(),
            other => show(other, |owned| inside(owned.clone())),
        })
    }
}
