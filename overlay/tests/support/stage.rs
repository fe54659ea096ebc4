//! An overlay that is mounted over nothing, and what a test does to it.

use gloo::{events::EventListener, timers::future::sleep};
use js_sys::{Function, JSON, Object, Reflect};
use overlay::{Handle, Options, mount};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CustomEvent, Element, HtmlElement, KeyboardEvent, KeyboardEventInit, ShadowRoot, ShadowRootInit,
    ShadowRootMode,
};

/// No server is there.
const NOWHERE: &str = "http://127.0.0.1:9";

/// An overlay over a phone-sized picture that stands just after what the golden frames tell of.
pub(crate) struct Stage {
    pub(crate) host: HtmlElement,
    pub(crate) shadow: ShadowRoot,
    pub(crate) handle: Handle,
}

impl Stage {
    /// In a room whose server is not there.
    pub(crate) fn new(lang: &str) -> Self {
        Self::of(NOWHERE, lang)
    }

    /// In a room of this server's.
    pub(crate) fn of(server: &str, lang: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let host: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        host.style().set_css_text("position: fixed; inset: 0; width: 390px; height: 844px");
        document.body().unwrap().append_child(&host).unwrap();
        let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        root.style().set_css_text("position: absolute; inset: 0");
        shadow.append_child(&root).unwrap();
        let options = Object::new();
        for (name, value) in [
            ("room", JsValue::from_str("autumn-tea")),
            ("server", JsValue::from_str(server)),
            ("lang", JsValue::from_str(lang)),
            ("element", host.clone().into()),
            (
                "clock",
                Function::new_no_args(
                    "window.looks = (window.looks ?? 0) + 1; return 1795410170000 + (window.later ?? 0)",
                )
                .into(),
            ),
            // The picture fills the host.
            ("picture", Function::new_no_args("return { left: 0, top: 0, width: 390, height: 844 }").into()),
            ("paused", Function::new_no_args("return false").into()),
        ] {
            Reflect::set(&options, &name.into(), &value).unwrap();
        }
        let handle = mount(root, options.unchecked_into::<Options>()).unwrap();
        Self { host, shadow, handle }
    }

    /// The picture is so many milliseconds further than it was at first.
    pub(crate) fn picture_is_later(millis: u32) {
        js_sys::eval(&format!("window.later = {millis}")).unwrap();
    }

    /// The left edges of all of these, in pixels.
    pub(crate) fn lefts(&self, selector: &str) -> Vec<f64> {
        let all = self.shadow.query_selector_all(selector).unwrap();
        let left = |at| all.get(at).unwrap().unchecked_into::<Element>().get_bounding_client_rect().left();
        (0..all.length()).map(left).collect()
    }

    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.shadow.query_selector(selector).unwrap()
    }

    pub(crate) fn click(&self, selector: &str) {
        self.find(selector).unwrap().unchecked_into::<HtmlElement>().click();
    }

    pub(crate) fn press(&self, selector: &str, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.find(selector).unwrap().dispatch_event(&event).unwrap();
    }

    /// The details, as JSON, of these events that the element dispatches from now on.
    pub(crate) fn events(&self, name: &'static str) -> Rc<RefCell<Vec<String>>> {
        let details = Rc::new(RefCell::new(Vec::new()));
        let heard = details.clone();
        EventListener::new(&self.host, name, move |event| {
            let detail = event.dyn_ref::<CustomEvent>().unwrap().detail();
            heard.borrow_mut().push(JSON::stringify(&detail).unwrap().into());
        })
        .forget();
        details
    }

    /// How often the picture's clock has been read.
    pub(crate) fn looks() -> f64 {
        js_sys::eval("window.looks").unwrap().as_f64().unwrap()
    }

    pub(crate) fn has_focus(&self, selector: &str) -> bool {
        self.shadow.active_element().is_some_and(|element| element.matches(selector).unwrap())
    }

    /// Waits until `ready`, for two seconds at most.
    pub(crate) async fn until(&self, what: &str, ready: impl Fn(&Self) -> bool) {
        for _ in 0..100 {
            if ready(self) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("never: {what}");
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.handle.destroy();
        self.host.remove();
    }
}
