//! What viewers see, how far behind, how many they are; and the end of the show.

use super::desk::shared;
use super::sales::Sales;
use super::zones::{Drawing, ZoneBar, ZoneLayer};
use crate::stall::Stall;
use crate::task::{Task, TaskError};
use crate::ui::Confirm;
use crate::words::{lang, say, studio};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use overlay::{api::Api, money};
use protocol::{Command, RoomStatus};

/// Latency drifts slowly.
const LOOK_MS: u32 = 1_000;

/// The preview and its figures.
#[component]
pub(super) fn Monitor() -> impl IntoView {
    let shared = shared();
    let viewers = shared.part(|show| show.viewers);
    let likes = shared.part(|show| show.likes);
    let sales =
        Memo::new(move |_| shared.orders.with(|orders| Sales::of(orders.ready().map_or(&[], Vec::as_slice))));
    let more = move || sales.with(|sales| if sales.more { "+" } else { "" });
    let paid = move || format!("{}{}", sales.with(|sales| sales.paid), more());
    let drawing = Drawing::new();
    let lang = lang();
    let revenue = move || match sales.with(|sales| sales.sums.clone()).as_slice() {
        [] => "–".to_owned(),
        sums => sums.iter().map(|sum| money::format(*sum, lang.get())).collect::<Vec<_>>().join(" + "),
    };
    view! {
        <section class="panel monitor" aria-label=say(studio::PREVIEW)>
            <div class="monitor-screen">
                <Stall room=shared.room_id() picture=shared.picture/>
                <ZoneLayer drawing/>
            </div>
            <dl class="monitor-figures">
                <div><dt>{say(studio::VIEWERS)}</dt><dd>{viewers}</dd></div>
                <div><dt>{say(studio::LIKES)}</dt><dd>{likes}</dd></div>
                <div><dt>{say(studio::LATENCY)}</dt><dd><Latency/></dd></div>
                <div><dt>{say(studio::SOLD)}</dt><dd>{paid}</dd></div>
                <div><dt>{say(studio::REVENUE)}</dt><dd>{revenue}{more}</dd></div>
            </dl>
            <ZoneBar drawing/>
            <EndShow/>
        </section>
    }
}

#[component]
fn Latency() -> impl IntoView {
    let picture = shared().picture;
    let lang = lang();
    let seconds = RwSignal::new(None);
    let looks = Interval::new(LOOK_MS, move || {
        seconds.try_set(picture.latency());
    });
    let looks = StoredValue::new_local(Some(looks));
    on_cleanup(move || looks.set_value(None));
    move || match seconds.get() {
        Some(seconds) => studio::SECONDS.get(lang.get()).replace("{}", &format!("{seconds:.1}")),
        None => "–".to_owned(),
    }
}

#[component]
fn EndShow() -> impl IntoView {
    let shared = shared();
    let api = expect_context::<Api>();
    let task = Task::new();
    let status = shared.part(|show| show.status);
    let off_air = Signal::derive(move || {
        task.pending() || !matches!(status.get(), Some(RoomStatus::Live | RoomStatus::Away))
    });
    let end = move || {
        let (api, room) = (api.clone(), shared.room_id());
        task.run(async move { api.command(&room, &Command::EndShow).await }, |_| {});
    };
    view! {
        <div class="monitor-end">
            <TaskError task/>
            <Confirm label=studio::END_SHOW question=studio::END_QUESTION hint=studio::END_HINT disabled=off_air act=end
                class="button button-danger-quiet"/>
        </div>
    }
}
