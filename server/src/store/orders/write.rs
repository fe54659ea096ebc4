//! What changes an order. Each step is conditional on where the order stands.

use super::{Db, StoreError, amount};
use crate::store::database::{places, rows_at_most};
use protocol::{Order, Refund, ServerTime, Shipment};
use serde::Serialize;
use shop::Stage;
use sqlx::AssertSqlSafe;

/// A column's JSON.
fn json<T: Serialize>(what: &'static str, value: Option<&T>) -> Result<Option<String>, StoreError> {
    let text = value.map(serde_json::to_string).transpose();
    text.map_err(|error| StoreError::corrupt(what, error))
}

/// Adds orders that hold stock until then, each with whose it is.
///
/// # Errors
/// When the store fails.
pub async fn insert_all(
    db: &mut Db,
    orders: &[(i64, Order)],
    held_until: ServerTime,
) -> Result<(), StoreError> {
    for orders in orders.chunks(rows_at_most(14)) {
        let sql = "INSERT INTO orders (id, room_id, user_id, stage, subtotal, discount, shipping, shipping_discount, \
            total, currency, placed, held_until, address, invoice) VALUES";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, orders.len(), 14))));
        for (user, order) in orders {
            query = query.bind(&order.id).bind(&order.room).bind(*user).bind(Stage::Held.as_str());
            query = query.bind(order.subtotal.amount).bind(order.discount.amount);
            query = query.bind(amount(order.shipping)).bind(amount(order.shipping_discount));
            query = query.bind(order.total.amount).bind(order.total.currency.as_str());
            query = query.bind(order.placed.0).bind(held_until.0);
            query = query.bind(json("orders.address", order.address.as_ref())?);
            query = query.bind(json("orders.invoice", order.invoice.as_ref())?);
        }
        query.execute(&mut *db).await?;
    }
    insert_lines(db, orders).await?;
    insert_coupons(db, orders).await
}

async fn insert_lines(db: &mut Db, orders: &[(i64, Order)]) -> Result<(), StoreError> {
    let lines: Vec<_> = orders
        .iter()
        .flat_map(|(_, order)| (0_i64..).zip(&order.lines).map(move |(at, line)| (&order.id, at, line)))
        .collect();
    for lines in lines.chunks(rows_at_most(10)) {
        let sql = "INSERT INTO order_lines (order_id, position, product_id, title, unit_price, quantity, discount, \
            variant_id, options, sku) VALUES";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, lines.len(), 10))));
        for (order, position, line) in lines {
            query = query.bind(*order).bind(*position).bind(line.product).bind(&line.title);
            query = query.bind(line.unit_price.amount).bind(i64::from(line.quantity));
            query = query.bind(amount(line.discount)).bind(line.variant).bind(&line.options).bind(&line.sku);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

async fn insert_coupons(db: &mut Db, orders: &[(i64, Order)]) -> Result<(), StoreError> {
    let used: Vec<_> = orders
        .iter()
        .flat_map(|(_, order)| order.coupons.iter().map(move |used| (&order.id, used)))
        .collect();
    for used in used.chunks(rows_at_most(3)) {
        let sql = "INSERT INTO order_coupons (order_id, coupon_id, discount) VALUES";
        let mut query = sqlx::query(AssertSqlSafe(format!("{sql} {}", places(db, used.len(), 3))));
        for (order, used) in used {
            query = query.bind(*order).bind(used.coupon).bind(used.off.amount);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// Moves an order from one stage to another, neither of which is about a payment under way. Answers whether it stood there.
///
/// # Errors
/// When the store fails.
pub async fn set_stage(db: &mut Db, id: &str, from: Stage, to: Stage) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE orders SET stage = $3 WHERE id = $1 AND stage = $2")
        .bind(id)
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider is about to be asked, one more time. Answers whether the order waited for it.
///
/// # Errors
/// When the store fails.
pub async fn begin_payment(db: &mut Db, id: &str, method: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET stage = 'paying', attempts = attempts + 1, method = $2 WHERE id = $1 AND stage = 'held'",
    )
    .bind(id)
    .bind(method)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider declined an attempt. Answers whether the order was at that attempt.
///
/// # Errors
/// When the store fails.
pub async fn decline_payment(db: &mut Db, id: &str, attempt: i64) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE orders SET stage = 'held' WHERE id = $1 AND stage = 'paying' AND attempts = $2")
            .bind(id)
            .bind(attempt)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the provider took the money at an attempt. Answers whether the order was at that attempt.
///
/// # Errors
/// When the store fails.
pub async fn finish_payment(
    db: &mut Db,
    id: &str,
    attempt: i64,
    payment: &str,
    paid: ServerTime,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET stage = 'paid', payment = $3, paid = $4 \
         WHERE id = $1 AND stage = 'paying' AND attempts = $2",
    )
    .bind(id)
    .bind(attempt)
    .bind(payment)
    .bind(paid.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a paid order is on its way. Answers whether it was paid and nothing more.
///
/// # Errors
/// When the store fails.
pub async fn set_shipped(db: &mut Db, id: &str, shipment: &Shipment) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET stage = 'shipped', carrier = $2, tracking = $3 WHERE id = $1 AND stage = 'paid'",
    )
    .bind(id)
    .bind(&shipment.carrier)
    .bind(&shipment.tracking)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts what was paid back; in the same write as the refund that is done.
///
/// # Errors
/// When it is more than was paid, or the store fails.
pub async fn add_refund(db: &mut Db, refund: &Refund) -> Result<(), StoreError> {
    for line in &refund.lines {
        sqlx::query(
            "UPDATE order_lines SET refunded = refunded + $3, refunded_amount = refunded_amount + $4, \
             restocked = restocked + $5 WHERE order_id = $1 AND position = $2",
        )
        .bind(&refund.order)
        .bind(i64::from(line.line))
        .bind(i64::from(line.quantity))
        .bind(line.amount.amount)
        .bind(if refund.restock { i64::from(line.quantity) } else { 0 })
        .execute(&mut *db)
        .await?;
    }
    sqlx::query(
        "UPDATE orders SET refunded = refunded + $2, refunded_shipping = refunded_shipping + $3 WHERE id = $1",
    )
    .bind(&refund.order)
    .bind(refund.amount.amount)
    .bind(amount(refund.shipping))
    .execute(db)
    .await?;
    Ok(())
}
