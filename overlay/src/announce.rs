//! The `stall:…` events that the merchant's page hears. They bubble, are composed, and carry plain objects.

use js_sys::{Object, Promise, Reflect};
use serde::Serialize;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Dispatches `stall:{noun}` with `detail` from the element.
pub(crate) fn announce(element: Option<&HtmlElement>, noun: &str, detail: &impl Serialize) {
    let Some(element) = element else { return };
    if let Some(event) = event(noun, &plain(detail)) {
        // A listener's exception is the listener's.
        _ = element.dispatch_event(&event);
    }
}

/// Dispatches `stall:{noun}`, and answers the promise that the page responded with, if it did.
pub(crate) fn ask(element: Option<&HtmlElement>, noun: &str, detail: &impl Serialize) -> Option<Promise> {
    let answer = Rc::new(RefCell::new(None));
    let taken = answer.clone();
    let respond = Closure::<dyn FnMut(JsValue)>::new(move |value: JsValue| {
        *taken.borrow_mut() = Some(Promise::resolve(&value));
    });
    let detail = plain(detail);
    let event = event(noun, &detail)?;
    for target in [&detail, event.as_ref()] {
        // Setting a field of an object of ours cannot fail.
        _ = Reflect::set(target, &"respondWith".into(), respond.as_ref());
    }
    _ = element?.dispatch_event(&event);
    // Too late to answer once every listener has returned, as with a service worker's `fetch` event.
    drop(respond);
    answer.take()
}

fn event(noun: &str, detail: &JsValue) -> Option<CustomEvent> {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    CustomEvent::new_with_event_init_dict(&format!("stall:{noun}"), &init).ok()
}

fn plain(detail: &impl Serialize) -> JsValue {
    let json = serde_json::to_string(detail).unwrap_or_default();
    js_sys::JSON::parse(&json).unwrap_or_else(|_| Object::new().into())
}
