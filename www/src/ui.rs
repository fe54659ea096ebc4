//! Pieces that many pages are made of. None asks the server for anything.

mod badge;
mod button;
mod cover;
mod dialog;
mod faces;
mod field;
mod footer;
mod header;
mod icon;

pub(crate) use badge::StatusBadge;
pub(crate) use button::{Copy, Submit};
pub(crate) use cover::Cover;
pub(crate) use dialog::Confirm;
pub(crate) use faces::{Empty, Failure, LogInFirst, Waiting};
pub(crate) use field::Field;
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use icon::{Icon, Shape};
