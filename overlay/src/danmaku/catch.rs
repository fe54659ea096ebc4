//! Catches flying comments: by a click or a tap, by a mouse that rests on one, by the keyboard. Nothing of the sky takes
//! a pointer, so that the picture below stays within reach: the element's own events are looked at before it.

use super::Caught;
use crate::show::{Core, Show};
use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};
use timeline::Flight;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

/// A mouse that rests this long on a comment means it.
const REST_MS: u32 = 140;

/// What is not the bare picture: what lies there takes the click.
const SOLID: &str = "button, input, a, label, .sheet, .scrim, .lines, .card, .caught";

/// Listens as long as the listeners are held.
pub(crate) fn catch(show: Show, core: &Rc<Core>) -> Vec<EventListener> {
    let Some(element) = core.page.element.clone() else { return Vec::new() };
    let first = EventListenerOptions { phase: gloo::events::EventListenerPhase::Capture, passive: false };
    let (clicked, rested) = (Rc::downgrade(core), Rc::downgrade(core));
    let click = EventListener::new_with_options(&element, "click", first, move |event| {
        let Some(core) = clicked.upgrade().filter(|_| is_bare(event)) else { return };
        match at(show, &core, event) {
            Some(flight) => {
                // Not meant for the picture, which would pause.
                event.stop_propagation();
                show.catch(&core, &flight, true);
            }
            None => show.let_go(),
        }
    });
    let waiting: RefCell<Option<Timeout>> = RefCell::default();
    let rest = EventListener::new(&element, "pointermove", move |event| {
        let is_mouse = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "mouse");
        if !is_mouse || !is_bare(event) {
            waiting.replace(None);
            return;
        }
        let (core, event) = (rested.clone(), event.clone());
        waiting.replace(Some(Timeout::new(REST_MS, move || {
            let Some(core) = core.upgrade().filter(|core| !core.gone.get()) else { return };
            let pinned =
                show.caught.with_untracked(|caught| caught.as_ref().is_some_and(|caught| caught.pinned));
            if pinned {
                return;
            }
            match at(show, &core, &event) {
                Some(flight) => show.catch(&core, &flight, false),
                None => show.let_go(),
            }
        })));
    });
    vec![click, rest]
}

/// Whether the event is on the bare picture.
fn is_bare(event: &Event) -> bool {
    let target = event.composed_path().get(0);
    target
        .dyn_ref::<Element>()
        .is_some_and(|target| !target.closest(SOLID).is_ok_and(|solid| solid.is_some()))
}

/// The comment under the pointer.
fn at(show: Show, core: &Core, event: &Event) -> Option<Flight> {
    let pointer = event.dyn_ref::<web_sys::MouseEvent>()?;
    let sky = core.sky.borrow().as_ref()?.get_bounding_client_rect();
    let (x, y) = (f64::from(pointer.client_x()) - sky.left(), f64::from(pointer.client_y()) - sky.top());
    let row = core.row.get();
    if row <= 0.0 || y < 0.0 || y >= sky.height() {
        return None;
    }
    let t = show.playhead(core)?;
    core.timeline.borrow_mut().flight_at(t, x, (y / row) as usize)
}

impl Show {
    /// Holds a comment, and offers what can be done with it. One that is not `pinned` is let go when the mouse leaves.
    pub(crate) fn catch(self, core: &Rc<Core>, flight: &Flight, pinned: bool) {
        let same = self.caught.with_untracked(|caught| {
            caught.as_ref().is_some_and(|caught| caught.key == flight.key && caught.pinned == pinned)
        });
        let Some(t) = self.playhead(core).filter(|_| !same) else { return };
        self.let_go();
        let caught = {
            let mut timeline = core.timeline.borrow_mut();
            timeline.hold(flight.key, t);
            let (left, below) =
                (flight.left(t, timeline.stage().width), (flight.row + 1) as f64 * core.row.get());
            let (x, y) =
                core.sky.borrow().as_ref().map_or((0, 0), |sky| (sky.offset_left(), sky.offset_top()));
            let place = (f64::from(x) + left.max(0.0), f64::from(y) + below);
            Caught::new(flight, timeline.said(flight.key), place, pinned)
        };
        self.caught.set(Some(caught));
        self.redraw(core);
    }

    /// Holds the next flying comment, for who has no pointer.
    pub(crate) fn catch_next(self) {
        let core = self.core();
        let Some(t) = self.playhead(&core) else { return };
        let flights = core.timeline.borrow_mut().at(t).flights;
        let before = self.caught.with_untracked(|caught| caught.as_ref().map(|caught| caught.key));
        let after = flights.iter().filter(|flight| before.is_none_or(|before| flight.key > before));
        if let Some(flight) = after.min_by_key(|flight| flight.key).or_else(|| flights.first()) {
            self.catch(&core, flight, true);
        }
    }

    /// Lets the held comment go on.
    pub(crate) fn let_go(self) {
        let Some(caught) = self.caught.with_untracked(Clone::clone) else { return };
        self.caught.set(None);
        let core = self.core();
        if let Some(t) = self.playhead(&core) {
            core.timeline.borrow_mut().release(caught.key, t);
        }
        self.redraw(&core);
    }
}
