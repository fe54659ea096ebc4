use protocol::{EventBody, NewOrder, Order, OrderStatus, ServerTime};

use crate::catalog::coupons;
use crate::clock::secret;
use crate::error::{ApiError, ApiResult};
use crate::store::{self, Db};

/// Who orders, where and when.
pub(super) struct Placing<'a> {
    /// The room.
    pub(super) room: &'a str,
    /// The shopper.
    pub(super) user: i64,
    /// Now.
    pub(super) now: ServerTime,
    /// Until when stock is held.
    pub(super) held_until: ServerTime,
}

/// Places an order, inside a write: holds its stock, uses its coupon, and leaves word of the stock.
pub(super) async fn place(db: &mut Db, placing: &Placing<'_>, new: &NewOrder) -> ApiResult<Order> {
    let Placing { room, user, now, held_until } = *placing;
    let product = store::products::by_id(db, room, new.product).await?;
    let product =
        product.ok_or_else(|| ApiError::from(room::Refusal::UnknownProduct { product: new.product }))?;
    let coupon = match new.coupon {
        Some(id) => Some(coupons::usable(db, room, id, user).await?),
        None => None,
    };
    let quote = shop::quote(new, &product, coupon.as_ref(), now)?;
    let sold_out =
        || shop::Refusal::SoldOut { title: product.title.clone(), left: product.stock, asked: new.quantity };
    let stock = store::products::hold(db, product.id, new.quantity)
        .await?
        .ok_or_else(|| ApiError::from(sold_out()))?;
    let order = Order {
        id: secret::<16>(),
        room: room.to_owned(),
        status: OrderStatus::Held,
        lines: vec![quote.line],
        subtotal: quote.subtotal,
        discount: quote.discount,
        total: quote.total,
        coupon: new.coupon,
        placed: now,
        held_until: Some(held_until),
        receipt: None,
    };
    store::orders::insert(db, user, &order, held_until).await?;
    if let Some(id) = new.coupon
        && !store::coupons::use_claim(db, id, user, &order.id).await?
    {
        return Err(shop::Refusal::CouponUsed.into());
    }
    store::outbox::push(db, room, &EventBody::StockChanged { product: product.id, stock }).await?;
    metrics::counter!("livestall_orders_placed_total").increment(1);
    Ok(order)
}
