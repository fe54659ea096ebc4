//! The chat list and the field to say something in.

mod announcer;
mod composer;
mod list;

pub(crate) use composer::Composer;
pub(crate) use list::ChatList;
