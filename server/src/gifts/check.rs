use axum::http::StatusCode;
use protocol::{Gift, GiftFormat, LIMITS};
use std::collections::HashSet;

use super::{Gifts, asset::Kind};
use crate::error::{ApiError, ApiResult};

/// Numbers that JavaScript counts exactly.
const LARGEST: i64 = (1 << 53) - 1;

/// Whether gifts are fit to be in force.
///
/// # Errors
/// 422 that says which one is not, and why.
pub(super) fn check(known: &Gifts, gifts: &[Gift]) -> ApiResult<()> {
    let bad = |detail: String| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_gift", detail);
    if gifts.len() > LIMITS.gifts {
        return Err(bad(format!("expected at most {} gifts, found {}", LIMITS.gifts, gifts.len())));
    }
    let mut ids = HashSet::new();
    for gift in gifts {
        let wrong = |detail: String| Err(bad(format!("gift {}: {detail}", gift.id)));
        if !(1..=LARGEST).contains(&gift.id) || !ids.insert(gift.id) {
            return wrong(format!("expected an id of its own from 1 to {LARGEST}"));
        }
        for name in [&gift.name.zh_cn, &gift.name.en] {
            if room::one_line("name", name, LIMITS.gift_name_chars)? != *name {
                return wrong("expected names on one line, without what cannot be seen".to_owned());
            }
        }
        if gift.price > LIMITS.gift_price {
            return wrong(format!(
                "expected a price of at most {} coins, found {}",
                LIMITS.gift_price, gift.price
            ));
        }
        if gift.duration_ms.is_some_and(|duration| !(500..=LIMITS.gift_play_ms).contains(&duration)) {
            return wrong(format!("expected duration_ms from 500 to {}", LIMITS.gift_play_ms));
        }
        if gift.valid_from.zip(gift.valid_to).is_some_and(|(from, to)| to <= from) {
            return wrong("expected valid_to after valid_from".to_owned());
        }
        let format = Kind::at(&gift.asset).map(Kind::format);
        if format != Some(gift.format) || !known.has(&gift.asset) {
            return wrong(format!(
                "expected an asset that was uploaded as {:?}, found {:?}",
                gift.format, gift.asset
            ));
        }
        let pictured = Kind::at(gift.picture()).map(Kind::format) == Some(GiftFormat::Image);
        if !pictured || !known.has(gift.picture()) {
            return wrong(format!("expected an icon that was uploaded as a picture, found {:?}", gift.icon));
        }
    }
    Ok(())
}
