//! What views are made of, whatever they show.

mod icon;
mod notice;
mod picture;
mod price;
mod sheet;
mod stepper;

use web_sys::MediaQueryList;

pub(crate) use icon::{Icon, Shape};
pub(crate) use notice::Notices;
pub(crate) use picture::Picture;
pub(crate) use price::{Price, Repriced};
pub(crate) use sheet::{SheetFrame, focus_sheet, focused, sheet_focus};
pub(crate) use stepper::Stepper;

/// Asks whether the viewer wants less motion.
pub(crate) fn reduced_motion() -> Option<MediaQueryList> {
    web_sys::window()?.match_media("(prefers-reduced-motion: reduce)").ok()?
}
