//! What a page and a worker both have: a clock, and the two kinds of media source. Assumes neither home.

use std::time::Duration;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::MediaSource;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;

    /// The constructor of `MediaSource` or `ManagedMediaSource`.
    #[derive(Clone, Debug)]
    pub(crate) type SourceClass;

    #[wasm_bindgen(method, js_name = isTypeSupported)]
    fn is_type_supported(this: &SourceClass, mime: &str) -> bool;

    /// What a worker hands to the page in place of an object URL.
    #[wasm_bindgen(extends = MediaSource)]
    pub(crate) type HandledSource;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn handle(this: &HandledSource) -> JsValue;
}

/// Milliseconds on the home's monotonic clock, as a moment.
pub(crate) fn now() -> Duration {
    moments_ago(0.0)
}

/// The moment that was so many milliseconds before now.
pub(crate) fn moments_ago(millis: f64) -> Duration {
    Duration::from_micros(((performance_now() - millis) * 1_000.0) as u64)
}

/// The same clock in milliseconds since the Unix epoch, so that another home can compare.
pub(crate) fn wall_ms() -> f64 {
    TIME_ORIGIN.with(|origin| *origin) + performance_now()
}

/// A number that differs between players.
pub(crate) fn seed() -> u64 {
    (js_sys::Math::random() * 9e15) as u64
}

/// The size of this module's memory, in bytes.
pub(crate) fn memory_bytes() -> f64 {
    Reflect::get(&wasm_bindgen::memory(), &"buffer".into())
        .and_then(|buffer| Reflect::get(&buffer, &"byteLength".into()))
        .ok()
        .and_then(|length| length.as_f64())
        .unwrap_or(0.0)
}

impl SourceClass {
    /// The one that this home has; `MediaSource` is preferred, since it never stops asking for data.
    pub(crate) fn find() -> Option<Self> {
        ["MediaSource", "ManagedMediaSource"].iter().find_map(|name| {
            let class = Reflect::get(&js_sys::global(), &(*name).into()).ok()?;
            class.is_function().then(|| class.unchecked_into())
        })
    }

    /// Whether its buffers take a type.
    pub(crate) fn supports(&self, mime: &str) -> bool {
        self.is_type_supported(mime)
    }

    /// A new source.
    pub(crate) fn make(&self) -> Result<MediaSource, JsValue> {
        let class: &Function = self.unchecked_ref();
        Ok(Reflect::construct(class, &js_sys::Array::new())?.unchecked_into())
    }
}
