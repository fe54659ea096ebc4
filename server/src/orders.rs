//! Orders at work: each step of one, with the stock and the coupon that it moves and the events that tell of it, is one
//! transaction. What the steps are and what they cost is the crate `shop`'s business.

pub mod api;
mod cart;
mod desk;
mod end;
pub mod fulfil;
pub mod lists;
mod pay;
mod payment;
mod place;
pub mod quote;
pub mod refund;
pub mod sales;
mod shelf;
mod stock;
mod sweeper;
mod tell;

pub use desk::Desk;
pub use end::expire_overdue;
pub use payment::{Charge, ChargeError, ChargeFuture, Payback, PaymentProvider, Sandbox};
pub use sweeper::{recover, sweep};
