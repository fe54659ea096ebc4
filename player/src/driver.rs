//! Carries events to the engine and performs its actions, one after another.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use playback::{Action, Engine, Event, LaneId, Platform};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use crate::fetch::{Fetches, Requests};
use crate::inbox;
use crate::outbox::{self, Message};
use crate::scope::{self, SourceClass};
use crate::source::Source;

/// One player.
pub(crate) struct Driver {
    engine: Engine,
    port: MessagePort,
    class: SourceClass,
    source: Option<Source>,
    pub(crate) fetches: Fetches,
    /// What performing actions brought about, still to be told to the engine.
    pending: VecDeque<Event>,
    timer: Option<Timeout>,
    /// Hear the page and the network, and keep the player alive while they do.
    listeners: Option<[EventListener; 2]>,
}

/// A way back to the driver for whoever hears of something; does nothing once the player is gone.
#[derive(Clone)]
pub(crate) struct Shared(Weak<RefCell<Driver>>);

impl Shared {
    /// Works on the driver, if it is still there.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Driver) -> T) -> Option<T> {
        let driver = self.0.upgrade()?;
        let mut driver = driver.try_borrow_mut().ok()?;
        Some(work(&mut driver))
    }

    /// Tells the engine, and performs what follows.
    pub(crate) fn dispatch(&self, event: Event) {
        self.with(|driver| {
            driver.pending.push_back(event);
            driver.turn(self);
        });
    }

    /// A source buffer spoke.
    pub(crate) fn buffer_event(&self, lane: LaneId, failed: bool) {
        self.with(|driver| {
            let events = driver.source.as_mut().map(|source| source.browser_said(lane, failed));
            driver.pending.extend(events.unwrap_or_default());
            driver.turn(self);
        });
    }
}

/// Runs a player on a port.
pub(crate) fn run(port: &MessagePort, requests: Requests) {
    let Some(class) = SourceClass::find() else { return without_source(port) };
    let supports = class.clone();
    let platform = Platform { supports: Box::new(move |mime| supports.supports(mime)) };
    let driver = Rc::new(RefCell::new(Driver {
        engine: Engine::new(platform),
        port: port.clone(),
        class,
        source: None,
        fetches: Fetches::new(requests),
        pending: VecDeque::new(),
        timer: None,
        listeners: None,
    }));
    let shared = Shared(Rc::downgrade(&driver));
    driver.borrow_mut().fetches.tell(shared.clone());
    let online = {
        let shared = shared.clone();
        EventListener::new(js_sys::global().unchecked_ref(), "online", move |_| {
            shared.dispatch(Event::Online);
        })
    };
    let alive = driver.clone();
    let listener = listen(port, move |message| {
        let Some(event) = message.read() else { return };
        let last = event == Event::Stop;
        shared.dispatch(event);
        if last {
            // The page will not come back to this player: nothing keeps it alive any more.
            drop(alive.borrow_mut().listeners.take());
        }
    });
    driver.borrow_mut().listeners = Some([listener, online]);
}

/// A browser with no media source at all: what is asked for is handed back for the browser to play by itself.
fn without_source(port: &MessagePort) {
    let back = port.clone();
    let listener = listen(port, move |message| {
        if let Some(Event::Load(load)) = message.read() {
            post(&back, Message::new("native").with("src", load.uri.as_str()));
        }
    });
    listener.forget();
}

fn listen(port: &MessagePort, mut hear: impl FnMut(&inbox::Message) + 'static) -> EventListener {
    let listener = EventListener::new(port, "message", move |event| {
        let data = event.unchecked_ref::<MessageEvent>().data();
        if data.is_object() {
            hear(data.unchecked_ref());
        }
    });
    port.start();
    listener
}

fn post(port: &MessagePort, message: Message) {
    // Plain objects can always be cloned.
    let _: Result<(), JsValue> = port.post_message(&message.into_js());
}

impl Driver {
    /// Lets the engine think and does what it says, until both are quiet.
    fn turn(&mut self, shared: &Shared) {
        while let Some(event) = self.pending.pop_front() {
            self.engine.on(event, scope::now());
            while let Some(action) = self.engine.next_action() {
                self.perform(action, shared);
            }
        }
        self.timer = self.engine.wake_at().map(|at| {
            let millis = at.saturating_sub(scope::now()).as_millis();
            let shared = shared.clone();
            Timeout::new(u32::try_from(millis).unwrap_or(u32::MAX).saturating_add(1), move || {
                shared.dispatch(Event::Timer);
            })
        });
    }

    fn perform(&mut self, action: Action, shared: &Shared) {
        match action {
            Action::Fetch(fetch) => self.fetches.send(&fetch),
            Action::Abort(request) => self.fetches.abort(request),
            Action::Forget(body) => self.fetches.forget(body),
            Action::OpenSource => match Source::open(&self.class, &self.port, shared) {
                Ok(source) => self.source = Some(source),
                Err(_) => post(&self.port, Message::new("native")),
            },
            Action::OpenBuffer { lane, mime } => {
                self.on_source(|source, _| source.open_buffer(lane, mime, shared));
            }
            Action::Append { lane, body, length, offset } => {
                self.on_source(|source, fetches| source.append(lane, body, length, offset, fetches));
            }
            Action::Remove { lane, span } => self.on_source(|source, _| source.remove(lane, span)),
            Action::Duration(duration) => self.on_source(|source, _| {
                source.set_duration(duration);
                Vec::new()
            }),
            Action::EndOfStream => self.on_source(|source, _| {
                source.end_of_stream();
                Vec::new()
            }),
            Action::Seek(time) => self.post(Message::new("seek").with("time", time.0)),
            Action::Rate(rate) => self.post(Message::new("rate").with("rate", rate)),
            Action::Timeline(timeline) => {
                if let Some(source) = &self.source {
                    source.set_window(&timeline);
                }
                self.post(Message::timeline(&timeline));
            }
            Action::State(state) => self.post(Message::state(state)),
            Action::Error(error) => self.post(Message::error(&error)),
            Action::Cue(cue) => self.post(Message::cue(&cue)),
            Action::Stats(stats) => self.post(Message::stats(&stats)),
            Action::Renditions { audio, heard, subtitles } => {
                self.post(Message::renditions(&audio, heard, &subtitles));
            }
            Action::Captions { track, segment, cues } => {
                self.post(Message::captions(track, segment).with("cues", outbox::captions(&cues)));
            }
            Action::DropCaptions { track, segment } => self.post(Message::captions(track, segment)),
            Action::Qualities { list, current } => self.post(Message::qualities(&list, current)),
        }
    }

    fn on_source(&mut self, work: impl FnOnce(&mut Source, &Fetches) -> Vec<Event>) {
        if let Some(source) = &mut self.source {
            self.pending.extend(work(source, &self.fetches));
        }
    }

    fn post(&self, message: Message) {
        post(&self.port, message);
    }
}
