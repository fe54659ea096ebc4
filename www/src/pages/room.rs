//! The shopper's page: the element, and as little as possible around it.

use crate::load::Load;
use crate::poll::poll;
use crate::route::Moment;
use crate::stall::{Past, Stall};
use crate::ui::{Empty, Failure, Icon, Shape, StatusBadge, Waiting};
use crate::words::{common, fill, room as words, say};
use leptos::prelude::*;
use overlay::api::{Api, ApiError};
use protocol::{Room, RoomStatus, ServerTime};

/// Title and badge above the picture need no haste: what changes fast is on the picture.
const REFRESH_MS: u32 = 10_000;

/// The page of `room`, beginning at `moment`.
#[component]
pub(crate) fn RoomPage(room: String, moment: Moment) -> impl IntoView {
    let api = expect_context::<Api>();
    // None as long as it has to be asked for.
    let past = RwSignal::new(moment.product.is_none().then(|| of_show(moment)));
    if let Some(product) = moment.product {
        let (api, room) = (api.clone(), room.clone());
        leptos::task::spawn_local(async move {
            let found = shown_last(&api, &room, product).await;
            past.try_set(Some(found.unwrap_or_else(|| of_show(moment))));
        });
    }
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
                    <section class="room-show" aria-label=say(words::PLAYER)>{
                        let room = room.clone();
                        move || past.get().map(|past| view! { <Stall room=room.clone() past/> })
                    }</section>
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

/// What the address itself says.
fn of_show(moment: Moment) -> Past {
    Past { show: moment.show, start: moment.seconds.map(|seconds| seconds.to_string()) }
}

/// Where the product was shown last, in a show that can be watched again.
async fn shown_last(api: &Api, room: &str, product: i64) -> Option<Past> {
    // Without an answer the room is opened as it stands.
    let shows = api.shows(room).await.ok()?;
    shows.into_iter().filter(|show| show.replay.is_some()).find_map(|show| {
        let chapter = show.chapters.iter().rfind(|chapter| chapter.product == product)?;
        Some(Past { show: Some(show.id), start: Some(ServerTime(chapter.at.millis()).to_string()) })
    })
}
