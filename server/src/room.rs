//! Rooms at work: a task a room puts commands through the rules, appends what comes of them to the log, and tells the
//! sockets. The rules are the crate `room`'s; nothing here decides.

pub mod api;
mod entry;
mod hub;
mod live;
pub mod reports;
pub mod shows;
mod socket;
mod task;
mod view;
mod watchers;

pub use hub::{Handle, Hub};
pub use live::{Keys, follow};
pub use socket::connect;
pub use view::{room, rooms, snapshot};
