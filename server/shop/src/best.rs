//! Which of a shopper's coupons make an order cheapest.

use crate::{Goods, Priced, Refusal, price};
use protocol::{Coupon, CouponClass, CouponReason, Money};
use std::cmp::Reverse;

/// The cheapest allowed combination, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the order comes to with it.
    pub priced: Priced,
    /// About each coupon, in the order given.
    pub reasons: Vec<CouponReason>,
}

/// The best allowed combination of `coupons`: the lowest total; of equal ones, that with fewer coupons, then that whose
/// coupons have the lower numbers; and of the gifts that go with it, the dearest.
///
/// # Errors
/// When the order cannot be priced without coupons either.
pub fn best(goods: Goods<'_>, coupons: &[Coupon]) -> Result<Choice, Refusal> {
    let mut chosen = price(goods, &[])?;
    let alone: Vec<Result<Money, Refusal>> = coupons.iter().map(|one| off_alone(goods, one)).collect();
    let [items, order, shipping] = [CouponClass::Items, CouponClass::Order, CouponClass::Shipping]
        .map(|class| candidates(coupons, &alone, class));
    // At most one of each class, and none is one more way.
    for item in &items {
        for whole in &order {
            for fee in &shipping {
                let together: Vec<&Coupon> = [item, whole, fee].into_iter().filter_map(|one| *one).collect();
                // What does not go together is no choice.
                if let Ok(priced) = price(goods, &together)
                    && rank(&priced) < rank(&chosen)
                {
                    chosen = priced;
                }
            }
        }
    }
    // A gift costs nothing and takes nothing off: it comes on top.
    let mut gifts = candidates(coupons, &alone, CouponClass::Gift);
    gifts.sort_by_key(|gift| gift.map(|gift| (Reverse(worth(goods, gift)), gift.id)));
    for gift in gifts.into_iter().flatten() {
        let used = |coupon: &&Coupon| chosen.coupons.iter().any(|used| used.coupon == coupon.id);
        let with: Vec<&Coupon> = coupons.iter().filter(used).chain([gift]).collect();
        if let Ok(priced) = price(goods, &with) {
            chosen = priced;
            break;
        }
    }
    let reasons = coupons.iter().zip(alone).map(|(coupon, alone)| reason(coupon, alone, &chosen)).collect();
    Ok(Choice { priced: chosen, reasons })
}

/// What the gift of a coupon costs.
fn worth(goods: Goods<'_>, coupon: &Coupon) -> i64 {
    let gift = goods.gifts.iter().find(|gift| coupon.products.contains(&gift.product));
    gift.map_or(0, |gift| gift.unit_price.amount)
}

/// What a coupon takes off by itself.
fn off_alone(goods: Goods<'_>, coupon: &Coupon) -> Result<Money, Refusal> {
    let priced = price(goods, &[coupon])?;
    Ok(Money::new(
        priced.discount.amount.saturating_add(priced.shipping_discount.amount),
        priced.total.currency,
    ))
}

/// None, and each coupon of a class that an order with it alone takes. What does not apply alone does not apply with others:
/// they only lower what it comes off.
fn candidates<'a>(
    coupons: &'a [Coupon],
    alone: &[Result<Money, Refusal>],
    class: CouponClass,
) -> Vec<Option<&'a Coupon>> {
    let fit = coupons.iter().zip(alone).filter(|(one, alone)| one.class == class && alone.is_ok());
    std::iter::once(None).chain(fit.map(|(one, _)| Some(one))).collect()
}

/// Lower is better.
fn rank(priced: &Priced) -> (i64, usize, Vec<i64>) {
    (priced.total.amount, priced.coupons.len(), priced.coupons.iter().map(|used| used.coupon).collect())
}

fn reason(coupon: &Coupon, alone: Result<Money, Refusal>, chosen: &Priced) -> CouponReason {
    let used = chosen.coupons.iter().find(|used| used.coupon == coupon.id);
    let (code, off) = match (used, alone) {
        (Some(used), _) => ("used", Some(used.off)),
        (None, Ok(off)) => ("others_are_better", Some(off)),
        (None, Err(refusal)) => (refusal.code(), None),
    };
    CouponReason { coupon: coupon.id, code: code.to_owned(), off }
}

/// Sorts coupons so that of those a shopper has too many of, the ones that take most off are looked at.
pub fn most_promising(coupons: &mut Vec<Coupon>, most: usize) {
    coupons.sort_by_key(|coupon| (Reverse(coupon.amount_off.amount), coupon.id));
    coupons.truncate(most);
}
