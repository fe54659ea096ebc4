//! Which of a shopper's coupons make an order cheapest.

use crate::{Priced, Refusal, price};
use protocol::{Coupon, CouponClass, CouponReason, Money, OrderLine, ServerTime, ShippingRule};
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
/// coupons have the lower numbers.
///
/// # Errors
/// When the order cannot be priced without coupons either.
pub fn best(
    lines: &[OrderLine],
    rule: Option<&ShippingRule>,
    coupons: &[Coupon],
    now: ServerTime,
) -> Result<Choice, Refusal> {
    let mut chosen = price(lines, rule, &[], now)?;
    let alone: Vec<Result<Money, Refusal>> =
        coupons.iter().map(|one| off_alone(lines, rule, one, now)).collect();
    let [items, order, shipping] = [CouponClass::Items, CouponClass::Order, CouponClass::Shipping]
        .map(|class| candidates(coupons, &alone, class));
    // At most one of each class, and none is one more way.
    for item in &items {
        for whole in &order {
            for fee in &shipping {
                let together: Vec<&Coupon> = [item, whole, fee].into_iter().filter_map(|one| *one).collect();
                // What does not go together is no choice.
                if let Ok(priced) = price(lines, rule, &together, now)
                    && rank(&priced) < rank(&chosen)
                {
                    chosen = priced;
                }
            }
        }
    }
    let reasons = coupons.iter().zip(alone).map(|(coupon, alone)| reason(coupon, alone, &chosen)).collect();
    Ok(Choice { priced: chosen, reasons })
}

/// What a coupon takes off by itself.
fn off_alone(
    lines: &[OrderLine],
    rule: Option<&ShippingRule>,
    coupon: &Coupon,
    now: ServerTime,
) -> Result<Money, Refusal> {
    let priced = price(lines, rule, &[coupon], now)?;
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
