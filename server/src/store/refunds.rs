//! Refunds with their lines. What may be paid back is `shop`'s business.

use super::{Db, StoreError};
use protocol::{Currency, Money, Refund, RefundLine, RefundStatus, ServerTime};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    order_id: String,
    stage: String,
    shipping: i64,
    amount: i64,
    restock: i64,
    reason: String,
    asked: i64,
    ended: Option<i64>,
    currency: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.order_id, r.stage, r.shipping, r.amount, r.restock, r.reason, r.asked, r.ended, ",
            "o.currency FROM refunds r JOIN orders o ON o.id = r.order_id ",
            $rest
        )
    };
}

async fn with_lines(db: &mut Db, row: Row) -> Result<Refund, StoreError> {
    let status = match row.stage.as_str() {
        "pending" => RefundStatus::Pending,
        "done" => RefundStatus::Done,
        "failed" => RefundStatus::Failed,
        other => return Err(StoreError::corrupt("refunds.stage", other)),
    };
    let currency: Currency = super::products::currency(&row.currency)?;
    let found: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT position, quantity, amount FROM refund_lines WHERE refund_id = $1 ORDER BY position",
    )
    .bind(&row.id)
    .fetch_all(db)
    .await?;
    let count = |found: i64| u32::try_from(found).map_err(|_| StoreError::corrupt("refund_lines", found));
    let line = |(position, quantity, amount)| -> Result<RefundLine, StoreError> {
        let amount = Money::new(amount, currency);
        Ok(RefundLine { line: count(position)?, quantity: count(quantity)?, amount })
    };
    Ok(Refund {
        id: row.id,
        order: row.order_id,
        status,
        lines: found.into_iter().map(line).collect::<Result<_, _>>()?,
        shipping: (row.shipping > 0).then(|| Money::new(row.shipping, currency)),
        amount: Money::new(row.amount, currency),
        restock: row.restock != 0,
        reason: row.reason,
        asked: ServerTime(row.asked),
        ended: row.ended.map(ServerTime),
    })
}

async fn all_with_lines(db: &mut Db, rows: Vec<Row>) -> Result<Vec<Refund>, StoreError> {
    let mut refunds = Vec::with_capacity(rows.len());
    for row in rows {
        refunds.push(with_lines(db, row).await?);
    }
    Ok(refunds)
}

/// Adds a refund that the provider has not heard of.
///
/// # Errors
/// When one of the order is pending, or the store fails.
pub async fn insert(db: &mut Db, user: i64, refund: &Refund) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO refunds (id, order_id, stage, shipping, amount, restock, reason, user_id, asked) \
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $8)",
    )
    .bind(&refund.id)
    .bind(&refund.order)
    .bind(refund.shipping.map_or(0, |shipping| shipping.amount))
    .bind(refund.amount.amount)
    .bind(i64::from(refund.restock))
    .bind(&refund.reason)
    .bind(user)
    .bind(refund.asked.0)
    .execute(&mut *db)
    .await?;
    for line in &refund.lines {
        sqlx::query(
            "INSERT INTO refund_lines (refund_id, position, quantity, amount) VALUES ($1, $2, $3, $4)",
        )
        .bind(&refund.id)
        .bind(i64::from(line.line))
        .bind(i64::from(line.quantity))
        .bind(line.amount.amount)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The refund of an identifier.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: &str) -> Result<Option<Refund>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE r.id = $1")).bind(id).fetch_optional(&mut *db).await?;
    match row {
        Some(row) => with_lines(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// An order's refunds, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn of_order(db: &mut Db, order: &str) -> Result<Vec<Refund>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE r.order_id = $1 ORDER BY r.asked, r.id"))
        .bind(order)
        .fetch_all(&mut *db)
        .await?;
    all_with_lines(db, rows).await
}

/// Refunds that nobody knows the end of, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn pending(db: &mut Db) -> Result<Vec<Refund>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE r.stage = 'pending' ORDER BY r.asked, r.id"))
        .fetch_all(&mut *db)
        .await?;
    all_with_lines(db, rows).await
}

/// Whether a refund of the order is pending.
///
/// # Errors
/// When the store fails.
pub async fn is_pending(db: &mut Db, order: &str) -> Result<bool, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM refunds WHERE order_id = $1 AND stage = 'pending'")
            .bind(order)
            .fetch_optional(db)
            .await?;
    Ok(found.is_some())
}

/// Who asked for a refund.
///
/// # Errors
/// When there is none, or the store fails.
pub async fn asker(db: &mut Db, id: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT user_id FROM refunds WHERE id = $1").bind(id).fetch_one(db).await?)
}

/// Ends a pending refund: done under the provider's reference, or failed without one. Answers whether it was pending.
///
/// # Errors
/// When the store fails.
pub async fn finish(
    db: &mut Db,
    id: &str,
    reference: Option<&str>,
    now: ServerTime,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE refunds SET stage = $2, reference = $3, ended = $4 WHERE id = $1 AND stage = 'pending'",
    )
    .bind(id)
    .bind(if reference.is_some() { "done" } else { "failed" })
    .bind(reference)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
