//! Messages from the page, as events. Fields that are missing or of another type read as nothing.

use playback::{Event, Load, StartAt, Video, VideoEvent};
use wasm_bindgen::prelude::*;

use crate::scope;

#[wasm_bindgen]
extern "C" {
    /// A message from the page.
    pub(crate) type Message;

    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn src(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn start(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn event(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn time(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn rate(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn paused(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn seeking(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn ended(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn hidden(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn dropped(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn decoded(this: &Message) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = pixelWidth)]
    fn pixel_width(this: &Message) -> JsValue;
}

impl Message {
    /// What it means to the engine; `None` when it means nothing.
    pub(crate) fn read(&self) -> Option<Event> {
        match self.kind().as_string()?.as_str() {
            "load" => {
                let start = self.start();
                let start = match (start.as_f64(), start.as_string()) {
                    (Some(seconds), _) => StartAt::Seconds(seconds),
                    (None, Some(word)) if word == "live" => StartAt::Live,
                    _ => StartAt::Default,
                };
                Some(Event::Load(Load { uri: self.src().as_string()?, start, seed: scope::seed() }))
            }
            "stop" => Some(Event::Stop),
            "seek_live" => Some(Event::SeekLive),
            "quality" => Some(Event::Quality(self.number())),
            "audio" => Some(Event::Audio(self.number()?)),
            "subtitles" => Some(Event::Subtitles(self.number())),
            "video" => Some(Event::Video(self.video())),
            _ => None,
        }
    }

    /// What is chosen; `None` for no choice.
    fn number(&self) -> Option<usize> {
        self.id().as_f64().map(|id| id as usize)
    }

    fn video(&self) -> Video {
        let number = |value: JsValue| value.as_f64().unwrap_or(0.0);
        Video {
            event: video_event(self.event().as_string().as_deref().unwrap_or_default()),
            time: number(self.time()),
            rate: number(self.rate()),
            paused: self.paused().is_truthy(),
            seeking: self.seeking().is_truthy(),
            ended: self.ended().is_truthy(),
            ready_state: number(self.ready_state()) as u8,
            hidden: self.hidden().is_truthy(),
            dropped: number(self.dropped()) as u32,
            decoded: number(self.decoded()) as u32,
            pixel_width: number(self.pixel_width()) as u32,
        }
    }
}

fn video_event(name: &str) -> VideoEvent {
    match name {
        "seeking" => VideoEvent::Seeking,
        "seeked" => VideoEvent::Seeked,
        "waiting" => VideoEvent::Waiting,
        "playing" => VideoEvent::Playing,
        "play" => VideoEvent::Play,
        "pause" => VideoEvent::Pause,
        "ended" => VideoEvent::Ended,
        "error" => VideoEvent::Error,
        _ => VideoEvent::Tick,
    }
}
