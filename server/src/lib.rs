//! The Livestall server: a thin shell around the pure crates. Streams come in and go out in [`live`], rooms are at work in
//! [`room`], money moves in [`orders`]; [`router`] has every URL on one page.

mod accept;
pub mod admin;
pub mod audit;
pub mod auth;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod config;
pub mod error;
pub mod extract;
pub mod gifts;
pub mod hooks;
mod http;
pub mod live;
pub mod once;
mod openapi;
pub mod orders;
mod pages;
mod proxies;
pub mod recordings;
pub mod room;
pub mod router;
pub mod serve;
mod shares;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod users;
pub mod wallet;
