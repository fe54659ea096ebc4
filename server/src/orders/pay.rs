use axum::http::StatusCode;
use axum::response::Response;
use protocol::{EventBody, OrderToast, PayOrder, ServerTime, User};
use shop::{Next, Stage, Step};
use std::time::Duration;

use super::end::{end, is_overdue};
use super::payment::{Charge, ChargeError};
use super::stock;
use super::tell::tell;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::once::{Claimed, encode, respond};
use crate::state::App;
use crate::store::orders::OrderRow;
use crate::store::steps::Actor;
use crate::store::{self, Db, StoreError};

/// How long the provider may take; past it, nobody knows, and the sweeper asks again.
pub(super) const PROVIDER: Duration = Duration::from_secs(20);

/// How asking the provider came out.
enum Charged {
    Paid(Box<OrderRow>),
    Declined(ApiError),
    Unknown,
}

/// What asking the provider about an order runs under: one asks at a time, the shopper or [`settle`].
fn slot(order: &str) -> String {
    format!("payment {order}")
}

/// The user's order of this name; others' orders do not exist for them.
pub(super) async fn own(db: &mut Db, user: i64, order: &str) -> ApiResult<OrderRow> {
    let row = store::orders::by_id(db, order).await?.filter(|row| row.user == user);
    row.ok_or_else(|| ApiError::unknown("unknown_order", "you have no order of this number"))
}

/// Pays an order: notes that the provider is asked, asks, notes the answer. A crash between leaves the order `paying`,
/// and [`settle`] asks again under the same reference.
pub(super) async fn pay(
    app: &App,
    user: User,
    key: String,
    order: String,
    body: PayOrder,
) -> ApiResult<Response> {
    let claimed = Claimed::new(app, user.id, key, "pay order", &(&order, &body))?;
    // Before the order is read, so that nobody else is asking about it while this reads where it stands.
    let slot = app.running.enter(slot(&order)).ok_or(shop::Refusal::PaymentRunning)?;
    let mut tx = app.store.write().await?;
    if let Some(answer) = claimed.kept(&mut tx).await? {
        store::commit(tx).await?;
        return Ok(answer);
    }
    let mut row = own(&mut tx, user.id, &order).await?;
    let at = now();
    if is_overdue(&row, at) {
        end(&mut tx, &mut row, Step::Expire, at).await?;
        store::commit(tx).await?;
        app.rooms.wake(&row.order.room);
        let closed = shop::Refusal::OrderClosed { found: row.stage.as_str(), asked: "paid" };
        return claimed.refuse(&app.store, closed.into()).await;
    }
    let methods = app.payments.methods();
    if !methods.contains(&body.method.as_str()) {
        let detail = format!("expected one of {}", methods.join(", "));
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_method", detail));
    }
    match shop::step(row.stage, Step::Pay) {
        Ok(Next::Stay) => {
            let body = encode(&row.order)?;
            claimed.keep(&mut tx, StatusCode::OK, &body).await?;
            store::commit(tx).await?;
            return Ok(respond(StatusCode::OK, body));
        }
        // Somebody else's answer is awaited: ask again, so it is not kept.
        Err(refusal @ shop::Refusal::PaymentRunning) => return Err(refusal.into()),
        Err(refusal) => {
            drop(tx);
            return claimed.refuse(&app.store, refusal.into()).await;
        }
        Ok(Next::To(_)) => {}
    }
    if !store::orders::begin_payment(&mut tx, &order, &body.method).await? {
        return Err(StoreError::corrupt("orders.stage", "changed under a write").into());
    }
    let row = own(&mut tx, user.id, &order).await?;
    store::commit(tx).await?;
    let answer = finish(app, row, &user, Some(&claimed)).await;
    drop(slot);
    match answer? {
        Charged::Paid(row) => Ok(respond(StatusCode::OK, encode(&row.order)?)),
        Charged::Declined(error) => Err(error),
        Charged::Unknown => Err(ApiError::busy(
            "the payment provider does not answer; ask again with the same key in a moment",
        )),
    }
}

