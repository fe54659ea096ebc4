//! What an order comes to: its lines, its coupons, its shipping fee.
//!
//! Coupons come off one after the other: of some items first, of all items at what is left of them, then gifts come along, and
//! of the shipping fee last. Each one's threshold is tested against what it comes off, a gift's against all that is bought, at
//! what is left of that. A gift is a line of its own, whose discount is its price: it is sold as anything is. Parts are rounded down to the minor
//! unit, and split over lines by largest remainder.

use crate::coupon::{in_time, off};
use crate::{Refusal, shares};
use protocol::{Coupon, CouponClass, Currency, Money, OrderLine, ServerTime, ShippingRule, UsedCoupon};

/// What is to be priced.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    /// What is bought, all of one currency.
    pub lines: &'a [OrderLine],
    /// One item of each product that a coupon may give and that there is.
    pub gifts: &'a [OrderLine],
    /// What shipping costs, if anything was said of it.
    pub rule: Option<&'a ShippingRule>,
    /// Now.
    pub now: ServerTime,
}

/// What an order comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// Its lines, with their shares of the discount; gifts come last.
    pub lines: Vec<OrderLine>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// What coupons take off them.
    pub discount: Money,
    /// The shipping fee.
    pub shipping: Money,
    /// What a coupon takes off that.
    pub shipping_discount: Money,
    /// What is to pay, never below zero.
    pub total: Money,
    /// The coupons used, and what each takes off.
    pub coupons: Vec<UsedCoupon>,
}

impl Priced {
    /// Goes on only if the shopper was shown this total.
    ///
    /// # Errors
    /// [`Refusal::PriceChanged`] with the total that it is.
    pub fn confirmed(self, expected: Money) -> Result<Self, Refusal> {
        if self.total == expected {
            Ok(self)
        } else {
            Err(Refusal::PriceChanged { now: self.total, expected })
        }
    }
}

/// An order while coupons come off it.
struct Sum {
    currency: Currency,
    /// What is left of each line.
    left: Vec<i64>,
    shipping: i64,
}

/// Prices `goods` with all of `coupons`.
///
/// # Errors
/// When a coupon does not apply or they do not go together, the fee is in another currency, or the sum is out of bounds.
pub fn price(goods: Goods<'_>, coupons: &[&Coupon]) -> Result<Priced, Refusal> {
    let Goods { lines, rule, now, .. } = goods;
    let currency = lines.first().map_or(Currency::CNY, |line| line.unit_price.currency);
    let full = lines.iter().map(whole).collect::<Result<Vec<_>, _>>()?;
    let subtotal = sum(&full)?;
    let shipping = fee(rule, subtotal, currency)?;
    let mut left = Sum { currency, left: full.clone(), shipping };
    let mut given = Vec::new();
    let mut used = Vec::with_capacity(coupons.len());
    for coupon in in_order(coupons)? {
        in_time(coupon, now)?;
        let off = match coupon.class {
            CouponClass::Gift => {
                let gift = left.give(coupon, goods.gifts)?;
                let off = gift.unit_price.amount;
                given.push(gift);
                off
            }
            _ => left.take(coupon, lines)?,
        };
        used.push(UsedCoupon { coupon: coupon.id, off: Money::new(off, currency) });
    }
    used.sort_by_key(|used| used.coupon);
    let rest = sum(&left.left)?;
    let worth = sum(&given.iter().map(|gift| gift.unit_price.amount).collect::<Vec<_>>())?;
    let priced = |(line, (full, left)): (&OrderLine, (&i64, &i64))| {
        let discount = full.saturating_sub(*left);
        OrderLine { discount: (discount > 0).then(|| Money::new(discount, currency)), ..line.clone() }
    };
    let money = |amount| Money::new(amount, currency);
    Ok(Priced {
        lines: lines.iter().zip(full.iter().zip(&left.left)).map(priced).chain(given).collect(),
        subtotal: money(sum(&[subtotal, worth])?),
        discount: money(sum(&[subtotal.saturating_sub(rest), worth])?),
        shipping: money(shipping),
        shipping_discount: money(shipping.saturating_sub(left.shipping)),
        total: money(rest.saturating_add(left.shipping)),
        coupons: used,
    })
}

