//! Coupon cards: released with the picture, ended by the server's clock.

mod card;
mod state;

pub(crate) use card::{Coupons, condition};
pub(crate) use state::{CouponState, clock, state};
