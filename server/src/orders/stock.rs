//! What orders do to stock, and what everybody hears of it. Always in one order of products and variants, so that two writes
//! side by side never wait for each other in a circle.

use protocol::{EventBody, OrderLine};

use super::shelf::Shelf;
use crate::error::ApiResult;
use crate::store::products::stock::{Items, hold, release, sell, take_back};
use crate::store::{self, Db, StoreError};

/// Lines and how many of each.
fn sorted<'a>(lines: impl Iterator<Item = (&'a OrderLine, u32)>) -> Vec<(&'a OrderLine, Items)> {
    let items = |(line, quantity): (&'a OrderLine, u32)| {
        (line, Items { product: line.product, variant: line.variant, quantity })
    };
    let mut all: Vec<_> = lines.map(items).collect();
    all.sort_by_key(|(_, items)| (items.product, items.variant));
    all
}

fn whole(lines: &[OrderLine]) -> Vec<(&OrderLine, Items)> {
    sorted(lines.iter().map(|line| (line, line.quantity)))
}

/// Leaves word of what is left of a product; of one with variants, the product as it is now.
async fn tell(db: &mut Db, room: &str, items: Items, stock: i64) -> ApiResult<()> {
    let product = match items.variant {
        Some(_) => store::products::by_id(db, room, items.product).await?,
        None => None,
    };
    let body = match product {
        Some(product) => EventBody::ProductChanged { product },
        None => EventBody::StockChanged { product: items.product, stock },
    };
    Ok(store::outbox::push(db, room, &body).await?)
}

/// Holds what was taken from a shelf, and leaves word of what is left.
pub(super) async fn hold_all(db: &mut Db, shelf: &Shelf) -> Result<(), StoreError> {
    for ((product, variant), quantity) in shelf.taken() {
        // It is what the shelf was filled from, and nobody else writes.
        if hold(db, Items { product, variant, quantity }).await?.is_none() {
            return Err(StoreError::corrupt("products.held", format!("{product} with {quantity} more")));
        }
    }
    for product in shelf.changed() {
        let body = match &product.variants[..] {
            [] => EventBody::StockChanged { product: product.id, stock: product.stock },
            _ => EventBody::ProductChanged { product: product.clone() },
        };
        store::outbox::push(db, shelf.room(), &body).await?;
    }
    Ok(())
}

/// Gives back what was held.
pub(super) async fn release_all(db: &mut Db, room: &str, lines: &[OrderLine]) -> ApiResult<()> {
    for (_, items) in whole(lines) {
        let stock = release(db, items).await?;
        tell(db, room, items, stock).await?;
    }
    Ok(())
}

/// Sells what was held; nothing changes that others could buy.
pub(super) async fn sell_all(db: &mut Db, lines: &[OrderLine]) -> ApiResult<()> {
    for (_, items) in whole(lines) {
        sell(db, items).await?;
    }
    Ok(())
}

/// Puts some of what was sold back on sale.
pub(super) async fn restock<'a>(
    db: &mut Db,
    room: &str,
    parts: impl Iterator<Item = (&'a OrderLine, u32)>,
) -> ApiResult<()> {
    for (_, items) in sorted(parts) {
        let stock = take_back(db, items).await?;
        tell(db, room, items, stock).await?;
    }
    Ok(())
}
