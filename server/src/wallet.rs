//! Wallets: coins are bought through a payment provider, and credited by its signed word alone. What moves is `shop::ledger`'s
//! business; here are the addresses, the providers and the order in which things are written down.

pub mod api;
mod config;
mod gifts;
pub mod leaderboard;
mod notice;
pub mod packets;
mod provider;
mod recharge;
mod sandbox;
mod signature;
pub mod spending;
mod stripe;
pub mod webhooks;
pub mod withdrawals;

pub use config::{RechargeConfig, RechargeFlags, Secret};
pub use gifts::{Ledger, release_due};
pub use provider::{Delivery, Intent, Notice, OpenError, OpenFuture, Opened, RechargeProvider};
pub use recharge::redeliver;
pub use sandbox::Sandbox;
pub use signature::{TOLERANCE_S, sign};
pub use webhooks::{hear, receive};
