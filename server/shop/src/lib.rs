//! What an order costs, and which states it may pass through.
//!
//! Integers only, every sum checked. No clock (the caller says what time it is), no SQL: the store sees to it that what
//! was decided here is done at most once.

mod catalog;
mod coupon;
pub mod gift;
pub mod ledger;
mod order;
mod quote;
pub mod recharge;
pub mod red_packet;
mod refusal;
pub mod spending;
#[cfg(test)]
mod tests;

pub use catalog::{check_change, check_coupon, check_product};
pub use coupon::{discount, may_claim};
pub use order::{Next, Stage, Step, step};
pub use quote::{Quote, quote};
pub use refusal::Refusal;
