//! One source buffer takes one operation at a time: the others wait here, in order.

use std::collections::VecDeque;

use gloo::events::EventListener;
use js_sys::{Reflect, Uint8Array};
use playback::{AppendFailure, Event, LaneId, MediaTime, RequestId, Span};
use wasm_bindgen::JsValue;
use web_sys::SourceBuffer;

use crate::driver::Shared;

/// Something to do with a source buffer.
pub(crate) enum Operation {
    Append { body: RequestId, bytes: Uint8Array, offset: f64 },
    Remove(Span),
    ChangeType(String),
}

/// A source buffer and what waits for it.
pub(crate) struct AppendQueue {
    lane: LaneId,
    buffer: SourceBuffer,
    waiting: VecDeque<Operation>,
    running: Option<Operation>,
    /// The browser said `error` for what runs.
    failed: bool,
    _listeners: [EventListener; 2],
}

impl AppendQueue {
    pub(crate) fn new(lane: LaneId, buffer: SourceBuffer, shared: &Shared) -> Self {
        let listen = |name: &'static str, failed: bool| {
            let shared = shared.clone();
            EventListener::new(&buffer, name, move |_| shared.buffer_event(lane, failed))
        };
        let listeners = [listen("updateend", false), listen("error", true)];
        Self { lane, buffer, waiting: VecDeque::new(), running: None, failed: false, _listeners: listeners }
    }

    pub(crate) fn push(&mut self, operation: Operation) -> Vec<Event> {
        self.waiting.push_back(operation);
        self.pump()
    }

    pub(crate) fn idle(&self) -> bool {
        self.waiting.is_empty() && self.running.is_none()
    }

    /// The browser is done with what ran (`updateend`), or says that it failed (`error`, which comes before).
    pub(crate) fn browser_said(&mut self, failed: bool) -> Vec<Event> {
        if failed {
            self.failed = true;
            return Vec::new();
        }
        let mut events = Vec::new();
        let failed = std::mem::take(&mut self.failed).then_some(AppendFailure::Decode);
        if let Some(done) = self.running.take() {
            events.extend(self.outcome(&done, failed));
        }
        events.extend(self.pump());
        events
    }

    /// Starts operations until one runs.
    fn pump(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while self.running.is_none() {
            let Some(operation) = self.waiting.pop_front() else { break };
            match self.begin(&operation) {
                Ok(()) if self.buffer.updating() => self.running = Some(operation),
                Ok(()) => events.extend(self.outcome(&operation, None)),
                Err(error) => events.extend(self.outcome(&operation, Some(failure(&error)))),
            }
        }
        events
    }

    fn begin(&self, operation: &Operation) -> Result<(), JsValue> {
        match operation {
            Operation::Append { bytes, offset, .. } => {
                if (self.buffer.timestamp_offset() - offset).abs() > 1e-7 {
                    // Closes a segment that was cut short, or the offset could not be set.
                    self.buffer.abort()?;
                    self.buffer.set_timestamp_offset(*offset);
                }
                self.buffer.append_buffer_with_array_buffer_view(bytes)
            }
            Operation::Remove(span) => self.buffer.remove(span.start.0.max(0.0), span.end.0),
            Operation::ChangeType(mime) => {
                self.buffer.abort()?;
                self.buffer.change_type(mime)
            }
        }
    }

    fn outcome(&self, operation: &Operation, failure: Option<AppendFailure>) -> Option<Event> {
        let (lane, buffered) = (self.lane, self.buffered());
        match (operation, failure) {
            (Operation::Append { body, .. }, None) => Some(Event::Appended { lane, body: *body, buffered }),
            (Operation::Append { body, .. }, Some(failure)) => {
                Some(Event::AppendFailed { lane, body: *body, failure, buffered })
            }
            (Operation::Remove(_), _) => Some(Event::Removed { lane, buffered }),
            (Operation::ChangeType(_), None) => None,
            (Operation::ChangeType(_), Some(_)) => {
                Some(Event::AppendFailed { lane, body: 0, failure: AppendFailure::Unsupported, buffered })
            }
        }
    }

    fn buffered(&self) -> Vec<Span> {
        let Ok(ranges) = self.buffer.buffered() else { return Vec::new() };
        (0..ranges.length())
            .filter_map(|index| {
                Some(Span {
                    start: MediaTime(ranges.start(index).ok()?),
                    end: MediaTime(ranges.end(index).ok()?),
                })
            })
            .collect()
    }
}

fn failure(error: &JsValue) -> AppendFailure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError") => AppendFailure::Quota,
        Some("NotSupportedError") => AppendFailure::Unsupported,
        _ => AppendFailure::Decode,
    }
}
