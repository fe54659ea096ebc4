use axum::extract::ws::Utf8Bytes;
use protocol::{Event, ServerFrame};
use std::borrow::Borrow;
use std::sync::Arc;

/// An event with its frame, encoded once for all sockets.
#[derive(Debug, Clone)]
pub(super) struct Entry(Arc<(Event, Utf8Bytes)>);

impl Entry {
    /// Encodes the event.
    pub(super) fn new(event: Event) -> Self {
        let frame = ServerFrame::Event(event.clone());
        // Plain types of ours always encode.
        let text = serde_json::to_string(&frame).unwrap_or_default();
        Self(Arc::new((event, text.into())))
    }

    /// The event.
    pub(super) fn event(&self) -> &Event {
        &self.0.0
    }

    /// Its frame.
    pub(super) fn frame(&self) -> Utf8Bytes {
        self.0.1.clone()
    }
}

impl Borrow<Event> for Entry {
    fn borrow(&self) -> &Event {
        self.event()
    }
}
