use crate::Refusal;
use protocol::{Coupon, Money, ServerTime};

fn in_time(coupon: &Coupon, now: ServerTime) -> Result<(), Refusal> {
    match coupon.expires {
        Some(end) if end <= now => Err(Refusal::CouponExpired),
        _ => Ok(()),
    }
}

/// Whether somebody who has none may claim the coupon now.
///
/// # Errors
/// When it is not out, past its time, or gone.
pub fn may_claim(coupon: &Coupon, released: bool, now: ServerTime) -> Result<(), Refusal> {
    if !released {
        return Err(Refusal::CouponNotReleased);
    }
    in_time(coupon, now)?;
    if coupon.remaining < 1 {
        return Err(Refusal::CouponGone { total: coupon.total });
    }
    Ok(())
}

/// What a claimed coupon takes off an order of `subtotal`: never more than the order comes to.
///
/// # Errors
/// When it is past its time, of another currency, or the order is below its threshold.
pub fn discount(coupon: &Coupon, subtotal: Money, now: ServerTime) -> Result<Money, Refusal> {
    in_time(coupon, now)?;
    let (found, expected) = (coupon.amount_off.currency, subtotal.currency);
    if found != expected {
        return Err(Refusal::CurrencyMismatch { what: "the coupon", found, expected });
    }
    if subtotal.amount < coupon.min_spend.amount {
        return Err(Refusal::CouponBelowMinSpend { min_spend: coupon.min_spend, subtotal });
    }
    Ok(Money::new(coupon.amount_off.amount.clamp(0, subtotal.amount.max(0)), expected))
}
