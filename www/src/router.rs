//! Keeps the page shown and the address bar in step. What page an address means is [`crate::route`]'s business.

use crate::route::Route;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The page that is shown now.
#[derive(Clone, Copy)]
pub(crate) struct Router {
    path: RwSignal<String>,
}

impl Router {
    /// Shows the page that the address names, follows links to our own pages without loading anything anew, and the
    /// browser's back and forward buttons.
    pub(crate) fn start() -> Self {
        let router = Self { path: RwSignal::new(address()) };
        EventListener::new(&window(), "popstate", move |_| router.path.set(address())).forget();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document(), "click", options, move |event| {
            if let Some(path) = own_link(event) {
                event.prevent_default();
                router.go(&path);
            }
        })
        .forget();
        router
    }

    /// The page now shown; reactive.
    pub(crate) fn route(self) -> Route {
        self.path.with(|path| parse(path))
    }

    /// The path now shown, without what follows `?`; reactive.
    pub(crate) fn path(self) -> String {
        self.path.with(|path| path.split('?').next().unwrap_or_default().to_owned())
    }

    /// Goes to a page of ours.
    pub(crate) fn go(self, path: &str) {
        let pushed = window().history().and_then(|h| h.push_state_with_url(&JsValue::NULL, "", Some(path)));
        if pushed.is_ok() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            self.path.set(path.to_owned());
        }
    }
}

/// The router of this page.
pub(crate) fn router() -> Router {
    expect_context()
}

fn address() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

fn parse(address: &str) -> Route {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    Route::parse(path, search)
}

/// The path that a plain click on a link to a page of ours asks for.
fn own_link(event: &web_sys::Event) -> Option<String> {
    let click = event.dyn_ref::<web_sys::MouseEvent>()?;
    let modified = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
    if click.button() != 0 || modified || event.default_prevented() {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    if elsewhere || Some(link.origin()) != window().location().origin().ok() {
        return None;
    }
    let path = format!("{}{}", link.pathname(), link.search());
    (parse(&path) != Route::Missing && link.hash().is_empty()).then_some(path)
}
