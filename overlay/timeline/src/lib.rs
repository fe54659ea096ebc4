//! What is on the screen at time `t`: a room's events go in as they arrive, a [`Frame`] comes out for any moment.
//!
//! The frame is a function of `t` and of what is known, never of when it was asked for: a pause, a seek, a change of
//! rate or a hidden tab need no handling of their own, and coming back is no storm. Never draws, never measures text
//! (the shell hands a width in), knows no wall clock and no socket.
//!
//! # What comes late
//! An event belongs to a picture, and may reach a viewer after that picture has. By kind:
//! * cards (pins, coupons) show at once;
//! * a comment flies at once when it is under [`LATE_MS`] late, otherwise it is in the list only;
//! * a toast likewise, or not at all;
//! * what was missed during a break is [`Arrival::Missed`] and takes its own place in time, mid-flight or gone.
//!
//! # What becomes of a comment
//! It flies at its time in the first row where it runs into nothing. With no row free, it is merged into an equal
//! comment that flies (whose count goes up); without one it waits up to [`HOLD_MS`] for a row, and else is dropped. The
//! viewer's own waits up to [`OWN_HOLD_MS`] before it is merged. [`Stats`] counts each fate; the list shows all.

mod banners;
mod chat;
mod coupons;
mod danmaku;
mod follower;
mod frame;
mod history;
mod shelf;
mod timeline;
mod toasts;

pub use danmaku::{Comment, HOLD_MS, OWN_HOLD_MS, Stage, Stats};
pub use follower::{Follower, Motion};
pub use frame::{Banner, ChatLine, CouponCard, Flight, Frame, PinnedCard, ToastCard};
pub use timeline::{Arrival, LATE_MS, Timeline};
