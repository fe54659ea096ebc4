use super::{Settings, keep};
use crate::show::{Core, Show, update};
use leptos::prelude::*;

impl Show {
    /// Does as the settings say from the start.
    pub(crate) fn obey_settings(self, core: &Core) {
        self.settings.with_untracked(|settings| {
            let mut timeline = core.timeline.borrow_mut();
            timeline.set_rules(settings.rules());
            timeline.set_timing(settings.timing());
        });
    }

    /// Changes the settings, keeps them, and does as they say.
    pub(crate) fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        if self.settings.with_untracked(|before| *before == settings) {
            return;
        }
        let switched = self.settings.with_untracked(|before| before.on != settings.on);
        keep(&settings);
        let core = self.core();
        let on = core.wants_danmaku(settings.on);
        self.settings.set(settings);
        self.obey_settings(&core);
        if switched {
            update(self.danmaku, on);
        }
        self.redraw(&core);
    }

    /// The viewer says whether comments are to fly, here and next time.
    pub(crate) fn switch_danmaku(self) {
        let on = !self.danmaku.get_untracked();
        self.change_settings(|settings| settings.on = Some(on));
        // The page may say otherwise at the start; the viewer has the last word.
        update(self.danmaku, on);
    }
}
