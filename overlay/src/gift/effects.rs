//! Whether luxury gifts take the whole picture.

use crate::{
    show::{Core, Show, update},
    ui::reduced_motion,
};
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

/// Where the viewer's wish is kept.
const KEY: &str = "livestall-gift-effects";

/// Whether the viewer has not wished otherwise.
pub(crate) fn wants_effects() -> bool {
    LocalStorage::get(KEY).unwrap_or(true)
}

impl Show {
    /// Lets luxury gifts take the whole picture, or not.
    pub(crate) fn set_effects(self, on: bool) {
        // A browser that keeps nothing asks again next time.
        _ = LocalStorage::set(KEY, on);
        update(self.effects, on);
        self.settle_effects(&self.core());
    }

    /// Has the timeline know what the viewer wants: less motion is less of these, too.
    pub(crate) fn settle_effects(self, core: &std::rc::Rc<Core>) {
        let still = reduced_motion().is_some_and(|asked| asked.matches());
        core.timeline.borrow_mut().set_calm(still || !self.effects.get_untracked());
        self.redraw(core);
    }

    /// Ends the luxury gift that plays.
    pub(crate) fn skip_gift(self, key: u64) {
        let core = self.core();
        if let Some(t) = self.playhead(&core) {
            core.timeline.borrow_mut().skip_gift(key, t);
            self.redraw(&core);
        }
    }

    /// Asks for the catalogue unless it is the one of this version.
    pub(crate) fn want_gifts(self, version: u64) {
        if self.gifts.with_untracked(|catalogue| catalogue.version != version) {
            self.load_gifts();
        }
    }
}
