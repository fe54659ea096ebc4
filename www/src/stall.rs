//! Places `<live-stall>` on a page. Knows its attributes and how to read its clock, nothing of what is inside.

use crate::words::lang;
use js_sys::{Date, Reflect};
use leptos::{html, prelude::*};
use protocol::StreamTime;
use wasm_bindgen::{JsCast, JsValue};

/// Where the embed loader is served.
const LOADER: &str = "/embed/live-stall.js";

/// A rectangle, in pixels of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A `<live-stall>` once it is on the page: what it shows now.
#[derive(Clone, Copy)]
pub(crate) struct Picture {
    element: StoredValue<Option<web_sys::Element>, LocalStorage>,
}

impl Picture {
    /// Nothing on the page yet.
    pub(crate) fn new() -> Self {
        Self { element: StoredValue::new_local(None) }
    }

    /// The moment of the picture now on screen; none before the first frame, or for a stream without a clock.
    pub(crate) fn program_time(self) -> Option<StreamTime> {
        let date = self.property("programTime")?.dyn_into::<Date>().ok()?;
        let millis = date.get_time();
        // The range check keeps NaN and nonsense out; whole milliseconds are exact in an f64.
        (millis > 0.0 && millis < 8.64e15).then_some(StreamTime(millis as i64))
    }

    /// Seconds behind the programme clock.
    pub(crate) fn latency(self) -> Option<f64> {
        self.property("latency")?.as_f64().filter(|seconds| seconds.is_finite())
    }

    /// Where the picture is drawn, what is cropped of it too; none before the first.
    pub(crate) fn drawn(self) -> Option<Drawn> {
        let drawn = self.property("pictureBox").filter(JsValue::is_object)?;
        let side = |name: &str| Reflect::get(&drawn, &JsValue::from_str(name)).ok()?.as_f64();
        let drawn =
            Drawn { left: side("left")?, top: side("top")?, width: side("width")?, height: side("height")? };
        (drawn.width > 0.0 && drawn.height > 0.0).then_some(drawn)
    }

    fn property(self, name: &str) -> Option<JsValue> {
        self.element.with_value(|element| Reflect::get(element.as_ref()?, &JsValue::from_str(name)).ok())
    }
}

/// A past show, and where to begin in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Past {
    /// Its number; none for what is on, or the newest that was.
    pub(crate) show: Option<u64>,
    /// As the element's `start` takes it.
    pub(crate) start: Option<String>,
}

/// The element for `room`, playing by itself, filling what it is placed in. `picture` reads its clock.
#[component]
pub(crate) fn Stall(
    room: String,
    #[prop(optional)] past: Past,
    #[prop(optional)] picture: Option<Picture>,
) -> impl IntoView {
    ensure_loader();
    let lang = lang();
    let place = NodeRef::<html::Div>::new();
    let shown = StoredValue::new_local(None::<web_sys::Element>);
    Effect::new(move |_| {
        let tag = lang.get().tag();
        let Some(place) = place.get() else { return };
        if let Some(element) = shown.get_value() {
            set(&element, "lang", tag);
        } else if let Ok(element) = document().create_element("live-stall") {
            let server = window().location().origin().unwrap_or_default();
            for (name, value) in
                [("room", room.as_str()), ("server", &server), ("lang", tag), ("autoplay", ""), ("muted", "")]
            {
                set(&element, name, value);
            }
            let show = past.show.map(|show| show.to_string());
            for (name, value) in [("show", &show), ("start", &past.start)] {
                if let Some(value) = value {
                    set(&element, name, value);
                }
            }
            // A fresh element has no parent that could refuse to let go of it.
            _ = place.append_child(&element);
            shown.set_value(Some(element.clone()));
            if let Some(picture) = picture {
                picture.element.set_value(Some(element));
            }
        }
    });
    view! { <div class="stall" node_ref=place></div> }
}

/// Setting a well-formed attribute cannot fail.
fn set(element: &web_sys::Element, name: &str, value: &str) {
    _ = element.set_attribute(name, value);
}

/// Adds the loader to the page unless it is there: only pages with a picture load it.
fn ensure_loader() {
    let there = document().query_selector(&format!("script[src='{LOADER}']")).ok().flatten();
    if there.is_some() {
        return;
    }
    let script = document().create_element("script").ok();
    if let Some(script) = script.and_then(|s| s.dyn_into::<web_sys::HtmlScriptElement>().ok()) {
        script.set_type("module");
        script.set_src(LOADER);
        if let Some(head) = document().head() {
            // The head takes any script.
            _ = head.append_child(&script);
        }
    }
}
