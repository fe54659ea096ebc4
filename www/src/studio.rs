//! The host's studio: one room's picture, cards, chat and orders, and what the host may do with them.
//!
//! Nothing is shown as done because it was clicked: the room's events say what happened.

mod chat;
mod command;
mod coupon_form;
mod coupons;
mod desk;
mod encoder;
mod entry;
mod monitor;
mod orders;
mod product_edit;
mod product_form;
mod products;
mod sales;
mod show;
mod zones;

use crate::load::{Load, show as show_load};
use crate::session::{Who, session};
use crate::ui::{Empty, LogInFirst, Shape, Waiting};
use crate::words::{say, studio};
use desk::Desk;
use leptos::{prelude::*, task::spawn_local};
use overlay::api::{Api, ApiError};
use protocol::RoomWithKey;

pub(crate) use entry::{check_image, is_filled};

/// The page of `room`'s studio.
#[component]
pub(crate) fn Studio(room: String) -> impl IntoView {
    let session = session();
    // Asked anew when another user logs in, not whenever the session is looked at.
    let who = Memo::new(move |_| session.who());
    let here = format!("/studio/{room}");
    move || match who.get() {
        Who::Unknown => view! { <Waiting/> }.into_any(),
        Who::Guest => view! { <LogInFirst next=here.clone()/> }.into_any(),
        Who::User(_) => view! { <Door room=room.clone()/> }.into_any(),
    }
}

/// Lets the room's owner in: whoever may see the stream key.
#[component]
fn Door(room: String) -> impl IntoView {
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
            other => show_load(other, |owned| view! { <Desk owned=owned.clone()/> }),
        })
    }
}
