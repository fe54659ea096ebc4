//! Bounds of what a host may put on sale.

use crate::Refusal;
use protocol::{Currency, Money, NewCoupon, NewProduct, Product};

/// Dearest item, in minor units: with the largest order line a sum stays far inside what JavaScript counts exactly
/// (2^53).
const MOST_AMOUNT: i64 = 100_000_000_000;
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
    numbers(product.price, product.compare_at, product.stock)
}

/// Whether a product's numbers make sense after a change; its currency stays.
///
/// # Errors
/// The first number that does not.
pub fn check_change(product: &Product, currency: Currency) -> Result<(), Refusal> {
    same_currency("price", product.price.currency, currency)?;
    numbers(product.price, product.compare_at, product.stock)
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
    items("total", coupon.total, 1)
}
