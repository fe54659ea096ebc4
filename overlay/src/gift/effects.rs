//! Whether luxury gifts take the whole picture.

use crate::{
    show::{Core, Show, update},
    ui::reduced_motion,
};
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use protocol::{GiftFormat, GiftTier, StreamTime};
use timeline::Timeline;

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
        self.expect_gifts();
    }

    /// Has the timeline know what the viewer wants.
    pub(crate) fn settle_effects(self, core: &std::rc::Rc<Core>) {
        core.timeline.borrow_mut().set_calm(!self.wants_stage());
        self.redraw(core);
    }

    /// Ends the luxury gift that plays.
    pub(crate) fn skip_gift(self, key: u64) {
        self.cut_gift(|timeline, t| timeline.skip_gift(key, t));
    }

    /// Gives a luxury gift that cannot be played a tray.
    pub(super) fn give_up_gift(self, key: u64) {
        self.cut_gift(|timeline, t| timeline.give_up_gift(key, t));
    }

    fn cut_gift(self, cut: impl FnOnce(&mut Timeline, StreamTime)) {
        let core = self.core();
        if let Some(t) = self.playhead(&core) {
            cut(&mut core.timeline.borrow_mut(), t);
            self.redraw(&core);
        }
    }

    /// Has the page get in time what is no picture among the gifts that can take the stage.
    pub(super) fn expect_gifts(self) {
        let core = self.core();
        if !self.wants_stage() {
            return;
        }
        let now = core.server_time();
        self.gifts.with_untracked(|catalogue| {
            let played = catalogue.gifts.iter().filter(|gift| {
                gift.tier == GiftTier::Luxury && gift.format != GiftFormat::Image && gift.is_offered(now)
            });
            core.page.expect_gifts(played.filter_map(|gift| core.api.picture(&gift.asset)));
        });
    }

    /// Less motion is less of these, too.
    fn wants_stage(self) -> bool {
        self.effects.get_untracked() && !reduced_motion().is_some_and(|asked| asked.matches())
    }

    /// Asks for the catalogue unless it is the one of this version.
    pub(crate) fn want_gifts(self, version: u64) {
        if self.gifts.with_untracked(|catalogue| catalogue.version != version) {
            self.load_gifts();
        }
    }
}
