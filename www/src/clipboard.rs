//! Copying text, and saying for a moment that it was copied.

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};

/// How long it says "copied".
const SAID_FOR_MS: u32 = 1_600;

/// Copies `text`; `copied` is true for a moment once it is on the clipboard. Pages without TLS have no clipboard, and
/// then nothing is said: the text stays there to be selected by hand.
pub(crate) fn copy(text: String, copied: RwSignal<bool>) {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    let Ok(Ok(clipboard)) = clipboard.map(JsCast::dyn_into::<web_sys::Clipboard>) else { return };
    spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok() {
            copied.try_set(true);
            TimeoutFuture::new(SAID_FOR_MS).await;
            copied.try_set(false);
        }
    });
}
