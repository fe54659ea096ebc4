//! What lies over the picture: comments, cards, the bag, checkout. Leptos views over a [`timeline::Timeline`], in a
//! WASM module of its own, on the page. Holds no rule of the shop's and no truth of its own: requests go up, state
//! comes down. Never touches the player; the page hands it a clock.

#![allow(unreachable_pub, reason = "what the component macro makes of a component is public")]
#![allow(clippy::needless_pass_by_value, reason = "a view owns its props")]

pub mod api;
pub mod money;
pub mod socket;
pub mod text;
pub mod time;

#[cfg(feature = "module")]
mod account;
#[cfg(feature = "module")]
mod announce;
#[cfg(feature = "module")]
mod cart;
#[cfg(feature = "module")]
mod chat;
#[cfg(feature = "module")]
mod checkout;
#[cfg(feature = "module")]
mod coupon;
#[cfg(feature = "module")]
mod danmaku;
#[cfg(feature = "module")]
mod gift;
#[cfg(feature = "module")]
mod mount;
#[cfg(feature = "module")]
mod packet;
#[cfg(feature = "module")]
mod page;
#[cfg(feature = "module")]
mod product;
#[cfg(feature = "module")]
mod replay;
#[cfg(feature = "module")]
mod show;
#[cfg(feature = "module")]
mod storage;
#[cfg(feature = "module")]
mod style;
#[cfg(feature = "module")]
mod ticker;
#[cfg(feature = "module")]
mod ui;
#[cfg(feature = "module")]
mod view;
#[cfg(feature = "module")]
mod wallet;

#[cfg(feature = "module")]
pub use {
    mount::{Handle, mount},
    page::Options,
};
