//! Orders that are placed together, inside one write. Each is decided by what those before it left, and whoever is refused
//! leaves the others be: nothing is written before all are decided. One order of a shopper at a time, or two could both
//! have the last that one may buy.

use axum::http::StatusCode;
use axum::response::Response;
use protocol::{Coupon, Order, OrderStatus, ServerTime};
use std::collections::BTreeMap;

use super::desk::Asked;
use super::shelf::{Shelf, Wanted};
use super::{cart, stock, tell};
use crate::catalog::coupons;
use crate::clock::{now, secret};
use crate::error::{ApiError, ApiResult};
use crate::once::{encode, respond};
use crate::store::{self, Db, StoreError};

/// An order, and whose it is.
type Placed = (i64, Order);

/// What became of orders that were placed together.
pub(super) struct Done {
    /// What each is answered, in their order.
    pub(super) answers: Vec<ApiResult<Response>>,
    /// How many of them are new orders.
    pub(super) placed: u64,
}

/// Places orders in their order, each of another shopper: holds their stock, uses their coupons, leaves word of both, and
/// keeps the answers under their keys. Answers for each; all of it holds once the write is committed.
///
/// # Errors
/// When the store fails; then the whole write is to be undone.
pub(super) async fn all(db: &mut Db, asked: &[&Asked], hold_seconds: u32) -> ApiResult<Done> {
    let now = now();
    let held_until = ServerTime(now.0.saturating_add(i64::from(hold_seconds).saturating_mul(1_000)));
    let names: Vec<(i64, &str)> = asked.iter().map(|one| one.claimed.key()).collect();
    let mut before = store::idempotency::find_all(db, &names).await?;
    let mut shelves = shelves(db, asked).await?;
    let (mut answers, mut kept, mut placed) = (Vec::with_capacity(asked.len()), Vec::new(), Vec::new());
    for one in asked {
        if let Some(answer) = before.remove(&one.user) {
            answers.push(one.claimed.again(answer));
            continue;
        }
        let shelf = shelves.get_mut(one.room.as_str()).ok_or_else(ApiError::internal)?;
        let (status, body, answer) = match decide(db, shelf, one, (now, held_until)).await {
            Ok(order) => {
                let body = encode(&order)?;
                placed.push((one.user, order));
                (StatusCode::CREATED, body.clone(), Ok(respond(StatusCode::CREATED, body)))
            }
            Err(refusal) if refusal.status().is_client_error() => {
                (refusal.status(), encode(&refusal.problem())?, Err(refusal))
            }
            Err(error) => return Err(error),
        };
        kept.push(one.claimed.first(status, body));
        answers.push(answer);
    }
    write(db, &shelves.into_values().collect::<Vec<_>>(), &placed, (now, held_until)).await?;
    store::idempotency::keep_all(db, &kept, now).await?;
    Ok(Done { answers, placed: u64::try_from(placed.len()).unwrap_or(u64::MAX) })
}

/// Coupons that the shopper wants to use.
pub(super) async fn usable(db: &mut Db, (room, user): (&str, i64), asked: &[i64]) -> ApiResult<Vec<Coupon>> {
    let mut found = Vec::with_capacity(asked.len());
    for id in asked {
        found.push(coupons::usable(db, room, *id, user).await?);
    }
    Ok(found)
}

/// The rooms' shelves, with all on them that anybody asks for.
async fn shelves<'a>(db: &mut Db, asked: &[&'a Asked]) -> Result<BTreeMap<&'a str, Shelf>, StoreError> {
    let mut wanted: BTreeMap<&str, Vec<Wanted>> = BTreeMap::new();
    for one in asked {
        // Of those that ask for too much or for nothing, nothing is looked up: they are about to be refused.
        let lines = cart::asked(&one.checkout).map(|(lines, _)| lines).unwrap_or_default();
        let of_room = wanted.entry(&one.room).or_default();
        of_room.extend(lines.iter().map(|line| Wanted { user: one.user, product: line.product }));
    }
    let mut shelves = BTreeMap::new();
    for (room, wanted) in wanted {
        shelves.insert(room, Shelf::open(db, room, &wanted).await?);
    }
    Ok(shelves)
}

/// What comes of an order; when it is one, its stock is taken from the shelf.
async fn decide(
    db: &mut Db,
    shelf: &mut Shelf,
    one: &Asked,
    (now, held_until): (ServerTime, ServerTime),
) -> ApiResult<Order> {
    let new = &one.checkout;
    let (lines, asked) = cart::asked(new)?;
    let address = new.address.as_ref().map(cart::address).transpose()?;
    let invoice = new.invoice.as_ref().map(cart::invoice).transpose()?;
    let known = shelf.price(one.user, &lines, now)?;
    let coupons = usable(db, (&one.room, one.user), &asked).await?;
    let gifts = shelf.gifts(db, coupons.iter(), &known, now).await?;
    let priced = shop::price(known.goods(&gifts, now), &coupons.iter().collect::<Vec<_>>())?;
    let priced = priced.confirmed(new.expected_total)?;
    if known.rule.is_some() && address.is_none() {
        let detail = "the order is to be sent; expected an address";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "address_required", detail));
    }
    shelf.take(&priced.lines)?;
    Ok(Order {
        id: secret::<16>(),
        room: one.room.clone(),
        status: OrderStatus::Held,
        lines: priced.lines,
        subtotal: priced.subtotal,
        discount: priced.discount,
        shipping: Some(priced.shipping).filter(|fee| fee.amount > 0),
        shipping_discount: Some(priced.shipping_discount).filter(|off| off.amount > 0),
        total: priced.total,
        refunded: None,
        coupon: priced.coupons.first().map(|used| used.coupon),
        coupons: priced.coupons,
        placed: now,
        held_until: Some(held_until),
        receipt: None,
        address,
        invoice,
        shipment: None,
    })
}

/// Writes what was decided.
async fn write(
    db: &mut Db,
    shelves: &[Shelf],
    placed: &[Placed],
    (now, held_until): (ServerTime, ServerTime),
) -> Result<(), StoreError> {
    for shelf in shelves {
        stock::hold_all(db, shelf).await?;
    }
    store::orders::insert_all(db, placed, held_until).await?;
    let begun: Vec<(&str, i64)> = placed.iter().map(|(user, order)| (order.id.as_str(), *user)).collect();
    store::steps::begin_all(db, &begun, now).await?;
    for (user, order) in placed {
        for used in &order.coupons {
            // One that could be used a moment ago, by this shopper alone.
            if !store::coupons::use_claim(db, used.coupon, *user, &order.id).await? {
                return Err(StoreError::corrupt("coupon_claims.order_id", &order.id));
            }
        }
    }
    for shelf in shelves {
        let in_room = placed.iter().map(|(_, order)| order).filter(|order| order.room == shelf.room());
        tell::tell_all(db, shelf.room(), &in_room.collect::<Vec<_>>(), now).await?;
    }
    Ok(())
}
