//! A show that is over, seen again: its log into the timeline, and a bar to move in it. Which show it is the picture says:
//! its clock reads the time at which the show was on.

mod bar;

use crate::{
    api::ApiError,
    show::{Core, Show, update},
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use protocol::{Show as Past, StreamTime};
use std::rc::Rc;
use timeline::Arrival;

pub(crate) use bar::ReplayBar;

/// Events asked for at once: what is read and inserted without a frame being missed.
const PAGE: u32 = 500;

/// A picture this far outside a show is of another, in milliseconds: clocks of encoders drift.
const SLACK_MS: i64 = 10_000;

/// How long until what could not be loaded is tried again, in milliseconds.
const AGAIN_MS: u32 = 5_000;
const MOST_TRIES: u32 = 5;

/// Sees to it that the timeline has what belongs to the picture at `t`. To be told often; costs nothing when it has.
pub(crate) fn look(show: Show, core: &Rc<Core>, t: StreamTime) {
    if core.page.room.is_none() || core.page.clock().is_none() {
        return;
    }
    let replays = core.page.replays();
    let known = show.replay.with_untracked(|past| past.as_ref().is_some_and(|past| is_of(past, t)));
    match (replays, core.replays.get()) {
        (true, true) if known || core.loading.get() => {}
        (true, _) => load(show, core, t),
        (false, true) => leave(show, core),
        (false, false) => {}
    }
}

fn is_of(past: &Past, t: StreamTime) -> bool {
    let end = past.end.unwrap_or(past.start).plus(SLACK_MS);
    (past.start.plus(-SLACK_MS)..=end).contains(&t)
}

fn load(show: Show, core: &Rc<Core>, t: StreamTime) {
    core.replays.set(true);
    core.loading.set(true);
    let loading = core.clone();
    show.spawn(async move {
        match find_and_fill(show, &loading, t).await {
            Ok(true) => {
                loading.loading.set(false);
                loading.failures.set(0);
            }
            // The log may be a moment behind the picture's end.
            Ok(false) => again(&loading),
            Err(error) => {
                show.complain(&error);
                again(&loading);
            }
        }
    });
}

/// Lets the next look after a while begin anew, unless it was tried often enough: the picture is of no show of the room's.
fn again(core: &Rc<Core>) {
    core.failures.set(core.failures.get() + 1);
    if core.failures.get() >= MOST_TRIES {
        return;
    }
    let core = Rc::downgrade(core);
    Timeout::new(AGAIN_MS, move || {
        if let Some(core) = core.upgrade() {
            core.loading.set(false);
        }
    })
    .forget();
}

/// Finds the show that the picture at `t` is of, and fills the timeline from its log. Whether there is one.
async fn find_and_fill(show: Show, core: &Rc<Core>, t: StreamTime) -> Result<bool, ApiError> {
    let Some(room) = core.page.room.clone() else { return Ok(false) };
    let shows = core.api.shows(&room).await?;
    let Some(past) = shows.into_iter().filter(|past| past.end.is_some()).find(|past| is_of(past, t)) else {
        return Ok(false);
    };
    let seen = core.seen.get();
    let products = core.api.products(&room).await?;
    let mut page = core.api.show_events(&room, past.id, 0, PAGE).await?;
    core.timeline.borrow_mut().begin_replay(products, seen);
    let id = past.id;
    show.replay.set(Some(past));
    loop {
        let (count, last) = (page.len(), page.last().map_or(0, |event| event.seq));
        core.timeline.borrow_mut().insert_all(page, Arrival::Missed);
        show.refresh_products(core);
        show.redraw(core);
        if count == 0 || !core.replays.get() {
            return Ok(true);
        }
        page = core.api.show_events(&room, id, last, PAGE).await?;
    }
}

/// The picture is live again: what was seen of the past is forgotten, and the room asked for as it stands.
fn leave(show: Show, core: &Rc<Core>) {
    core.replays.set(false);
    core.loading.set(false);
    core.failures.set(0);
    update(show.replay, None);
    core.timeline.borrow_mut().clear();
    show.listen(core);
    show.redraw(core);
}
