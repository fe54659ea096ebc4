//! Coupons over HTTP. Releasing and withdrawing one is a room's command.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{Coupon, CouponClaim, EventBody, NewCoupon, Problem};
use serde::Deserialize;

use crate::auth::{MaybeViewer, Viewer};
use crate::clock::{next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db};

/// The room's coupons: all for its host, those that are out for everybody.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/coupons", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Vec<Coupon>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    State(app): State<App>,
    InRoom(room): InRoom,
    MaybeViewer(viewer): MaybeViewer,
) -> ApiResult<Json<Vec<Coupon>>> {
    let owns = viewer.is_some_and(|viewer| viewer.owns(&room));
    let rows = store::coupons::list(&mut *app.store.read().await?, &room.id).await?;
    Ok(Json(rows.into_iter().filter(|row| owns || row.released).map(|row| row.coupon).collect()))
}

/// Make a coupon, not yet out (the room's host).
#[utoipa::path(post, path = "/api/v1/rooms/{room}/coupons", tag = "shop", request_body = NewCoupon,
    params(("room" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Coupon), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    own: OwnRoom,
    MaybeKey(key): MaybeKey,
    Json(new): Json<NewCoupon>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, own.host.id, key, "create coupon", &(&own.room.id, &new)).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let made = make(once.db(), &own.room.id, new).await;
    once.finish(StatusCode::CREATED, made).await
}

async fn make(db: &mut Db, room: &str, new: NewCoupon) -> ApiResult<Coupon> {
    shop::check_coupon(&new)?;
    let coupon = Coupon {
        id: next_id(),
        title: room::title(&new.title)?,
        amount_off: new.amount_off,
        min_spend: new.min_spend,
        total: new.total,
        remaining: new.total,
        expires: new.expires,
    };
    store::coupons::insert(db, room, &coupon, now()).await?;
    Ok(coupon)
}

/// Parts of a coupon's path.
#[derive(Debug, Deserialize)]
pub struct CouponPath {
    coupon: i64,
}

/// Claim a coupon that is out; who has one gets the same claim again.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/coupons/{coupon}/claims", tag = "shop",
    params(("room" = String, Path), ("coupon" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = CouponClaim), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn claim(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Path(CouponPath { coupon }): Path<CouponPath>,
    MaybeKey(key): MaybeKey,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, viewer.id, key, "claim coupon", &(&room.id, coupon)).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let claimed = take(once.db(), &room.id, coupon, viewer.id).await;
    let answer = once.finish(StatusCode::OK, claimed).await;
    app.rooms.wake(&room.id);
    answer
}

async fn take(db: &mut Db, room: &str, id: i64, user: i64) -> ApiResult<CouponClaim> {
    let row = store::coupons::by_id(db, room, id).await?;
    let mut row = row.ok_or(room::Refusal::UnknownCoupon { coupon: id })?;
    if let Some(claim) = store::coupons::claim(db, id, user).await? {
        let used = claim.order.is_some();
        return Ok(CouponClaim { coupon: row.coupon, claimed: claim.claimed, used });
    }
    let claimed = now();
    shop::may_claim(&row.coupon, row.released, claimed)?;
    let Some(remaining) = store::coupons::insert_claim(db, id, user, claimed).await? else {
        return Err(shop::Refusal::CouponGone { total: row.coupon.total }.into());
    };
    store::outbox::push(db, room, &EventBody::CouponClaimed { coupon: id, remaining }).await?;
    row.coupon.remaining = remaining;
    Ok(CouponClaim { coupon: row.coupon, claimed, used: false })
}

/// The user's own claims in the room.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/claims", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Vec<CouponClaim>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn claims(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
) -> ApiResult<Json<Vec<CouponClaim>>> {
    let rows = store::coupons::claims(&mut *app.store.read().await?, &room.id, viewer.id).await?;
    let view = |(row, claim): (store::coupons::CouponRow, store::coupons::ClaimRow)| CouponClaim {
        coupon: row.coupon,
        claimed: claim.claimed,
        used: claim.order.is_some(),
    };
    Ok(Json(rows.into_iter().map(view).collect()))
}

/// The coupon that a user wants to use on an order: claimed, and in no other order.
///
/// # Errors
/// `coupon_not_claimed`, `coupon_used` or `unknown_coupon`.
pub async fn usable(db: &mut Db, room: &str, id: i64, user: i64) -> ApiResult<Coupon> {
    let row = store::coupons::by_id(db, room, id).await?;
    let row = row.ok_or_else(|| ApiError::from(room::Refusal::UnknownCoupon { coupon: id }))?;
    match store::coupons::claim(db, id, user).await? {
        None => Err(shop::Refusal::CouponNotClaimed.into()),
        Some(claim) if claim.order.is_some() => Err(shop::Refusal::CouponUsed.into()),
        Some(_) => Ok(row.coupon),
    }
}
