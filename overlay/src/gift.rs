//! Gifts and likes: what a viewer sends, and what everybody sees of it. What is on the screen when is the timeline's say.

mod act;
mod announcer;
mod bar;
mod effects;
mod hearts;
mod sending;
mod sheet;
mod stage;
mod trays;

use crate::text::Lang;
use protocol::GiftName;

pub(crate) use announcer::GiftAnnouncer;
pub(crate) use bar::GiftButton;
pub(crate) use effects::wants_effects;
pub(crate) use hearts::Likes;
pub(crate) use sending::Sending;
pub(crate) use sheet::GiftSheet;
pub(crate) use stage::GiftStage;
pub(crate) use trays::Trays;

/// A gift's name in the viewer's language.
pub(crate) fn name(name: &GiftName, lang: Lang) -> String {
    match lang {
        Lang::Zh => name.zh_cn.clone(),
        Lang::En => name.en.clone(),
    }
}
