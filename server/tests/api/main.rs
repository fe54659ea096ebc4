//! The server's API as its clients meet it: requests through the real router, sockets over real connections, a database
//! of each test's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

mod coupons;
mod errors;
mod gifts;
mod openapi;
mod orders;
mod pages;
mod paid_gifts;
mod payments;
mod products;
mod reports;
mod rooms;
mod shows;
mod sockets;
mod stripe;
mod support;
mod users;
mod wallet;