/// Asks again for payments that nobody knows the end of.
pub(super) async fn settle(app: &App) -> ApiResult<()> {
    let rows = store::orders::paying(&mut *app.store.read().await?).await?;
    for row in rows {
        let Some(_slot) = app.running.enter(slot(&row.order.id)) else { continue };
        // It may have ended between the look and the slot.
        let row = store::orders::by_id(&mut *app.store.read().await?, &row.order.id).await?;
        let Some(row) = row.filter(|row| row.stage == Stage::Paying) else { continue };
        let buyer = store::users::by_id(&mut *app.store.read().await?, row.user).await?;
        let buyer = buyer.ok_or_else(ApiError::internal)?;
        tracing::info!(order = row.order.id, "Asking again for a payment that was under way");
        finish(app, row, &buyer, None).await?;
    }
    Ok(())
}

/// Asks the provider about an order that is being paid, and notes the answer.
async fn finish(app: &App, row: OrderRow, buyer: &User, key: Option<&Claimed>) -> ApiResult<Charged> {
    let charge = Charge {
        reference: format!("{}-{}", row.order.id, row.attempts),
        amount: row.order.total,
        method: row.method.clone().unwrap_or_default(),
    };
    let answer = tokio::time::timeout(PROVIDER, app.payments.charge(&charge)).await;
    let answer = answer.unwrap_or_else(|_| Err(ChargeError::Unknown { reason: "no answer".to_owned() }));
    let room = row.order.room.clone();
    let mut tx = app.store.write().await?;
    let charged = match answer {
        Ok(payment) => Charged::Paid(Box::new(paid(&mut tx, &row, buyer, &payment, now()).await?)),
        Err(ChargeError::Declined { reason }) => {
            if !store::orders::decline_payment(&mut tx, &row.order.id, row.attempts).await? {
                tracing::warn!(
                    order = row.order.id,
                    attempt = row.attempts,
                    "A payment was declined too late"
                );
            }
            let detail = format!("{reason}; try another method");
            Charged::Declined(ApiError::new(StatusCode::PAYMENT_REQUIRED, "payment_declined", detail))
        }
        Err(ChargeError::Unknown { reason }) => {
            tracing::warn!(order = row.order.id, reason, "Nobody knows whether a payment was made");
            Charged::Unknown
        }
    };
    if let Some(key) = key {
        match &charged {
            Charged::Paid(row) => key.keep(&mut tx, StatusCode::OK, &encode(&row.order)?).await?,
            Charged::Declined(error) => {
                key.keep(&mut tx, error.status(), &encode(&error.problem())?).await?;
            }
            Charged::Unknown => {}
        }
    }
    store::commit(tx).await?;
    app.rooms.wake(&room);
    Ok(charged)
}

/// Notes that an order is paid, inside a write: its stock is sold, and the room will hear of it.
///
/// # Errors
/// When the order is not paid after it, since it was not at this attempt: the money is to be given back by hand.
async fn paid(
    db: &mut Db,
    row: &OrderRow,
    buyer: &User,
    payment: &str,
    now: ServerTime,
) -> ApiResult<OrderRow> {
    let order = &row.order;
    let fresh = store::orders::finish_payment(db, &order.id, row.attempts, payment, now).await?;
    if fresh {
        let by = Actor::Shopper(row.user);
        store::steps::note(db, &order.id, row.stage, Stage::Paid, by, now).await?;
        stock::sell_all(db, &order.lines).await?;
        for line in &order.lines {
            let toast = OrderToast {
                buyer: masked(&buyer.name),
                product: line.product,
                title: line.title.clone(),
                quantity: line.quantity,
            };
            store::outbox::push(db, &order.room, &EventBody::OrderPaid(toast)).await?;
        }
        metrics::counter!("livestall_orders_paid_total").increment(1);
    }
    let after = store::orders::by_id(db, &order.id).await?.ok_or_else(ApiError::internal)?;
    if after.order.receipt.as_ref().is_none_or(|receipt| receipt.payment != payment) {
        let attempt = row.attempts;
        tracing::error!(
            order = order.id,
            attempt,
            payment,
            "Money was taken for an order that did not wait for it"
        );
        return Err(ApiError::internal());
    }
    if fresh {
        tell(db, &after.order, now).await?;
    }
    Ok(after)
}

/// A name with all but its first character hidden.
fn masked(name: &str) -> String {
    name.chars().take(1).chain("**".chars()).collect()
}
