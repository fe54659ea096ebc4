//! The media source and its buffers, in whichever home.

use gloo::events::EventListener;
use js_sys::Array;
use playback::{AppendFailure, Event, LaneId, RequestId, Span, Timeline};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MediaSource, MediaSourceReadyState, MessagePort, Url};

use crate::append_queue::{AppendQueue, Operation};
use crate::driver::Shared;
use crate::fetch::Fetches;
use crate::outbox::Message;
use crate::scope::{HandledSource, SourceClass};

/// A media source and its buffers.
pub(crate) struct Source {
    media: MediaSource,
    url: Option<String>,
    queues: Vec<AppendQueue>,
    /// To be set once no buffer is busy.
    duration: Option<f64>,
    end: bool,
    _listeners: [EventListener; 3],
}

impl Source {
    /// Makes a source and has the page attach it.
    pub(crate) fn open(class: &SourceClass, port: &MessagePort, shared: &Shared) -> Result<Self, JsValue> {
        let media = class.make()?;
        let listen = |name: &'static str, event: Event| {
            let shared = shared.clone();
            EventListener::new(&media, name, move |_| shared.dispatch(event.clone()))
        };
        let listeners = [
            listen("sourceopen", Event::SourceOpen),
            listen("startstreaming", Event::Streaming(true)),
            listen("endstreaming", Event::Streaming(false)),
        ];
        let handle = media.unchecked_ref::<HandledSource>().handle();
        let url = if handle.is_truthy() {
            let message = Message::new("attach").with("handle", handle.clone()).into_js();
            port.post_message_with_transferable(&message, &Array::of1(&handle))?;
            None
        } else {
            let url = Url::create_object_url_with_source(&media)?;
            port.post_message(&Message::new("attach").with("url", url.as_str()).into_js())?;
            Some(url)
        };
        Ok(Self { media, url, queues: Vec::new(), duration: None, end: false, _listeners: listeners })
    }

    /// Makes a lane's buffer, or changes its type.
    pub(crate) fn open_buffer(&mut self, lane: LaneId, mime: String, shared: &Shared) -> Vec<Event> {
        if let Some(queue) = self.queues.get_mut(lane) {
            return queue.push(Operation::ChangeType(mime));
        }
        match self.media.add_source_buffer(&mime) {
            Ok(buffer) => {
                self.queues.push(AppendQueue::new(lane, buffer, shared));
                Vec::new()
            }
            Err(_) => vec![Event::AppendFailed {
                lane,
                body: 0,
                failure: AppendFailure::Unsupported,
                buffered: Vec::new(),
            }],
        }
    }

    pub(crate) fn append(
        &mut self,
        lane: LaneId,
        body: RequestId,
        length: usize,
        offset: f64,
        fetches: &Fetches,
    ) -> Vec<Event> {
        let (Some(queue), Some(bytes)) = (self.queues.get_mut(lane), fetches.body(body)) else {
            let failure = AppendFailure::Decode;
            return vec![Event::AppendFailed { lane, body, failure, buffered: Vec::new() }];
        };
        self.end = false;
        let bytes = bytes.subarray(0, u32::try_from(length).unwrap_or(u32::MAX));
        queue.push(Operation::Append { body, bytes, offset })
    }

    pub(crate) fn remove(&mut self, lane: LaneId, span: Span) -> Vec<Event> {
        self.queues.get_mut(lane).map(|queue| queue.push(Operation::Remove(span))).unwrap_or_default()
    }

    /// A buffer spoke.
    pub(crate) fn browser_said(&mut self, lane: LaneId, failed: bool) -> Vec<Event> {
        let events = self.queues.get_mut(lane).map(|queue| queue.browser_said(failed)).unwrap_or_default();
        self.settle();
        events
    }

    pub(crate) fn set_duration(&mut self, duration: Option<f64>) {
        self.duration = Some(duration.unwrap_or(f64::INFINITY));
        self.settle();
    }

    pub(crate) fn end_of_stream(&mut self) {
        self.end = true;
        self.settle();
    }

    /// Live: lets the browser's own `seekable` say what the window holds.
    pub(crate) fn set_window(&self, timeline: &Timeline) {
        let span = timeline.seekable;
        if timeline.live && self.media.ready_state() == MediaSourceReadyState::Open && span.start < span.end {
            // Refused only when the source has just been closed; then it no longer matters.
            let _ = self.media.set_live_seekable_range(span.start.0.max(0.0), span.end.0.max(0.0));
        }
    }

    /// Does what had to wait for idle buffers.
    fn settle(&mut self) {
        if self.media.ready_state() != MediaSourceReadyState::Open
            || !self.queues.iter().all(AppendQueue::idle)
        {
            return;
        }
        if let Some(duration) = self.duration.take() {
            // The browser refuses to cut off what is buffered: then its own duration is the better one.
            let _ = js_sys::Reflect::set(&self.media, &"duration".into(), &duration.into());
        }
        if self.end {
            self.end = false;
            // Refused only when the source has just been closed.
            let _ = self.media.end_of_stream();
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        if let Some(url) = &self.url {
            // Revoking an address that is gone changes nothing.
            let _ = Url::revoke_object_url(url);
        }
    }
}
