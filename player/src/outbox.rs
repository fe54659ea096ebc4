//! Messages to the page.

use js_sys::{Array, Object, Reflect};
use playback::{Error, Quality, Span, State, Stats, Timeline};
use wasm_bindgen::JsValue;

use crate::scope;

/// A message to the page: a plain object with a `type`.
pub(crate) struct Message(Object);

impl Message {
    pub(crate) fn new(kind: &str) -> Self {
        Self(Object::new()).with("type", kind)
    }

    pub(crate) fn with(self, key: &str, value: impl Into<JsValue>) -> Self {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&self.0, &key.into(), &value.into());
        self
    }

    pub(crate) fn into_js(self) -> JsValue {
        self.0.into()
    }

    pub(crate) fn state(state: State) -> Self {
        let name = match state {
            State::Loading => "loading",
            State::Ready => "ready",
            State::Buffering => "buffering",
            State::Away => "away",
            State::Ended => "ended",
        };
        Self::new("state").with("state", name)
    }

    pub(crate) fn error(error: &Error) -> Self {
        Self::new("error")
            .with("kind", error.kind.name())
            .with("cause", error.cause)
            .with("message", error.message.as_str())
            .with("fatal", error.fatal)
    }

    pub(crate) fn timeline(timeline: &Timeline) -> Self {
        let anchors: Array =
            timeline.anchors.iter().map(|anchor| pair(anchor.media.0, anchor.program_ms)).collect();
        Self::new("timeline")
            .with("live", timeline.live)
            .with("anchors", anchors)
            .with("seekable", span(timeline.seekable))
            .with("duration", timeline.duration.map_or(JsValue::NULL, JsValue::from))
            .with("target", timeline.target)
            .with("edge", timeline.edge.0)
    }

    pub(crate) fn stats(stats: &Stats) -> Self {
        let optional = |value: Option<f64>| value.map_or(JsValue::NULL, JsValue::from);
        Self::new("stats")
            .with("startupMs", optional(stats.startup.map(|time| time.as_secs_f64() * 1_000.0)))
            .with("stalls", stats.stalls)
            .with("stallMs", stats.stalled.as_secs_f64() * 1_000.0)
            .with("bandwidth", optional(stats.bandwidth))
            .with("bufferAhead", stats.buffer_ahead)
            .with("behind", optional(stats.behind))
            .with("rendition", stats.bitrate as f64)
            .with("wasmBytes", scope::memory_bytes())
            .with("segments", stats.segments)
            .with("parts", stats.parts)
    }

    pub(crate) fn qualities(list: &[Quality], current: Option<usize>) -> Self {
        let list: Array = list
            .iter()
            .map(|quality| {
                let entry = Self(Object::new())
                    .with("id", quality.id as f64)
                    .with("width", quality.width)
                    .with("height", quality.height)
                    .with("bitrate", quality.bitrate as f64);
                entry.into_js()
            })
            .collect();
        let current = current.map_or(JsValue::NULL, |id| JsValue::from(id as f64));
        Self::new("qualities").with("list", list).with("current", current)
    }
}

fn span(span: Span) -> JsValue {
    pair(span.start.0, span.end.0)
}

fn pair(first: f64, second: f64) -> JsValue {
    Array::of2(&first.into(), &second.into()).into()
}
