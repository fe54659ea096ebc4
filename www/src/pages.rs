//! One page each. The studio, the largest, is [`crate::studio`].

mod admin;
mod front;
mod login;
mod missing;
mod orders;
mod room;
mod rooms;

pub(crate) use admin::Admin;
pub(crate) use front::Front;
pub(crate) use login::Login;
pub(crate) use missing::Missing;
pub(crate) use orders::Orders;
pub(crate) use room::RoomPage;
pub(crate) use rooms::Rooms;
