//! Messages to the page.

use container::{id3, webvtt};
use js_sys::{Array, Object, Reflect, Uint8Array};
use playback::{Cue, CueData, Error, MediaTime, Quality, Rendition, RequestId, Span, State, Stats, Timeline};
use playlist::{ClientValue, DateRange, ProgramDateTime};
use wasm_bindgen::JsValue;

use crate::scope;

/// A message to the page: a plain object with a `type`.
pub(crate) struct Message(Object);

impl Message {
    pub(crate) fn new(kind: &str) -> Self {
        Self::empty().with("type", kind)
    }

    /// An object inside a message.
    fn empty() -> Self {
        Self(Object::new())
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

    /// A cue that the picture has reached, and when it did on this home's clock.
    pub(crate) fn cue(cue: &Cue) -> Self {
        let (kind, data) = match &cue.data {
            CueData::DateRange(range) => ("daterange", date_range(range)),
            CueData::Message(message) => ("emsg", Self::empty().with("message", bytes(&message.data))),
            CueData::Id3(message) => {
                let frames: Array = id3::read(&message.data).iter().map(frame).collect();
                ("id3", Self::empty().with("frames", frames).with("message", bytes(&message.data)))
            }
        };
        let data = match &cue.data {
            CueData::Message(message) | CueData::Id3(message) => {
                data.with("scheme", message.scheme.as_str()).with("value", message.value.as_str())
            }
            CueData::DateRange(_) => data,
        };
        Self::new("cue")
            .with("id", cue.id.as_str())
            .with("kind", kind)
            .with("start", cue.start.0)
            .with("end", optional(cue.end.map(|MediaTime(seconds)| seconds)))
            .with("firedAt", scope::wall_ms())
            .with("data", data.into_js())
    }

    pub(crate) fn qualities(list: &[Quality], current: Option<usize>) -> Self {
        let list: Array = list
            .iter()
            .map(|quality| {
                let entry = Self::empty()
                    .with("id", quality.id as f64)
                    .with("width", quality.width)
                    .with("height", quality.height)
                    .with("bitrate", quality.bitrate as f64);
                entry.into_js()
            })
            .collect();
        let current = optional(current.map(|id| id as f64));
        Self::new("qualities").with("list", list).with("current", current)
    }

    pub(crate) fn renditions(audio: &[Rendition], heard: Option<usize>, subtitles: &[Rendition]) -> Self {
        let list = |list: &[Rendition]| -> Array { list.iter().map(rendition).collect() };
        Self::new("renditions")
            .with("audio", list(audio))
            .with("heard", optional(heard.map(|id| id as f64)))
            .with("subtitles", list(subtitles))
    }

    /// The cues of a segment; without any it is one to let go of.
    pub(crate) fn captions(track: usize, segment: RequestId) -> Self {
        Self::new("captions").with("track", track as f64).with("segment", segment)
    }
}

/// A list of cues.
pub(crate) fn captions(cues: &[webvtt::Cue]) -> Array {
    let object = |cue: &webvtt::Cue| {
        let object = Message::empty()
            .with("start", cue.start)
            .with("end", cue.end)
            .with("settings", cue.settings.as_str())
            .with("text", cue.text.as_str());
        object.into_js()
    };
    cues.iter().map(object).collect()
}

fn rendition(rendition: &Rendition) -> JsValue {
    let object = Message::empty()
        .with("id", rendition.id as f64)
        .with("label", rendition.name.as_str())
        .with("language", rendition.language.as_str())
        .with("default", rendition.default)
        .with("forced", rendition.forced)
        .with("describes", rendition.describes);
    object.into_js()
}

fn date_range(range: &DateRange) -> Message {
    let text = |text: &Option<String>| text.as_deref().map_or(JsValue::NULL, JsValue::from);
    let date = |date: Option<ProgramDateTime>| optional(date.map(|date| date.millis() as f64));
    let attributes = range.client.iter().fold(Message::empty(), |object, (name, value)| match value {
        ClientValue::Text(value) | ClientValue::Hex(value) => object.with(name, value.as_str()),
        ClientValue::Number(value) => object.with(name, *value),
    });
    Message::empty()
        .with("class", text(&range.class))
        .with("startDate", date(range.start))
        .with("endDate", date(range.end))
        .with("duration", optional(range.duration.map(|length| length.as_secs_f64())))
        .with("plannedDuration", optional(range.planned_duration.map(|length| length.as_secs_f64())))
        .with("cue", text(&range.cue))
        .with("scte35Cmd", text(&range.scte35_cmd))
        .with("scte35Out", text(&range.scte35_out))
        .with("scte35In", text(&range.scte35_in))
        .with("attributes", attributes.into_js())
}

fn frame(frame: &id3::Frame) -> JsValue {
    let frame = Message::empty()
        .with("id", frame.id.as_str())
        .with("name", frame.name.as_str())
        .with("text", frame.text.as_str())
        .with("data", bytes(&frame.data));
    frame.into_js()
}

fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

fn optional(value: Option<f64>) -> JsValue {
    value.map_or(JsValue::NULL, JsValue::from)
}

fn span(span: Span) -> JsValue {
    pair(span.start.0, span.end.0)
}

fn pair(first: f64, second: f64) -> JsValue {
    Array::of2(&first.into(), &second.into()).into()
}
