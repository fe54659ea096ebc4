use protocol::{CouponClaim, Money, ServerTime};

/// What the shopper is shown before the order is placed. The server reckons anew, and refuses rather than charge another
/// total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) subtotal: Money,
    pub(super) discount: Money,
    pub(super) total: Money,
}

/// The total of `quantity` at `price` with this coupon; none when it does not fit into an integer.
pub(super) fn total(price: Money, quantity: u32, coupon: Option<&CouponClaim>) -> Option<Total> {
    let subtotal = price.amount.checked_mul(quantity.into())?;
    let off = coupon.filter(|claim| reaches(claim, Money::new(subtotal, price.currency)));
    let discount = off.map_or(0, |claim| claim.coupon.amount_off.amount.clamp(0, subtotal.max(0)));
    let money = |amount| Money::new(amount, price.currency);
    Some(Total { subtotal: money(subtotal), discount: money(discount), total: money(subtotal - discount) })
}

/// Whether a claimed coupon can be used for `subtotal` at `now`.
pub(super) fn applies(claim: &CouponClaim, subtotal: Money, now: ServerTime) -> bool {
    !claim.used && claim.coupon.expires.is_none_or(|end| now < end) && reaches(claim, subtotal)
}

fn reaches(claim: &CouponClaim, subtotal: Money) -> bool {
    let coupon = &claim.coupon;
    coupon.amount_off.currency == subtotal.currency
        && coupon.min_spend.currency == subtotal.currency
        && coupon.min_spend.amount <= subtotal.amount
}

/// The claimed coupon that takes most off.
pub(super) fn best(claims: &[CouponClaim], subtotal: Money, now: ServerTime) -> Option<i64> {
    let usable = claims.iter().filter(|claim| applies(claim, subtotal, now));
    usable.max_by_key(|claim| claim.coupon.amount_off.amount).map(|claim| claim.coupon.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Coupon, Currency};

    fn cny(amount: i64) -> Money {
        Money::new(amount, Currency::CNY)
    }

    fn claim(id: i64, off: i64, least: i64) -> CouponClaim {
        let (title, total, remaining) = (String::new(), 1, 0);
        let (amount_off, min_spend) = (cny(off), cny(least));
        let coupon =
            Coupon { id, title, amount_off, min_spend, total, remaining, expires: Some(ServerTime(100)) };
        CouponClaim { coupon, claimed: ServerTime(0), used: false }
    }

    #[test]
    fn a_coupon_comes_off_once_its_threshold_is_reached_and_never_below_zero() {
        let claim = claim(1, 3_000, 10_000);
        assert_eq!(total(cny(5_900), 1, Some(&claim)).map(|t| t.total), Some(cny(5_900)));
        assert_eq!(
            total(cny(5_900), 2, Some(&claim)).map(|t| (t.discount, t.total)),
            Some((cny(3_000), cny(8_800)))
        );
        let generous = self::claim(2, 9_900, 0);
        assert_eq!(total(cny(5_900), 1, Some(&generous)).map(|t| t.total), Some(cny(0)));
        assert_eq!(total(cny(i64::MAX), 2, None), None);
    }

    #[test]
    fn the_best_usable_coupon_is_suggested() {
        let claims =
            [claim(1, 500, 0), claim(2, 3_000, 10_000), CouponClaim { used: true, ..claim(3, 9_000, 0) }];
        assert_eq!(best(&claims, cny(5_900), ServerTime(0)), Some(1));
        assert_eq!(best(&claims, cny(11_800), ServerTime(0)), Some(2));
        assert_eq!(best(&claims, cny(11_800), ServerTime(100)), None);
    }

    #[test]
    fn a_coupon_of_another_currency_does_not_apply() {
        assert!(!applies(&claim(1, 500, 0), Money::new(5_900, Currency::USD), ServerTime(0)));
    }
}
