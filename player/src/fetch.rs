//! Requests in flight. Tries nothing again: that is the engine's to decide.

use js_sys::Uint8Array;
use playback::{BodyKind, Event, Fetch, FetchFailure, RequestId, Response};
use wasm_bindgen::prelude::*;

use crate::driver::Shared;
use crate::scope;

/// Statuses that no HTTP answer has, as `requests.js` gives them.
const NETWORK: u16 = 0;
const TOO_LARGE: u16 = 1;

#[wasm_bindgen]
extern "C" {
    /// The home's way to the network: `requests.js` beside the loader.
    #[derive(Debug)]
    pub type Requests;

    /// Sends one, for the bytes from `start` up to `end`, or for everything when `end` is 0.
    #[wasm_bindgen(method)]
    fn send(this: &Requests, request: RequestId, uri: &str, start: f64, end: f64, limit: f64);

    /// Nothing is heard of it any more.
    #[wasm_bindgen(method)]
    fn abort(this: &Requests, request: RequestId);

    #[wasm_bindgen(method, setter)]
    fn set_heard(this: &Requests, heard: &Closure<Heard>);
}

/// Hears the number, the status, the address that answered, the body and the milliseconds that it took, its head aside.
type Heard = dyn FnMut(RequestId, u16, String, Uint8Array, f64);

/// Requests in flight, and the bodies that the engine still needs.
pub(crate) struct Fetches {
    requests: Requests,
    running: Vec<(RequestId, BodyKind)>,
    bodies: Vec<(RequestId, Uint8Array)>,
    heard: Option<Closure<Heard>>,
}

impl Fetches {
    pub(crate) fn new(requests: Requests) -> Self {
        Self { requests, running: Vec::new(), bodies: Vec::new(), heard: None }
    }

    /// Has every outcome told to the engine.
    pub(crate) fn tell(&mut self, shared: Shared) {
        let heard: Closure<Heard> = Closure::new(move |request, status, uri, bytes, took| {
            let event =
                shared.with(|driver| driver.fetches.outcome(request, status, uri, bytes, took)).flatten();
            if let Some(event) = event {
                shared.dispatch(event);
            }
        });
        self.requests.set_heard(&heard);
        self.heard = Some(heard);
    }

    /// Sends a request; its outcome reaches the engine later.
    pub(crate) fn send(&mut self, fetch: &Fetch) {
        self.running.push((fetch.request, fetch.body));
        let (start, end) = fetch.range.map_or((0, 0), |range| (range.offset, range.end()));
        self.requests.send(fetch.request, &fetch.uri, start as f64, end as f64, fetch.limit as f64);
    }

    pub(crate) fn abort(&mut self, request: RequestId) {
        if self.finish(request).is_some() {
            self.requests.abort(request);
        }
    }

    pub(crate) fn forget(&mut self, body: RequestId) {
        self.bodies.retain(|(id, _)| *id != body);
    }

    pub(crate) fn body(&self, body: RequestId) -> Option<&Uint8Array> {
        self.bodies.iter().find(|(id, _)| *id == body).map(|(_, bytes)| bytes)
    }

    fn outcome(
        &mut self,
        request: RequestId,
        status: u16,
        uri: String,
        bytes: Uint8Array,
        took: f64,
    ) -> Option<Event> {
        let kind = self.finish(request)?;
        let failure = match status {
            NETWORK => FetchFailure::Network,
            TOO_LARGE => FetchFailure::TooLarge,
            _ => {
                let body = bytes.to_vec();
                if kind == BodyKind::Media {
                    self.bodies.push((request, bytes));
                }
                let first_byte = scope::moments_ago(took);
                return Some(Event::Response(Response { request, status, uri, body, first_byte }));
            }
        };
        Some(Event::Failed { request, failure })
    }

    fn finish(&mut self, request: RequestId) -> Option<BodyKind> {
        let place = self.running.iter().position(|(id, _)| *id == request)?;
        Some(self.running.swap_remove(place).1)
    }
}
