//! The shopper's page: the element, and as little as possible around it.

use crate::load::Load;
use crate::poll::poll;
use crate::stall::Stall;
use crate::ui::{Empty, Failure, Icon, Shape, StatusBadge, Waiting};
use crate::words::{common, fill, room as words, say};
use leptos::prelude::*;
use overlay::api::{Api, ApiError};
use protocol::{Room, RoomStatus};

/// Title and badge above the picture need no haste: what changes fast is on the picture.
const REFRESH_MS: u32 = 10_000;

/// The page of `room`.
#[component]
pub(crate) fn RoomPage(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::Waiting);
    let name = room.clone();
    poll(REFRESH_MS, move || {
        let (api, name) = (api.clone(), name.clone());
        async move {
            let answer = api.room(&name).await;
            state.try_update(|state| state.update(answer));
        }
    });
    // The element stays while the room is there, whatever changes about it.
    let face = Memo::new(move |_| state.with(Face::of));
    let head = Memo::new(move |_| {
        state
            .with(|state| state.ready().map(|room| (room.title.clone(), room.status, room.host.name.clone())))
    });
    view! {
        {move || match face.get() {
            Face::Waiting => view! { <Waiting/> }.into_any(),
            Face::Failed(error) => view! { <Failure error/> }.into_any(),
            Face::Missing => view! {
                <Empty title=words::MISSING hint=common::NOT_FOUND_HINT shape=Shape::Eye>
                    <a class="button button-primary" href="/">{say(common::TO_FRONT)}</a>
                </Empty>
            }
            .into_any(),
            Face::Show => view! {
                <div class="room">
            <a class="room-back" href="/" aria-label=say(words::BACK)><Icon shape=Shape::Back/></a>
                    {move || head.get().map(|(title, status, host)| view! { <RoomHead title status host/> })}
                    <section class="room-show" aria-label=say(words::PLAYER)><Stall room=room.clone()/></section>
                </div>
            }
            .into_any(),
        }}
    }
}

/// What the page shows as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Face {
    Waiting,
    Show,
    Missing,
    Failed(ApiError),
}

impl Face {
    fn of(state: &Load<Room>) -> Self {
        match state {
            Load::Waiting => Self::Waiting,
            Load::Ready(_) => Self::Show,
            Load::Failed(ApiError::Refused(problem)) if problem.status == 404 => Self::Missing,
            Load::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

#[component]
fn RoomHead(title: String, status: RoomStatus, host: String) -> impl IntoView {
    document().set_title(&format!("{title} · Livestall"));
    view! {
        <header class="room-head">
            <h1>{title}</h1>
            <StatusBadge status/>
            <p>{fill(words::HOSTED_BY, host)}</p>
        </header>
    }
}
