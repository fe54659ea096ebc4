//! Money back. As with a payment: it is noted that the provider is asked, the provider is asked, the answer is noted. The
//! refund's name follows from the request and its key, so that a crash between makes neither a second refund nor a lost one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{Money, NewRefund, Problem, Refund, RefundLine, RefundStatus, ServerTime};
use shop::{Next, Stage, Step};

use super::api::{OrderPath, detached};
use super::fulfil::sold_by;
use super::pay::PROVIDER;
use super::payment::{ChargeError, Payback};
use super::stock;
use super::tell::tell_of_refund;
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Key, Path};
use crate::once::{Claimed, encode, respond};
use crate::state::App;
use crate::store::orders::OrderRow;
use crate::store::steps::Actor;
use crate::store::{self, Db, StoreError};

/// Characters in a reason.
const REASON: usize = 200;
/// Lines that a refund may name.
const MOST_LINES: usize = 100;

/// What asking the provider runs under: one refund of an order at a time.
fn slot(order: &str) -> String {
    format!("refund {order}")
}

/// Pay back what was paid for an order, in part or whole (the room's host).
#[utoipa::path(post, path = "/api/v1/orders/{order}/refunds", tag = "orders", request_body = NewRefund,
    params(("order" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Refund), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(OrderPath { order }): Path<OrderPath>,
    Json(new): Json<NewRefund>,
) -> ApiResult<Response> {
    let new = NewRefund { reason: room::one_line("reason", &new.reason, REASON)?, ..new };
    if let Some(found) = new.lines.as_ref().map(Vec::len).filter(|found| *found > MOST_LINES) {
        let detail = format!("{found} lines; expected at most {MOST_LINES}");
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "too_many_lines", detail));
    }
    detached(async move { refund(&app, &viewer, key, order, &new).await }).await
}

async fn refund(
    app: &App,
    viewer: &Viewer,
    key: String,
    order: String,
    new: &NewRefund,
) -> ApiResult<Response> {
    let claimed = Claimed::new(app, viewer.id, key, "refund order", &(&order, new))?;
    let _slot = app.running.enter(slot(&order)).ok_or(shop::Refusal::RefundRunning)?;
    let mut tx = app.store.write().await?;
    if let Some(answer) = claimed.kept(&mut tx).await? {
        store::commit(tx).await?;
        return Ok(answer);
    }
    let refund = match begin(&mut tx, viewer, &claimed.name(), &order, new).await {
        Ok(refund) => refund,
        Err(error) => {
            drop(tx);
            // What runs now will have ended: ask again, so that is not kept.
            let running = ApiError::from(shop::Refusal::RefundRunning);
            return if error == running { Err(error) } else { claimed.refuse(&app.store, error).await };
        }
    };
    store::commit(tx).await?;
    let ended = ask(app, refund, Some(&claimed)).await?;
    match ended {
        Some(ended) => answer(&ended),
        None => Err(ApiError::busy(
            "the payment provider does not answer; ask again with the same key in a moment",
        )),
    }
}

fn answer(refund: &Refund) -> ApiResult<Response> {
    match refund.status {
        RefundStatus::Failed => Err(declined()),
        RefundStatus::Done | RefundStatus::Pending => Ok(respond(StatusCode::CREATED, encode(refund)?)),
    }
}

fn declined() -> ApiError {
    let detail = "the payment provider declined to pay back; nothing changed; ask it why, then try again";
    ApiError::new(StatusCode::CONFLICT, "refund_declined", detail)
}

/// Notes that the provider is to be asked; the refund that is there already, if the process ended since.
async fn begin(db: &mut Db, viewer: &Viewer, id: &str, order: &str, new: &NewRefund) -> ApiResult<Refund> {
    let row = sold_by(db, viewer, order).await?;
    if let Some(begun) = store::refunds::by_id(db, id).await? {
        return Ok(begun);
    }
    if !row.stage.is_paid_for() {
        return Err(shop::Refusal::OrderClosed { found: row.stage.as_str(), asked: "refunded" }.into());
    }
    if store::refunds::is_pending(db, order).await? {
        return Err(shop::Refusal::RefundRunning.into());
    }
    let plan = row.paid().refund(new)?;
    let money = |amount| Money::new(amount, row.order.total.currency);
    let line = |(items, amount): &(protocol::RefundItems, i64)| RefundLine {
        line: items.line,
        quantity: items.quantity,
        amount: money(*amount),
    };
    let refund = Refund {
        id: id.to_owned(),
        order: order.to_owned(),
        status: RefundStatus::Pending,
        lines: plan.lines.iter().map(line).collect(),
        shipping: (plan.shipping > 0).then(|| money(plan.shipping)),
        amount: money(plan.amount),
        restock: new.restock,
        reason: new.reason.clone(),
        asked: now(),
        ended: None,
    };
    store::refunds::insert(db, viewer.id, &refund).await?;
    Ok(refund)
}

