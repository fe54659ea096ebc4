//! What was sold, summed from the orders themselves: no figure is kept beside them.

use super::{Db, StoreError, products::currency};
use protocol::{MinuteSales, ProductSales, SalesSum, ServerTime};

/// When orders were paid that are counted: after `after`, up to `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The last moment before it.
    pub after: ServerTime,
    /// Its last moment.
    pub until: ServerTime,
    /// When its first minute begins; what was paid before is of the first minute.
    pub start: ServerTime,
}

/// Minute, currency, and the sums as [`SalesSum`] has them.
type MinuteRow = (i64, String, i64, i64, i64, i64, i64, i64, i64);

/// By minute and currency, in that order.
///
/// # Errors
/// When the store fails.
pub async fn by_minute(db: &mut Db, room: &str, window: Window) -> Result<Vec<MinuteSales>, StoreError> {
    let rows: Vec<MinuteRow> = sqlx::query_as(
        "SELECT minute, currency, COUNT(*), CAST(SUM(items) AS BIGINT), CAST(SUM(subtotal) AS BIGINT), \
         CAST(SUM(discount) AS BIGINT), CAST(SUM(shipping) AS BIGINT), CAST(SUM(total) AS BIGINT), \
         CAST(SUM(refunded) AS BIGINT) FROM \
         (SELECT CASE WHEN o.paid < $4 THEN 0 ELSE (o.paid - $4) / 60000 END AS minute, o.currency, o.subtotal, \
         o.discount, o.shipping - o.shipping_discount AS shipping, o.total, o.refunded, (SELECT SUM(l.quantity) FROM order_lines l WHERE l.order_id = o.id) AS items \
         FROM orders o WHERE o.room_id = $1 AND o.paid > $2 AND o.paid <= $3) AS paid \
         GROUP BY minute, currency ORDER BY minute, currency",
    )
    .bind(room)
    .bind(window.after.0)
    .bind(window.until.0)
    .bind(window.start.0)
    .fetch_all(db)
    .await?;
    let minute = |row: MinuteRow| {
        let (minute, code, orders, items, subtotal, discount, shipping, total, refunded) = row;
        let currency = currency(&code)?;
        let sum = SalesSum { currency, orders, items, subtotal, discount, shipping, total, refunded };
        Ok(MinuteSales { minute, sum })
    };
    rows.into_iter().map(minute).collect()
}

/// By product and currency, in that order.
///
/// # Errors
/// When the store fails.
pub async fn by_product(db: &mut Db, room: &str, window: Window) -> Result<Vec<ProductSales>, StoreError> {
    let rows: Vec<(i64, String, String, i64, i64, i64)> = sqlx::query_as(
        "SELECT l.product_id, (SELECT n.title FROM order_lines n JOIN orders p ON p.id = n.order_id \
         WHERE n.product_id = l.product_id AND p.room_id = $1 AND p.paid IS NOT NULL \
         ORDER BY p.paid DESC, p.id, n.position LIMIT 1), \
         o.currency, COUNT(DISTINCT o.id), CAST(SUM(l.quantity) AS BIGINT), \
         CAST(SUM(l.unit_price * l.quantity) AS BIGINT) FROM order_lines l JOIN orders o ON o.id = l.order_id \
         WHERE o.room_id = $1 AND o.paid > $2 AND o.paid <= $3 GROUP BY l.product_id, o.currency \
         ORDER BY l.product_id, o.currency",
    )
    .bind(room)
    .bind(window.after.0)
    .bind(window.until.0)
    .fetch_all(db)
    .await?;
    let product = |(product, title, code, orders, items, subtotal): (i64, String, String, i64, i64, i64)| {
        Ok(ProductSales { product, title, currency: currency(&code)?, orders, items, subtotal })
    };
    rows.into_iter().map(product).collect()
}
