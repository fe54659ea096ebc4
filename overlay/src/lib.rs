//! What lies over the picture: comments, cards, the bag, checkout. Leptos views over a [`timeline::Timeline`], in a
//! WASM module of its own, on the page. Holds no rule of the shop's and no truth of its own: requests go up, state
//! comes down. Never touches the player; the page hands it a clock.

#![allow(unreachable_pub, reason = "what the component macro makes of a component is public")]
#![allow(clippy::needless_pass_by_value, reason = "a view owns its props")]

pub mod api;
pub mod money;
pub mod socket;
pub mod text;

mod account;
mod announce;
mod chat;
mod checkout;
mod coupon;
mod danmaku;
mod mount;
mod page;
mod product;
mod show;
mod style;
mod ticker;
mod ui;
mod view;

pub use mount::{Handle, mount};
