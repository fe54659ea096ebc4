//! What an order costs, and which states it may pass through.
//!
//! Integers only, every sum checked. No clock (the caller says what time it is), no SQL: the store sees to it that what
//! was decided here is done at most once.

mod best;
mod cart;
mod catalog;
mod coupon;
pub mod csv;
pub mod feed;
pub mod gift;
pub mod ledger;
mod order;
mod price;
pub mod recharge;
pub mod red_packet;
mod refund;
mod refusal;
mod share;
pub mod spending;
#[cfg(test)]
mod tests;
pub mod withdrawal;

pub use best::{Choice, best, most_promising};
pub use cart::{Item, gift, lines, price_at};
pub use catalog::{as_new, check_change, check_coupon, check_product, check_shipping, check_variants};
pub use coupon::{coupon_code, may_claim};
pub use order::{Next, Stage, Step, step};
pub use price::{Goods, Priced, price};
pub use refund::{PaidLine, PaidOrder, RefundPlan};
pub use refusal::Refusal;
pub use share::shares;
