use crate::{Refusal, discount};
use protocol::{Coupon, LIMITS, Money, NewOrder, OrderLine, Product, ServerTime};

/// What an order comes to, by the server's own prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The line bought.
    pub line: OrderLine,
    /// Price × quantity.
    pub subtotal: Money,
    /// What the coupon takes off.
    pub discount: Money,
    /// What is to pay, never below zero.
    pub total: Money,
}

/// Prices `order` for `product` and the shopper's claimed `coupon`.
///
/// # Errors
/// When the quantity is out of bounds or more than is left, the coupon does not apply, or the total is not the one that
/// the shopper was shown.
pub fn quote(
    order: &NewOrder,
    product: &Product,
    coupon: Option<&Coupon>,
    now: ServerTime,
) -> Result<Quote, Refusal> {
    let (asked, currency) = (order.quantity, product.price.currency);
    if !(1..=LIMITS.order_quantity).contains(&asked) {
        let (found, most) = (i64::from(asked), i64::from(LIMITS.order_quantity));
        return Err(Refusal::QuantityOutOfRange { what: "quantity", found, least: 1, most });
    }
    if product.stock < i64::from(asked) {
        return Err(Refusal::SoldOut { title: product.title.clone(), left: product.stock, asked });
    }
    let Some(sum) = product.price.amount.checked_mul(i64::from(asked)) else {
        let found = product.price.amount;
        return Err(Refusal::AmountOutOfRange { what: "price", found, least: 0, most: i64::MAX / 99 });
    };
    let subtotal = Money::new(sum, currency);
    let off = coupon.map_or(Ok(Money::new(0, currency)), |coupon| discount(coupon, subtotal, now))?;
    // `discount` never exceeds the subtotal.
    let total = Money::new(sum.saturating_sub(off.amount), currency);
    if total != order.expected_total {
        return Err(Refusal::PriceChanged { now: total, expected: order.expected_total });
    }
    let line = OrderLine {
        product: product.id,
        title: product.title.clone(),
        unit_price: product.price,
        quantity: asked,
    };
    Ok(Quote { line, subtotal, discount: off, total })
}
