use protocol::{CouponClaim, ServerTime};
use timeline::CouponCard;

/// What a viewer can do with a coupon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CouponState {
    /// It can be claimed.
    Open,
    /// The viewer holds it.
    Claimed,
    /// The viewer has bought with it.
    Used,
    /// Others have claimed them all.
    Gone,
    /// The host has withdrawn it, or the show is over.
    Ended,
    /// Its time is over.
    Expired,
}

/// Where a coupon stands at `now` for a viewer with these claims.
pub(crate) fn state(card: &CouponCard, claims: &[CouponClaim], now: ServerTime) -> CouponState {
    let claim = claims.iter().find(|claim| claim.coupon.id == card.coupon.id);
    match claim {
        Some(claim) if claim.used => CouponState::Used,
        _ if card.coupon.expires.is_some_and(|end| end <= now) => CouponState::Expired,
        Some(_) => CouponState::Claimed,
        None if card.withdrawn => CouponState::Ended,
        None if card.coupon.remaining <= 0 => CouponState::Gone,
        None => CouponState::Open,
    }
}

/// The time from `now` to `end`: `4:05`, `1:04:05`; none once it is over, or as long as it is more than a day off.
pub(crate) fn clock(end: ServerTime, now: ServerTime) -> Option<String> {
    let seconds = (end.millis() - now.millis() + 999).div_euclid(1_000);
    let (hours, minutes, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match seconds {
        1..3_600 => Some(format!("{minutes}:{second:02}")),
        3_600..=86_400 => Some(format!("{hours}:{minutes:02}:{second:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Coupon, Currency, Money, StreamTime};

    fn card(remaining: i64, expires: Option<i64>, withdrawn: bool) -> CouponCard {
        let off = Money::new(500, Currency::CNY);
        let (id, title, total) = (3, "c".to_owned(), 10);
        let expires = expires.map(ServerTime);
        let coupon = Coupon { remaining, expires, ..Coupon::plain(id, title, off, off, total) };
        CouponCard { coupon, since: StreamTime(0), withdrawn }
    }

    fn claim(used: bool) -> CouponClaim {
        CouponClaim { coupon: card(0, None, false).coupon, claimed: ServerTime(0), used }
    }

    #[test]
    fn a_coupon_can_be_claimed_until_it_is_gone_withdrawn_or_expired() {
        let now = ServerTime(1_000);
        assert_eq!(state(&card(1, Some(1_001), false), &[], now), CouponState::Open);
        assert_eq!(state(&card(0, None, false), &[], now), CouponState::Gone);
        assert_eq!(state(&card(1, None, true), &[], now), CouponState::Ended);
        assert_eq!(state(&card(1, Some(1_000), false), &[], now), CouponState::Expired);
    }

    #[test]
    fn a_claimed_coupon_stays_claimed_when_the_others_are_gone() {
        assert_eq!(state(&card(0, None, true), &[claim(false)], ServerTime(0)), CouponState::Claimed);
        assert_eq!(state(&card(0, Some(5), false), &[claim(false)], ServerTime(9)), CouponState::Expired);
        assert_eq!(state(&card(0, Some(5), false), &[claim(true)], ServerTime(9)), CouponState::Used);
    }

    #[test]
    fn the_countdown_ends_at_one_second_and_starts_within_a_day() {
        let left = |millis| clock(ServerTime(millis), ServerTime(0));
        assert_eq!(left(245_000).as_deref(), Some("4:05"));
        assert_eq!(left(3_845_000).as_deref(), Some("1:04:05"));
        assert_eq!(left(1).as_deref(), Some("0:01"));
        assert_eq!((left(0), left(90_000_000)), (None, None));
    }
}
