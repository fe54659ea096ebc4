//! A luxury gift that is no picture, while the page plays it.

use crate::show::Show;
use leptos::prelude::*;
use std::rc::Rc;
use timeline::LuxuryCard;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, HtmlElement};

/// Being played; dropping it ends that.
pub(super) struct Act {
    controller: AbortController,
    /// What the page asks how far the show is, until it is told to end.
    _elapsed: Closure<dyn FnMut() -> f64>,
}

impl Act {
    /// Begins it inside `host`. A gift that cannot be played takes a tray; one that is over before its time leaves the stage.
    pub(super) fn begin(show: Show, card: &LuxuryCard, host: &HtmlElement) -> Option<Self> {
        let core = show.core();
        let (key, since) = (card.key, card.since);
        let weak = Rc::downgrade(&core);
        let elapsed = Closure::<dyn FnMut() -> f64>::new(move || {
            let t = weak.upgrade().and_then(|core| show.playhead(&core));
            t.map_or(0.0, |t| (t.millis() - since.millis()) as f64)
        });
        let url = core.api.picture(&card.given.gift.asset);
        let controller = AbortController::new().ok();
        let playing = url.zip(controller).and_then(|(url, controller)| {
            let playing = core.page.play_gift(host, &url, &elapsed, &controller.signal())?;
            Some((playing, controller))
        });
        let Some((playing, controller)) = playing else {
            show.give_up_gift(key);
            return None;
        };
        show.spawn(async move {
            let ended = JsFuture::from(playing).await.is_ok();
            // What is told when it has left the stage is no news.
            if show.luxury.with_untracked(|card| card.as_ref().is_some_and(|card| card.key == key)) {
                if ended { show.skip_gift(key) } else { show.give_up_gift(key) }
            }
        });
        Some(Self { controller, _elapsed: elapsed })
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        self.controller.abort();
    }
}
