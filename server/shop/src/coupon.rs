use crate::Refusal;
use protocol::{Coupon, ServerTime};

/// Whether a coupon can be claimed and used now, as far as time goes.
pub(crate) fn in_time(coupon: &Coupon, now: ServerTime) -> Result<(), Refusal> {
    if coupon.expires.is_some_and(|end| end <= now) {
        return Err(Refusal::CouponExpired);
    }
    match coupon.starts {
        Some(starts) if now < starts => Err(Refusal::CouponNotStarted { starts }),
        _ => Ok(()),
    }
}

/// Whether somebody who has claimed `claimed` of them, all of which are used, may claim the coupon now. `open` is whether it
/// is out, or they know its code.
///
/// # Errors
/// When it is not out, not in its time, gone, or they have had their share.
pub fn may_claim(coupon: &Coupon, open: bool, claimed: i64, now: ServerTime) -> Result<(), Refusal> {
    if claimed >= i64::from(coupon.per_user) {
        return Err(Refusal::CouponUsed);
    }
    if !open {
        return Err(Refusal::CouponNotReleased);
    }
    in_time(coupon, now)?;
    if coupon.remaining < 1 {
        return Err(Refusal::CouponGone { total: coupon.total });
    }
    Ok(())
}

/// What a coupon takes off `base`: never more than that.
pub(crate) fn off(coupon: &Coupon, base: i64) -> i64 {
    let (base, most) = (base.max(0), coupon.amount_off.amount.max(0));
    let part = coupon.percent_off.map_or(base, |percent| {
        let exact = i128::from(base).saturating_mul(i128::from(percent.min(100))) / 100;
        // A hundredth of a 64-bit number, at most a hundred times.
        i64::try_from(exact).unwrap_or(base)
    });
    part.min(most)
}

/// A code as it is kept and compared: what people type and read out differs in case alone.
///
/// # Errors
/// When it is not 4 to 32 letters, digits and hyphens.
pub fn coupon_code(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    let good =
        typed.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && (4..=32).contains(&typed.len());
    if good { Ok(typed.to_ascii_uppercase()) } else { Err(Refusal::BadCode) }
}
