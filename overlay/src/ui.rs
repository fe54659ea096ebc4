//! What views are made of, whatever they show.

mod icon;
mod notice;
mod picture;
mod price;
mod sheet;
mod stepper;

pub(crate) use icon::{Icon, Shape};
pub(crate) use notice::Notices;
pub(crate) use picture::Picture;
pub(crate) use price::Price;
pub(crate) use sheet::{SheetFrame, focus_sheet, focused};
pub(crate) use stepper::Stepper;

/// Whether the viewer asked for less motion.
pub(crate) fn reduced_motion() -> bool {
    let query =
        web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|query| query.matches())
}
