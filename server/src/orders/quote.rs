//! What a cart comes to, over HTTP: nothing is held by it.

use axum::extract::State;
use protocol::{Coupon, NewLine, NewQuote, Problem, Quote};

use super::cart;
use super::place::usable;
use super::shelf::{Shelf, Wanted};
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::ApiResult;
use crate::extract::{InRoom, Json};
use crate::state::App;
use crate::store;

/// Coupons of one shopper that are tried with each other; of more, those that could take most off.
const MOST_TRIED: usize = 60;

/// Price a cart, with the best of the user's coupons or with those that are named.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/quotes", tag = "orders", request_body = NewQuote,
    params(("room" = String, Path)),
    responses((status = 200, body = Quote), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    InRoom(room): InRoom,
    viewer: Viewer,
    Json(new): Json<NewQuote>,
) -> ApiResult<Json<Quote>> {
    let who = (room.id.as_str(), viewer.id);
    cart::bounded(&new.lines, new.coupons.as_deref().unwrap_or_default())?;
    let now = now();
    let mut db = app.store.read().await?;
    let wanted = |line: &NewLine| Wanted { user: viewer.id, product: line.product };
    let wanted: Vec<Wanted> = new.lines.iter().map(wanted).collect();
    let mut shelf = Shelf::open(&mut db, &room.id, &wanted).await?;
    let known = shelf.price(viewer.id, &new.lines, now)?;
    let (priced, reasons) = match &new.coupons {
        Some(named) => {
            let coupons = usable(&mut db, who, named).await?;
            let gifts = shelf.gifts(&mut db, coupons.iter(), &known, now).await?;
            let coupons: Vec<&Coupon> = coupons.iter().collect();
            (shop::price(known.goods(&gifts, now), &coupons)?, Vec::new())
        }
        None => {
            let claims = store::coupons::claims(&mut db, &room.id, viewer.id).await?;
            let unused = claims.into_iter().filter(|(_, claim)| claim.order.is_none());
            let mut coupons: Vec<Coupon> = unused.map(|(row, _)| row.coupon).collect();
            coupons.dedup_by_key(|coupon| coupon.id);
            shop::most_promising(&mut coupons, MOST_TRIED);
            let gifts = shelf.gifts(&mut db, coupons.iter(), &known, now).await?;
            let choice = shop::best(known.goods(&gifts, now), &coupons)?;
            (choice.priced, choice.reasons)
        }
    };
    Ok(Json(Quote {
        lines: priced.lines,
        subtotal: priced.subtotal,
        discount: priced.discount,
        shipping: known.rule.map(|_| priced.shipping),
        shipping_discount: Some(priced.shipping_discount).filter(|off| off.amount > 0),
        total: priced.total,
        coupons: priced.coupons,
        reasons,
        needs_address: known.rule.is_some(),
    }))
}
