//! Asks the timeline what to show: when the picture comes to the next change, when something new is known, and now and
//! then to keep what flies in step. Views are touched only when it changed; in between the page's thread is left alone.

use crate::{
    replay,
    show::{Core, Show, now_ms, update},
};
use gloo::{
    events::EventListener,
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use leptos::prelude::*;
use protocol::StreamTime;
use std::rc::Rc;

/// Longest time between two looks, in milliseconds: so soon is a jump of the picture seen that no event tells of.
const LOOK_MS: f64 = 200.0;

/// Changes closer than this, in milliseconds, are for the next frame.
const FRAME_MS: f64 = 16.0;

/// Comments that show within this time of each other, in milliseconds, come onto the screen together: each time costs the
/// page a style, a layout and a painting, and what flies is at the sky's very edge by then.
const GATHER_MS: i64 = 100;

/// What of the picture makes it move otherwise than before.
const MOVES: [&str; 5] = ["pause", "playing", "waiting", "seeked", "ratechange"];

/// What the next look waits for; dropping it calls the look off.
pub(crate) enum Next {
    /// For a time to pass.
    Sleep(#[expect(dead_code, reason = "held to be dropped")] Timeout),
    /// For the screen to be drawn: never in a hidden tab.
    Draw(#[expect(dead_code, reason = "held to be dropped")] AnimationFrame),
}

/// Looks for the first time, and whenever the picture begins to move otherwise as long as the listeners are held.
pub(crate) fn start(show: Show, core: &Rc<Core>) -> Vec<EventListener> {
    wake(show, core);
    let Some(element) = core.page.element.as_ref() else { return Vec::new() };
    let listen = |name| {
        let core = Rc::downgrade(core);
        EventListener::new(element, name, move |_| {
            if let Some(core) = core.upgrade() {
                wake(show, &core);
            }
        })
    };
    MOVES.into_iter().map(listen).collect()
}

/// Looks as soon as the screen is drawn.
pub(crate) fn wake(show: Show, core: &Rc<Core>) {
    if core.gone.get() || matches!(*core.next.borrow(), Some(Next::Draw(_))) {
        return;
    }
    let weak = Rc::downgrade(core);
    let frame = request_animation_frame(move |_| {
        if let Some(core) = weak.upgrade() {
            core.next.take();
            let pause = tick(show, &core);
            sleep(show, &core, pause);
        }
    });
    core.next.replace(Some(Next::Draw(frame)));
}

/// Looks within [`GATHER_MS`]: for what comes in crowds.
pub(crate) fn wake_soon(show: Show, core: &Rc<Core>) {
    if !core.soon.replace(true) && !matches!(*core.next.borrow(), Some(Next::Draw(_))) {
        core.next.take();
        sleep(show, core, GATHER_MS as f64);
    }
}

/// Looks again in so many milliseconds, unless something makes it look before.
fn sleep(show: Show, core: &Rc<Core>, pause: f64) {
    if pause < FRAME_MS {
        return wake(show, core);
    }
    if core.gone.get() || core.next.borrow().is_some() {
        return;
    }
    let weak = Rc::downgrade(core);
    let timeout = Timeout::new(pause as u32, move || {
        if let Some(core) = weak.upgrade() {
            wake(show, &core);
        }
    });
    core.next.replace(Some(Next::Sleep(timeout)));
}

/// Shows what there is to see now; answers when to look again, in milliseconds.
fn tick(show: Show, core: &Rc<Core>) -> f64 {
    let second = core.server_time();
    if second.millis().div_euclid(1_000) != show.now.get_untracked().millis().div_euclid(1_000) {
        show.now.set(second);
    }
    let Some(t) = show.playhead(core) else { return LOOK_MS };
    replay::look(show, core, t);
    if show.replay.with_untracked(Option::is_some) {
        update(show.playhead, StreamTime(t.millis() - t.millis().rem_euclid(1_000)));
    }
    let (now, rate) = (now_ms(), core.page.rate());
    let motion = core.follower.borrow_mut().on(now, t, rate);
    let jumped = core.timeline.borrow_mut().advance(t);
    if let Some(layer) = core.layer.borrow().as_ref() {
        layer.follow(motion, now);
    }
    let soon = core.soon.take();
    if jumped || soon || core.good_until.get().is_none_or(|until| t >= until) {
        draw(show, core, t, now);
    }
    let crowded =
        core.layer.borrow_mut().as_mut().is_some_and(|layer| layer.place(&core.follower.borrow(), now));
    if crowded {
        return 0.0;
    }
    let until = core.good_until.get().unwrap_or(t);
    ((until.millis() - t.millis()) as f64 / rate.max(0.01)).min(LOOK_MS)
}

/// Puts the frame at `t` on the screen.
fn draw(show: Show, core: &Core, t: StreamTime, now: f64) {
    let mut timeline = core.timeline.borrow_mut();
    let frame = timeline.at(t);
    // When nothing is to come, look again in a while all the same.
    core.good_until.set(Some(timeline.next_look(t, GATHER_MS).unwrap_or(t.plus(60_000))));
    drop(timeline);
    if let Some(layer) = core.layer.borrow_mut().as_mut() {
        layer.show(&frame.flights, &core.follower.borrow(), now);
    }
    update(show.pinned, frame.pinned);
    update(show.coupons, frame.coupons);
    update(show.packets, frame.packets);
    update(show.toasts, frame.toasts);
    update(show.banner, frame.banner);
    update(show.trays, frame.trays);
    update(show.luxury, frame.luxury);
    update(show.likes, frame.likes);
    update(show.chat, frame.chat);
    update(show.chat_below, frame.chat_below);
    update(show.liked, frame.liked);
}
