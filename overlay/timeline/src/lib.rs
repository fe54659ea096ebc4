//! What is on the screen at time `t`: a room's events go in as they arrive, a [`Frame`] comes out for any moment.
//!
//! The frame is a function of `t` and of what is known, never of when it was asked for: a pause, a seek, a change of
//! rate or a hidden tab need no handling of their own, and coming back is no storm. Never draws, never measures text
//! (the shell hands a width in), knows no wall clock and no socket.
//!
//! # What comes late
//! An event belongs to a picture, and may reach a viewer after that picture has. By kind:
//! * cards (pins, coupons) show at once;
//! * a comment flies at once when it is under [`LATE_MS`] late, otherwise it is in the list only; with
//!   [`Timing::AsTheyArrive`] every one flies when it comes;
//! * a toast likewise, or not at all;
//! * a gift at once, however late: somebody gave it;
//! * what was missed during a break is [`Arrival::Missed`] and takes its own place in time, mid-flight or gone.
//!
//! # What becomes of a comment
//! 1. What the viewer's [`Filter`] hides is blocked, except the viewer's own.
//! 2. A positioned one stands where its author put it; it is dropped when that is in a zone that comments keep off.
//! 3. When as many as [`Rules::most`] fly, it is merged into a near-equal comment that flies (whose count goes up), or
//!    dropped.
//! 4. Else it flies at its time in the first row where it runs into nothing: rows that a zone crosses are closed as long as
//!    the zone is there.
//! 5. With no row free, it shares one where [`Rules::overlap`] says so, else is merged; without a near-equal one it waits
//!    up to [`HOLD_MS`] for a row, and else is dropped. The viewer's own waits up to [`OWN_HOLD_MS`] before it is merged.
//!
//! What flies when a zone comes up flies on until it would touch it, and ends there. What the viewer holds stays where it
//! is, above the others, and goes on from there when let go. [`Stats`] counts each fate; the list shows all.
//!
//! # What becomes of a gift
//! Taps of one row are one card. It takes a free tray, or waits for one behind at most [`QUEUE`] others, the viewer's own
//! first; what finds no room there is counted in a card for many. A card stays [`TRAY_HOLD_MS`] after the last tap, or
//! [`PRESSED_MS`] when others wait, and [`LONGEST_MS`] at most. A luxury gift takes the stage, or waits for it among at
//! most [`WAITING`]: the most valuable plays next, the viewer's own first among equals, then the oldest; the least of too
//! many takes a tray, and so do all when the viewer, or a weak machine, wants no stage. [`GiftStats`] counts each fate.

mod banners;
mod chat;
mod coupons;
mod danmaku;
mod follower;
mod frame;
mod gifts;
mod history;
mod liked;
mod likes;
mod packets;
mod shelf;
mod timeline;
mod toasts;

pub use danmaku::{
    Comment, EXPRESSION_CHARS, Expression, ExpressionError, FLIGHT_CHARS, Filter, HOLD_MS, Kind,
    MOST_FILTERS, OWN_HOLD_MS, Picture, Rules, Stage, Stats, WORD_CHARS,
};
pub use follower::{Follower, Motion};
pub use frame::{
    Banner, ChatLine, CouponCard, Flight, Frame, LuxuryCard, PacketCard, PinnedCard, ToastCard, TrayBody,
    TrayCard,
};
pub use gifts::{GiftStats, Given, HOLD_MS as TRAY_HOLD_MS, LONGEST_MS, PRESSED_MS, QUEUE, TRAYS, WAITING};
pub use timeline::{Arrival, LATE_MS, Timeline, Timing};
