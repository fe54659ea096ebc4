use protocol::{Order, ServerTime};

use crate::hooks;
use crate::store::{Db, StoreError};

/// Leaves word of an order for its host's webhooks, inside the write that made it stand where it stands.
pub(super) async fn tell(db: &mut Db, order: &Order, now: ServerTime) -> Result<(), StoreError> {
    tell_of(db, order, kind(order), now).await
}

/// The same of orders of one room that stand at one place.
pub(super) async fn tell_all(
    db: &mut Db,
    room: &str,
    orders: &[&Order],
    now: ServerTime,
) -> Result<(), StoreError> {
    match orders {
        [] => Ok(()),
        [first, ..] => hooks::tell_each_in_room(db, room, kind(first), orders, now).await,
    }
}

/// Leaves word that money of an order was paid back; all of it when the order says `refunded`.
pub(super) async fn tell_of_refund(db: &mut Db, order: &Order, now: ServerTime) -> Result<(), StoreError> {
    tell_of(db, order, REFUNDED, now).await
}

async fn tell_of(db: &mut Db, order: &Order, kind: &str, now: ServerTime) -> Result<(), StoreError> {
    hooks::tell_in_room(db, &order.room, kind, order, now).await
}

const REFUNDED: &str = "order.refunded";

const fn kind(order: &Order) -> &'static str {
    use protocol::OrderStatus as S;
    match order.status {
        S::Held => "order.held",
        S::Paid => "order.paid",
        S::Shipped => "order.shipped",
        S::Delivered => "order.delivered",
        S::Refunded => REFUNDED,
        S::Cancelled => "order.cancelled",
        S::Expired => "order.expired",
    }
}
