//! What a coupon does, in words.

use crate::words::{merchant, studio};
use overlay::money;
use overlay::text::Lang;
use protocol::{Coupon, CouponClass};

/// What a coupon takes off, short enough for a ticket.
pub(crate) fn ticket(coupon: &Coupon, lang: Lang) -> String {
    match (coupon.class, coupon.percent_off) {
        (CouponClass::Gift, _) => merchant::class(CouponClass::Gift).get(lang).to_owned(),
        (_, Some(percent)) => format!("−{percent}%"),
        (_, None) => money::format(coupon.amount_off, lang),
    }
}

/// What a coupon takes off, and from when on.
pub(crate) fn terms(coupon: &Coupon, lang: Lang) -> String {
    let (off, min) = (money::format(coupon.amount_off, lang), money::format(coupon.min_spend, lang));
    let text = match coupon.percent_off {
        _ if coupon.class == CouponClass::Gift => {
            if coupon.min_spend.amount == 0 { merchant::GIFT_ALWAYS } else { merchant::GIFT_FROM }
                .get(lang)
                .to_owned()
        }
        Some(percent) => merchant::PERCENT_FROM.get(lang).replace("{percent}", &percent.to_string()),
        None if coupon.min_spend.amount == 0 => studio::OFF_ANYTHING.get(lang).to_owned(),
        None => studio::OFF_FROM.get(lang).to_owned(),
    };
    text.replace("{min}", &min).replace("{off}", &off)
}
