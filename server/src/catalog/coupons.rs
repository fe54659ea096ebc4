//! Coupons over HTTP. Releasing and withdrawing one is a room's command.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{
    ClaimCode, Coupon, CouponClaim, CouponClass, CouponCounts, Currency, EventBody, Money, NewCoupon,
    Problem, Product,
};
use serde::Deserialize;

use crate::auth::{MaybeViewer, Viewer};
use crate::clock::{next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db, coupons::CouponRow};

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

/// How many of the room's coupons were claimed and redeemed, and by what code (its host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/coupons/counts", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Vec<CouponCounts>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn counts(State(app): State<App>, own: OwnRoom) -> ApiResult<Json<Vec<CouponCounts>>> {
    Ok(Json(store::coupons::counts(&mut *app.store.read().await?, &own.room.id).await?))
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
    let code = new.code.as_deref().map(shop::coupon_code).transpose()?;
    let mut coupon = Coupon {
        id: next_id(),
        title: room::title(&new.title)?,
        amount_off: new.amount_off,
        percent_off: new.percent_off,
        class: new.class,
        products: new.products,
        exclusive: new.exclusive,
        min_spend: new.min_spend,
        total: new.total,
        per_user: new.per_user,
        starts: new.starts,
        remaining: new.total,
        expires: new.expires,
    };
    for product in &coupon.products {
        let known = store::products::by_id(db, room, *product).await?;
        let known = known.ok_or(room::Refusal::UnknownProduct { product: *product })?;
        if coupon.class == CouponClass::Gift {
            coupon.amount_off = gift(&known, coupon.min_spend.currency)?;
        }
    }
    match store::coupons::insert(db, room, &coupon, code.as_deref(), now()).await {
        Err(error) if error.is_taken() => {
            let detail = "another coupon of the room has this code; take another code";
            Err(ApiError::new(StatusCode::CONFLICT, "code_taken", detail))
        }
        done => Ok(done.map(|()| coupon)?),
    }
}

/// What a product costs that a coupon of this currency may give.
fn gift(product: &Product, currency: Currency) -> ApiResult<Money> {
    if !product.variants.is_empty() {
        return Err(shop::Refusal::BadCoupon { reason: "products: a gift is one without variants" }.into());
    }
    let found = product.price.currency;
    if found != currency {
        return Err(shop::Refusal::CurrencyMismatch { what: "the gift", found, expected: currency }.into());
    }
    Ok(product.price)
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
    let claimed = async {
        let row = store::coupons::by_id(once.db(), &room.id, coupon).await?;
        let row = row.ok_or(room::Refusal::UnknownCoupon { coupon })?;
        let open = row.released;
        take(once.db(), &room.id, row, open, viewer.id).await
    }
    .await;
    let answer = once.finish(StatusCode::OK, claimed).await;
    app.rooms.wake(&room.id);
    answer
}

/// Claim the coupon of a code, whether it is out or not.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/claims", tag = "shop", request_body = ClaimCode,
    params(("room" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = CouponClaim), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn claim_code(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    MaybeKey(key): MaybeKey,
    Json(ClaimCode { code }): Json<ClaimCode>,
) -> ApiResult<Response> {
    if let Some(seconds) = app.codes.wait(&viewer.id, now()) {
        let detail = "too many codes that are none; wait, then try again";
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", detail);
        return Err(error.retry_after(seconds));
    }
    let code = shop::coupon_code(&code)?;
    let mut once = match Once::begin(&app, viewer.id, key, "claim code", &(&room.id, &code)).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let claimed = match store::coupons::by_code(once.db(), &room.id, &code).await? {
        Some(row) => take(once.db(), &room.id, row, true, viewer.id).await,
        None => {
            // Codes are not to be guessed.
            app.codes.note(viewer.id, now());
            Err(ApiError::unknown("unknown_code", "no coupon of the room has this code"))
        }
    };
    let answer = once.finish(StatusCode::OK, claimed).await;
    app.rooms.wake(&room.id);
    answer
}

/// Claims a coupon for a user, inside a write. Who has one that no order uses keeps that; who has had their share gets the
/// last one again.
async fn take(db: &mut Db, room: &str, mut row: CouponRow, open: bool, user: i64) -> ApiResult<CouponClaim> {
    let id = row.coupon.id;
    let claims = store::coupons::claims_of(db, id, user).await?;
    if let Some(unused) = claims.iter().find(|claim| claim.order.is_none()) {
        return Ok(CouponClaim { coupon: row.coupon, claimed: unused.claimed, used: false });
    }
    let (count, claimed) = (i64::try_from(claims.len()).unwrap_or(i64::MAX), now());
    match (shop::may_claim(&row.coupon, open, count, claimed), claims.last()) {
        (Err(shop::Refusal::CouponUsed), Some(last)) => {
            return Ok(CouponClaim { coupon: row.coupon, claimed: last.claimed, used: true });
        }
        (may, _) => may?,
    }
    let number = count.saturating_add(1);
    let Some(remaining) = store::coupons::insert_claim(db, id, user, number, claimed).await? else {
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
    let claims = store::coupons::claims_of(db, id, user).await?;
    match (claims.is_empty(), claims.iter().any(|claim| claim.order.is_none())) {
        (true, _) => Err(shop::Refusal::CouponNotClaimed.into()),
        (false, false) => Err(shop::Refusal::CouponUsed.into()),
        (false, true) => Ok(row.coupon),
    }
}
