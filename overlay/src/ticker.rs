//! Asks the timeline what to show, as often as the screen is drawn; views are touched only when it changed.

use crate::show::{Core, Show, now_ms, update};
use gloo::render::{AnimationFrame, request_animation_frame};
use leptos::prelude::*;
use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

/// Runs until dropped.
pub(crate) struct Ticker(Rc<RefCell<Option<AnimationFrame>>>);

impl Ticker {
    pub(crate) fn start(show: Show, core: &Rc<Core>) -> Self {
        let frame = Rc::new(RefCell::new(None));
        schedule(show, Rc::downgrade(core), &frame);
        Self(frame)
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.0.take();
    }
}

fn schedule(show: Show, core: Weak<Core>, slot: &Rc<RefCell<Option<AnimationFrame>>>) {
    let again = Rc::downgrade(slot);
    let frame = request_animation_frame(move |_| {
        let (Some(alive), Some(slot)) = (core.upgrade(), again.upgrade()) else { return };
        tick(show, &alive);
        schedule(show, core, &slot);
    });
    slot.replace(Some(frame));
}

fn tick(show: Show, core: &Core) {
    let second = core.server_time();
    if second.millis().div_euclid(1_000) != show.now.get_untracked().millis().div_euclid(1_000) {
        show.now.set(second);
    }
    let status = show.room.with_untracked(|room| room.as_ref().map(|room| room.status));
    let Some(t) = core.playhead(status) else { return };
    let now = now_ms();
    let motion = core.follower.borrow_mut().on(now, t, core.page.rate());
    let jumped = core.timeline.borrow_mut().advance(t);
    let good = !jumped && core.good_until.get().is_some_and(|until| t < until);
    let mut layer = core.layer.borrow_mut();
    if let Some(layer) = layer.as_mut() {
        layer.follow(motion, now);
    }
    if good {
        return;
    }
    let mut timeline = core.timeline.borrow_mut();
    let frame = timeline.at(t);
    // When nothing is to come, look again in a while all the same.
    core.good_until.set(Some(timeline.next_change(t).unwrap_or(t.plus(60_000))));
    drop(timeline);
    if let Some(layer) = layer.as_mut() {
        layer.show(&frame.flights, &core.follower.borrow(), now);
    }
    drop(layer);
    update(show.pinned, frame.pinned);
    update(show.coupons, frame.coupons);
    update(show.toasts, frame.toasts);
    update(show.chat, frame.chat);
}
