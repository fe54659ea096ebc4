//! What is bought, at the server's own prices.

use crate::Refusal;
use protocol::{LIMITS, LivePrice, Money, OrderLine, Product, ServerTime, Variant};

/// One line of a cart, with what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The product.
    pub product: &'a Product,
    /// Which of its variants was named.
    pub variant: Option<i64>,
    /// How many.
    pub quantity: u32,
    /// How many of the product, of any variant, the shopper's other orders that stand have.
    pub bought: i64,
}

/// What something costs at `now`: its price for a while, while it lasts.
pub fn price_at(price: Money, live: Option<&LivePrice>, now: ServerTime) -> Money {
    live.filter(|live| live.from <= now && now < live.until).map_or(price, |live| live.price)
}

/// Prices a cart.
///
/// # Errors
/// When it is empty or too long, names something twice or a variant that is not there, asks for more than is left or than one
/// may buy, or mixes currencies.
pub fn lines(items: &[Item<'_>], now: ServerTime) -> Result<Vec<OrderLine>, Refusal> {
    if !(1..=LIMITS.order_lines).contains(&items.len()) {
        let (found, most) = (count(items.len()), count(LIMITS.order_lines));
        return Err(Refusal::QuantityOutOfRange { what: "number of lines", found, least: 1, most });
    }
    for (index, item) in items.iter().enumerate() {
        let same = |other: &Item<'_>| other.product.id == item.product.id && other.variant == item.variant;
        if items.iter().take(index).any(same) {
            return Err(Refusal::LineTwice { line: u32::try_from(index).unwrap_or(u32::MAX) });
        }
        limits(item, items)?;
    }
    let lines = items.iter().map(|item| line(item, now)).collect::<Result<Vec<_>, _>>()?;
    let mut currencies = lines.iter().map(|line| line.unit_price.currency);
    if let Some(expected) = currencies.next()
        && let Some(found) = currencies.find(|found| *found != expected)
    {
        return Err(Refusal::CurrencyMismatch { what: "a product of the order", found, expected });
    }
    Ok(lines)
}

/// One item of a product as a coupon gives it; none when it is sold out, or sold in variants.
pub fn gift(product: &Product, now: ServerTime) -> Option<OrderLine> {
    line(&Item { product, variant: None, quantity: 1, bought: 0 }, now).ok()
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

/// Whether one may buy so many of an item's product.
fn limits(item: &Item<'_>, items: &[Item<'_>]) -> Result<(), Refusal> {
    let product = item.product;
    let of_it = items.iter().filter(|other| other.product.id == product.id);
    let here = of_it.fold(0_i64, |sum, other| sum.saturating_add(i64::from(other.quantity)));
    if let Some(most) = product.per_order.filter(|most| here > i64::from(*most)) {
        return Err(Refusal::TooManyInOrder { title: product.title.clone(), asked: here, most });
    }
    if let Some(most) = product.per_user.filter(|most| here.saturating_add(item.bought) > i64::from(*most)) {
        let (title, bought) = (product.title.clone(), item.bought);
        return Err(Refusal::TooManyForUser { title, asked: here, bought, most });
    }
    Ok(())
}

fn line(item: &Item<'_>, now: ServerTime) -> Result<OrderLine, Refusal> {
    let Item { product, quantity, .. } = *item;
    if !(1..=LIMITS.order_quantity).contains(&quantity) {
        let (found, most) = (i64::from(quantity), i64::from(LIMITS.order_quantity));
        return Err(Refusal::QuantityOutOfRange { what: "quantity", found, least: 1, most });
    }
    let variant = variant(product, item.variant)?;
    let (price, live, stock, sku) = match variant {
        Some(one) => (one.price, one.live.as_ref(), one.stock, &one.sku),
        None => (product.price, product.live.as_ref(), product.stock, &product.sku),
    };
    if stock < i64::from(quantity) {
        return Err(Refusal::SoldOut { title: product.title.clone(), left: stock, asked: quantity });
    }
    Ok(OrderLine {
        product: product.id,
        variant: variant.map(|one| one.id),
        options: variant.map(options).unwrap_or_default(),
        sku: sku.clone(),
        title: product.title.clone(),
        unit_price: price_at(price, live, now),
        quantity,
        discount: None,
        refunded: 0,
    })
}

/// The variant that is bought: a product that has any is bought as one of them, another is not.
fn variant(product: &Product, named: Option<i64>) -> Result<Option<&Variant>, Refusal> {
    match named {
        None if product.variants.is_empty() => Ok(None),
        None => Err(Refusal::VariantRequired { title: product.title.clone() }),
        Some(id) => {
            let found = product.variants.iter().find(|one| one.id == id);
            found
                .map(Some)
                .ok_or_else(|| Refusal::UnknownVariant { title: product.title.clone(), variant: id })
        }
    }
}

/// A variant in words: `Red, L`.
fn options(variant: &Variant) -> String {
    variant.options.iter().map(|option| option.value.as_str()).collect::<Vec<_>>().join(", ")
}