/// Asks again for refunds that nobody knows the end of.
pub(super) async fn settle(app: &App) -> ApiResult<()> {
    let pending = store::refunds::pending(&mut *app.store.read().await?).await?;
    for refund in pending {
        let Some(_slot) = app.running.enter(slot(&refund.order)) else { continue };
        tracing::info!(
            refund = refund.id,
            order = refund.order,
            "Asking again for a refund that was under way"
        );
        ask(app, refund, None).await?;
    }
    Ok(())
}

/// Asks the provider, unless the refund has ended, and notes the answer. Answers the refund once it has ended.
async fn ask(app: &App, refund: Refund, key: Option<&Claimed>) -> ApiResult<Option<Refund>> {
    let row = store::orders::by_id(&mut *app.store.read().await?, &refund.order).await?;
    let row = row.ok_or_else(ApiError::internal)?;
    let told = tokio::time::timeout(PROVIDER, pay_back(app, &row, &refund)).await;
    let told = told.unwrap_or_else(|_| Err(ChargeError::Unknown { reason: "no answer".to_owned() }));
    let mut tx = app.store.write().await?;
    match told {
        Ok(reference) => done(&mut tx, &refund, &reference, now()).await?,
        Err(ChargeError::Declined { reason }) => {
            tracing::warn!(refund = refund.id, order = refund.order, reason, "A refund was declined");
            store::refunds::finish(&mut tx, &refund.id, None, now()).await?;
        }
        Err(ChargeError::Unknown { reason }) => {
            tracing::warn!(refund = refund.id, reason, "Nobody knows whether money was paid back");
            return Ok(None);
        }
    }
    let ended = store::refunds::by_id(&mut tx, &refund.id).await?.ok_or_else(ApiError::internal)?;
    if let Some(key) = key {
        match ended.status {
            RefundStatus::Failed => {
                key.keep(&mut tx, declined().status(), &encode(&declined().problem())?).await?;
            }
            _ => key.keep(&mut tx, StatusCode::CREATED, &encode(&ended)?).await?,
        }
    }
    store::commit(tx).await?;
    app.rooms.wake(&row.order.room);
    Ok(Some(ended))
}

async fn pay_back(app: &App, row: &OrderRow, refund: &Refund) -> Result<String, ChargeError> {
    let ours = format!("refund_{}", refund.id);
    // No provider pays back zero; what cost nothing is back at once.
    if refund.amount.amount == 0 {
        return Ok(ours);
    }
    let payment = row.order.receipt.as_ref().map(|receipt| receipt.payment.clone());
    let payback = Payback {
        reference: ours,
        payment: payment.unwrap_or_default(),
        amount: refund.amount,
        method: row.method.clone().unwrap_or_default(),
    };
    app.payments.pay_back(&payback).await
}

/// Notes that money is on its way back, inside a write and once: the items are on sale again if so said, and an order of
/// which nothing is left is refunded.
async fn done(db: &mut Db, refund: &Refund, reference: &str, now: ServerTime) -> ApiResult<()> {
    if !store::refunds::finish(db, &refund.id, Some(reference), now).await? {
        return Ok(());
    }
    store::orders::add_refund(db, refund).await?;
    let row = store::orders::by_id(db, &refund.order).await?.ok_or_else(ApiError::internal)?;
    if refund.restock {
        // Of its own lines alone: the audit would see one that is not.
        let part = |part: &RefundLine| {
            let line = usize::try_from(part.line).ok().and_then(|index| row.order.lines.get(index));
            line.map(|line| (line, part.quantity))
        };
        stock::restock(db, &row.order.room, refund.lines.iter().filter_map(part)).await?;
    }
    metrics::counter!("livestall_refunds_done_total").increment(1);
    if row.paid().is_whole() {
        let by = Actor::Shop(store::refunds::asker(db, &refund.id).await?);
        whole(db, &row, by, now).await?;
    }
    let after = store::orders::by_id(db, &refund.order).await?.ok_or_else(ApiError::internal)?;
    Ok(tell_of_refund(db, &after.order, now).await?)
}

/// Notes that an order is paid back whole; its coupons are free again, once, since it is so once.
async fn whole(db: &mut Db, row: &OrderRow, by: Actor, now: ServerTime) -> ApiResult<()> {
    let Next::To(to) = shop::step(row.stage, Step::Refund)? else { return Ok(()) };
    if !store::orders::set_stage(db, &row.order.id, row.stage, to).await? {
        return Err(StoreError::corrupt("orders.stage", "changed under a write").into());
    }
    store::steps::note(db, &row.order.id, row.stage, Stage::Refunded, by, now).await?;
    Ok(store::coupons::free_claims(db, &row.order.id).await?)
}
