//! The server's API as its clients meet it: requests through the real router, sockets over real connections, a database
//! of each test's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

mod audits;
mod carts;
mod coupons;
mod desk;
mod errors;
mod gifts;
mod hooks;
mod imports;
mod keys;
mod leaderboards;
mod migrations;
mod openapi;
mod order_lists;
mod orders;
mod packets;
mod pages;
mod paid_gifts;
mod payments;
mod products;
mod refunds;
mod reports;
mod rooms;
mod sales;
mod shows;
mod sockets;
mod stripe;
mod support;
mod users;
mod wallet;
mod withdrawals;
