use protocol::{OrderStatus, ServerTime};
use shop::{Next, Stage, Step};
use std::collections::BTreeSet;

use super::stock;
use super::tell::tell;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::orders::OrderRow;
use crate::store::steps::Actor;
use crate::store::{self, Db, StoreError};

/// Orders ended in one write.
const BATCH: i64 = 100;

/// Ends an order before payment, inside a write: its stock and its coupons are free again, once.
pub(super) async fn end(db: &mut Db, row: &mut OrderRow, step: Step, now: ServerTime) -> ApiResult<()> {
    let Next::To(to) = shop::step(row.stage, step)? else { return Ok(()) };
    if !store::orders::set_stage(db, &row.order.id, row.stage, to).await? {
        return Err(StoreError::corrupt("orders.stage", "changed under a write").into());
    }
    let by = if step == Step::Cancel { Actor::Shopper(row.user) } else { Actor::Server };
    store::steps::note(db, &row.order.id, row.stage, to, by, now).await?;
    stock::release_all(db, &row.order.room, &row.order.lines).await?;
    store::coupons::free_claims(db, &row.order.id).await?;
    row.stage = to;
    row.order.status = to.status();
    row.order.held_until = None;
    tell(db, &row.order, now).await?;
    Ok(())
}

/// Whether the order's time is over, though nobody has ended it yet.
pub(super) fn is_overdue(row: &OrderRow, now: ServerTime) -> bool {
    row.stage == Stage::Held && row.order.status == OrderStatus::Held && row.held_until <= now
}

/// Ends the held orders whose time is over. Answers how many.
///
/// # Errors
/// When the store fails.
pub async fn expire_overdue(app: &App, now: ServerTime) -> ApiResult<usize> {
    let mut count = 0_usize;
    loop {
        // Looked for on a reader first: most times there is nothing to write.
        if store::orders::overdue(&mut *app.store.read().await?, now, 1).await?.is_empty() {
            return Ok(count);
        }
        let mut tx = app.store.write().await?;
        let mut rooms = BTreeSet::new();
        for mut row in store::orders::overdue(&mut tx, now, BATCH).await? {
            end(&mut tx, &mut row, Step::Expire, now).await?;
            rooms.insert(row.order.room);
            count = count.saturating_add(1);
        }
        store::commit(tx).await?;
        rooms.iter().for_each(|room| app.rooms.wake(room));
    }
}
