//! Bounds of what a host may put on sale.

use crate::Refusal;
use protocol::{
    CouponClass, Currency, LivePrice, Money, NewCoupon, NewProduct, NewVariant, Product, ShippingRule,
    Variant,
};

/// Dearest item, in minor units: with the largest order line a sum stays far inside what JavaScript counts exactly
/// (2^53).
const MOST_AMOUNT: i64 = 100_000_000_000;
/// Variants of one product, as Shopify has it.
const MOST_VARIANTS: usize = 100;
/// Respects in which variants differ: colour, size, and one more.
const MOST_OPTIONS: usize = 3;
/// Products that a coupon is for.
const MOST_PRODUCTS: usize = 100;
/// Most items on hand, or coupons, of one kind.
const MOST_ITEMS: i64 = 10_000_000;

fn amount(what: &'static str, money: Money, least: i64) -> Result<(), Refusal> {
    if (least..=MOST_AMOUNT).contains(&money.amount) {
        Ok(())
    } else {
        Err(Refusal::AmountOutOfRange { what, found: money.amount, least, most: MOST_AMOUNT })
    }
}

fn items(what: &'static str, found: i64, least: i64) -> Result<(), Refusal> {
    if (least..=MOST_ITEMS).contains(&found) {
        Ok(())
    } else {
        Err(Refusal::QuantityOutOfRange { what, found, least, most: MOST_ITEMS })
    }
}

fn same_currency(what: &'static str, found: Currency, expected: Currency) -> Result<(), Refusal> {
    if found == expected { Ok(()) } else { Err(Refusal::CurrencyMismatch { what, found, expected }) }
}

/// Whether the product's numbers make sense; its texts are `room`'s business.
///
/// # Errors
/// The first number that does not.
pub fn check_product(product: &NewProduct) -> Result<(), Refusal> {
    numbers(product.price, product.compare_at, product.stock)?;
    live(product.live.as_ref(), product.price)?;
    limits(product.per_order, product.per_user)?;
    check_variants(product.price, &product.variants)
}

fn limits(per_order: Option<u32>, per_user: Option<u32>) -> Result<(), Refusal> {
    per_order.map_or(Ok(()), |most| items("per_order", i64::from(most), 1))?;
    per_user.map_or(Ok(()), |most| items("per_user", i64::from(most), 1))
}

/// Whether a price for a while is one: above zero, below the usual price, from a time to a later one.
fn live(live: Option<&LivePrice>, price: Money) -> Result<(), Refusal> {
    let Some(live) = live else { return Ok(()) };
    same_currency("live", live.price.currency, price.currency)?;
    if (1..price.amount).contains(&live.price.amount) && live.from < live.until {
        Ok(())
    } else {
        Err(Refusal::BadLivePrice { price: price.amount })
    }
}

/// Whether variants of a product that usually costs `price` make sense together: they differ in the same respects, and no two
/// in none. Their texts are `room`'s business.
///
/// # Errors
/// The first that does not.
pub fn check_variants(price: Money, variants: &[NewVariant]) -> Result<(), Refusal> {
    if variants.len() > MOST_VARIANTS {
        let (found, most) = (i64::try_from(variants.len()).unwrap_or(i64::MAX), 100);
        return Err(Refusal::QuantityOutOfRange { what: "variants", found, least: 0, most });
    }
    let names = |one: &NewVariant| one.options.iter().map(|option| option.name.clone()).collect::<Vec<_>>();
    let expected = variants.first().map(names).unwrap_or_default();
    for (index, one) in variants.iter().enumerate() {
        let bad = |reason| Err(Refusal::BadVariant { index, reason });
        if !(1..=MOST_OPTIONS).contains(&one.options.len()) {
            return bad("expected one to three options");
        }
        if names(one) != expected {
            return bad("expected options of the same names as the first variant's, in the same order");
        }
        if expected.iter().enumerate().any(|(at, name)| expected.iter().take(at).any(|other| other == name)) {
            return bad("an option is named twice");
        }
        if variants.iter().take(index).any(|other| other.options == one.options) {
            return bad("it differs from another one in nothing");
        }
        let usual = one.price.unwrap_or(price);
        same_currency("a variant's price", usual.currency, price.currency)?;
        numbers(usual, one.compare_at, one.stock)?;
        live(one.live.as_ref(), usual)?;
    }
    Ok(())
}

/// A variant as it would be asked for: what checks new ones checks changed ones too.
pub fn as_new(variant: &Variant) -> NewVariant {
    NewVariant {
        options: variant.options.clone(),
        sku: variant.sku.clone(),
        price: Some(variant.price),
        compare_at: variant.compare_at,
        live: variant.live,
        stock: variant.stock,
    }
}

/// Whether a shipping rule makes sense.
///
/// # Errors
/// The first number that does not.
pub fn check_shipping(rule: &ShippingRule) -> Result<(), Refusal> {
    amount("fee", rule.fee, 0)?;
    let Some(least) = rule.free_from else { return Ok(()) };
    amount("free_from", least, 0)?;
    same_currency("free_from", least.currency, rule.fee.currency)
}

/// Whether a product's numbers make sense after a change; its currency stays.
///
/// # Errors
/// The first number that does not.
pub fn check_change(product: &Product, currency: Currency) -> Result<(), Refusal> {
    same_currency("price", product.price.currency, currency)?;
    numbers(product.price, product.compare_at, product.stock)?;
    limits(product.per_order, product.per_user)?;
    live(product.live.as_ref(), product.price)
}

fn numbers(price: Money, before: Option<Money>, stock: i64) -> Result<(), Refusal> {
    amount("price", price, 1)?;
    items("stock", stock, 0)?;
    let Some(before) = before else { return Ok(()) };
    amount("compare_at", before, 1)?;
    same_currency("compare_at", before.currency, price.currency)?;
    if before.amount <= price.amount {
        return Err(Refusal::CompareAtTooLow { found: before.amount, price: price.amount });
    }
    Ok(())
}

/// Whether the coupon's numbers make sense.
///
/// # Errors
/// The first number that does not.
pub fn check_coupon(coupon: &NewCoupon) -> Result<(), Refusal> {
    amount("amount_off", coupon.amount_off, 1)?;
    amount("min_spend", coupon.min_spend, 0)?;
    same_currency("min_spend", coupon.min_spend.currency, coupon.amount_off.currency)?;
    items("total", coupon.total, 1)?;
    items("per_user", i64::from(coupon.per_user), 1)?;
    let bad = |reason| Err(Refusal::BadCoupon { reason });
    if coupon.percent_off.is_some_and(|percent| !(1..=100).contains(&percent)) {
        return bad("percent_off: expected 1 to 100");
    }
    match (coupon.class, coupon.products.len()) {
        (CouponClass::Items, 1..=MOST_PRODUCTS) | (CouponClass::Order | CouponClass::Shipping, 0) => {}
        (CouponClass::Gift, 1) if coupon.percent_off.is_none() => {}
        (CouponClass::Gift, 1) => return bad("percent_off: expected none, since a gift is given whole"),
        (CouponClass::Gift, _) => return bad("products: expected the one that is given"),
        (CouponClass::Items, _) => return bad("products: expected those that it is for, up to 100"),
        _ => return bad("products: expected none, since it is not of class items"),
    }
    match (coupon.starts, coupon.expires) {
        (Some(starts), Some(expires)) if expires <= starts => bad("expires: expected a time after starts"),
        _ => Ok(()),
    }
}