/// Price × quantity.
fn whole(line: &OrderLine) -> Result<i64, Refusal> {
    let found = line.unit_price.amount;
    found.checked_mul(i64::from(line.quantity)).ok_or(Refusal::AmountOutOfRange {
        what: "price",
        found,
        least: 0,
        most: i64::MAX / 99,
    })
}

fn sum(amounts: &[i64]) -> Result<i64, Refusal> {
    let sum = amounts.iter().try_fold(0_i64, |sum, one| sum.checked_add(*one));
    sum.ok_or(Refusal::AmountOutOfRange { what: "the order", found: i64::MAX, least: 0, most: i64::MAX })
}

/// What shipping costs before coupons.
fn fee(rule: Option<&ShippingRule>, subtotal: i64, currency: Currency) -> Result<i64, Refusal> {
    let Some(rule) = rule else { return Ok(0) };
    if rule.fee.currency != currency {
        let (found, expected) = (rule.fee.currency, currency);
        return Err(Refusal::CurrencyMismatch { what: "the shipping fee", found, expected });
    }
    let free = rule.free_from.is_some_and(|least| subtotal >= least.amount);
    Ok(if free { 0 } else { rule.fee.amount.max(0) })
}

/// The coupons in the order in which they come off.
fn in_order<'a>(coupons: &[&'a Coupon]) -> Result<Vec<&'a Coupon>, Refusal> {
    let mut sorted = coupons.to_vec();
    sorted.sort_by_key(|coupon| (coupon.class, coupon.id));
    for pair in sorted.windows(2) {
        if let [one, other] = pair
            && (one.class == other.class || one.exclusive || other.exclusive)
        {
            return Err(Refusal::CouponsDoNotCombine { one: one.id, other: other.id });
        }
    }
    Ok(sorted)
}

impl Sum {
    /// The line of what a coupon gives.
    fn give(&self, coupon: &Coupon, gifts: &[OrderLine]) -> Result<OrderLine, Refusal> {
        let gift = gifts.iter().find(|gift| coupon.products.contains(&gift.product));
        let gift = gift.ok_or(Refusal::CouponGiftGone)?;
        for (what, found) in
            [("the coupon", coupon.min_spend.currency), ("the gift", gift.unit_price.currency)]
        {
            if found != self.currency {
                return Err(Refusal::CurrencyMismatch { what, found, expected: self.currency });
            }
        }
        self.reaches(coupon, sum(&self.left)?)?;
        Ok(OrderLine { quantity: 1, discount: Some(gift.unit_price), ..gift.clone() })
    }

    fn reaches(&self, coupon: &Coupon, reached: i64) -> Result<(), Refusal> {
        if reached >= coupon.min_spend.amount {
            return Ok(());
        }
        let subtotal = Money::new(reached, self.currency);
        Err(Refusal::CouponBelowMinSpend { min_spend: coupon.min_spend, subtotal })
    }

    /// Takes a coupon off. Answers how much that is.
    fn take(&mut self, coupon: &Coupon, lines: &[OrderLine]) -> Result<i64, Refusal> {
        let (found, expected) = (coupon.amount_off.currency, self.currency);
        if found != expected {
            return Err(Refusal::CurrencyMismatch { what: "the coupon", found, expected });
        }
        let applies =
            |line: &OrderLine| coupon.class != CouponClass::Items || coupon.products.contains(&line.product);
        let base = |(line, left): (&OrderLine, &i64)| if applies(line) { *left } else { 0 };
        let base: Vec<i64> = lines.iter().zip(&self.left).map(base).collect();
        let reached = sum(&base)?;
        if coupon.class == CouponClass::Items && !lines.iter().any(applies) {
            return Err(Refusal::CouponForOthers);
        }
        self.reaches(coupon, reached)?;
        if coupon.class == CouponClass::Shipping {
            let taken = off(coupon, self.shipping);
            self.shipping = self.shipping.saturating_sub(taken);
            return useful(taken);
        }
        let taken = off(coupon, reached);
        for (left, share) in self.left.iter_mut().zip(shares(taken, &base)) {
            *left = left.saturating_sub(share);
        }
        useful(taken)
    }
}

/// A coupon is not used up for nothing.
fn useful(taken: i64) -> Result<i64, Refusal> {
    if taken > 0 { Ok(taken) } else { Err(Refusal::CouponTakesNothing) }
}
