//! A room as a fold of its event log, and the rules of every interaction.
//!
//! [`decide`] says what a command makes happen, [`State::apply`] what has happened, [`History`] what a joiner must be
//! told. No clock (the caller says what time it is), no store, no sockets, no media.

pub mod comments;
mod decide;
mod gifts;
mod history;
mod likes;
mod pace;
mod refusal;
mod state;
#[cfg(test)]
mod tests;
mod text;

pub use decide::{Asked, Decision, LiveChange, Picture, Who, decide, on_live};
pub use gifts::Offered;
pub use history::{History, Resume};
pub use likes::Likes;
pub use refusal::Refusal;
pub use state::State;
pub use text::{TextError, name_key, one_line, room_id, title, user_name};
