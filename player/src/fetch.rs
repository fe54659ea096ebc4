//! Requests in flight. Tries nothing again: that is the engine's to decide.

use js_sys::Uint8Array;
use playback::{BodyKind, Event, Fetch, FetchFailure, RequestId, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, RequestMode};

use crate::driver::Shared;
use crate::scope;

/// Requests in flight, and the bodies that the engine still needs.
#[derive(Default)]
pub(crate) struct Fetches {
    running: Vec<(RequestId, AbortController)>,
    bodies: Vec<(RequestId, Uint8Array)>,
}

impl Fetches {
    /// Sends a request; its outcome reaches the engine later.
    pub(crate) fn send(&mut self, fetch: Fetch, shared: Shared) {
        let Ok(controller) = AbortController::new() else { return };
        let signal = controller.signal();
        self.running.push((fetch.request, controller));
        spawn_local(async move {
            let request = fetch.request;
            let outcome = load(&fetch, &signal).await;
            // Aborted: nothing is to be heard of it any more.
            if !shared.with(|driver| driver.fetches.finish(request)).unwrap_or(false) {
                return;
            }
            let event = match outcome {
                Ok((response, bytes)) => {
                    if fetch.body == BodyKind::Media {
                        shared.with(|driver| driver.fetches.bodies.push((request, bytes)));
                    }
                    Event::Response(response)
                }
                Err(failure) => Event::Failed { request, failure },
            };
            shared.dispatch(event);
        });
    }

    pub(crate) fn abort(&mut self, request: RequestId) {
        if let Some(place) = self.running.iter().position(|(id, _)| *id == request) {
            self.running.swap_remove(place).1.abort();
        }
    }

    pub(crate) fn forget(&mut self, body: RequestId) {
        self.bodies.retain(|(id, _)| *id != body);
    }

    pub(crate) fn body(&self, body: RequestId) -> Option<&Uint8Array> {
        self.bodies.iter().find(|(id, _)| *id == body).map(|(_, bytes)| bytes)
    }

    fn finish(&mut self, request: RequestId) -> bool {
        let place = self.running.iter().position(|(id, _)| *id == request);
        place.map(|place| self.running.swap_remove(place)).is_some()
    }
}

async fn load(fetch: &Fetch, signal: &web_sys::AbortSignal) -> Result<(Response, Uint8Array), FetchFailure> {
    let network = |_: JsValue| FetchFailure::Network;
    let init = RequestInit::new();
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(Some(signal));
    if let Some(range) = fetch.range {
        let headers = Headers::new().map_err(network)?;
        let last = range.end().saturating_sub(1);
        let value = ["bytes=", &range.offset.to_string(), "-", &last.to_string()].concat();
        headers.set("Range", &value).map_err(network)?;
        init.set_headers(&headers);
    }
    let answer = JsFuture::from(scope::fetch(&fetch.uri, &init)).await.map_err(network)?;
    let answer: web_sys::Response = answer.unchecked_into();
    let first_byte = scope::now();
    let announced = answer.headers().get("content-length").ok().flatten().and_then(|text| text.parse().ok());
    if announced.is_some_and(|length: usize| length > fetch.limit) {
        return Err(FetchFailure::TooLarge);
    }
    let buffer = JsFuture::from(answer.array_buffer().map_err(network)?).await.map_err(network)?;
    let mut bytes = Uint8Array::new(&buffer);
    // A server that knows no ranges sends everything.
    if let Some(range) =
        fetch.range.filter(|range| answer.status() == 200 && u64::from(bytes.length()) > range.length)
    {
        let at = |position: u64| u32::try_from(position).unwrap_or(u32::MAX);
        bytes = bytes.subarray(at(range.offset), at(range.end()));
    }
    if bytes.length() as usize > fetch.limit {
        return Err(FetchFailure::TooLarge);
    }
    let uri = Some(answer.url()).filter(|uri| !uri.is_empty()).unwrap_or_else(|| fetch.uri.clone());
    let response =
        Response { request: fetch.request, status: answer.status(), uri, body: bytes.to_vec(), first_byte };
    Ok((response, bytes))
}
