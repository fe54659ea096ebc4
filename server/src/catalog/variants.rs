//! Variants of products over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{
    EventBody, Money, NewVariant, Pricing, Problem, Product, Variant, VariantChange, VariantOption,
};
use serde::Deserialize;

use super::products::{ProductPath, known};
use crate::clock::next_id;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, MaybeKey, OwnRoom, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db};

/// Characters in the name or the value of an option.
const OPTION: usize = 40;
/// Characters in a shop's own number, as Google Merchant's `id` has it.
pub(super) const SKU: usize = 50;

/// A shop's own number; may be empty.
pub(super) fn sku(typed: &str) -> ApiResult<String> {
    match typed.trim() {
        "" => Ok(String::new()),
        text => Ok(room::one_line("sku", text, SKU)?),
    }
}

/// What a variant is in one respect, as it is kept.
pub(super) fn option(typed: &VariantOption) -> ApiResult<VariantOption> {
    Ok(VariantOption {
        name: room::one_line("option", &typed.name, OPTION)?,
        value: room::one_line("option", &typed.value, OPTION)?,
    })
}

/// A variant as it is put on sale, of a product that usually costs `price`.
pub(super) fn made(new: &NewVariant, price: Money) -> ApiResult<Variant> {
    Ok(Variant {
        id: next_id(),
        options: new.options.iter().map(option).collect::<ApiResult<_>>()?,
        sku: sku(&new.sku)?,
        price: new.price.unwrap_or(price),
        compare_at: new.compare_at,
        live: new.live,
        stock: new.stock,
    })
}

/// Put another variant of a product on sale (the room's host).
#[utoipa::path(post, path = "/api/v1/rooms/{room}/products/{product}/variants", tag = "shop", request_body = NewVariant,
    params(("room" = String, Path), ("product" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Product), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    own: OwnRoom,
    Path(ProductPath { product }): Path<ProductPath>,
    MaybeKey(key): MaybeKey,
    Json(new): Json<NewVariant>,
) -> ApiResult<Response> {
    let what = &(&own.room.id, product, &new);
    let mut once = match Once::begin(&app, own.host.id, key, "create variant", what).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let added = add(once.db(), &own.room.id, product, &new).await;
    let answer = once.finish(StatusCode::CREATED, added).await?;
    app.rooms.wake(&own.room.id);
    Ok(answer)
}

pub(super) async fn add(db: &mut Db, room: &str, id: i64, new: &NewVariant) -> ApiResult<Product> {
    let product = known(db, room, id).await?;
    if product.variants.is_empty() {
        // Its items are of no variant, and some may be held or sold.
        let detail = "the product has no variants; put it on sale with them";
        return Err(ApiError::new(StatusCode::CONFLICT, "no_variants", detail));
    }
    let variant = made(new, product.price)?;
    let all: Vec<NewVariant> = product.variants.iter().chain([&variant]).map(shop::as_new).collect();
    shop::check_variants(product.price, &all)?;
    store::products::insert_variant(db, id, &variant).await?;
    tell(db, room, id).await
}

/// Leaves word of a product as it is now.
async fn tell(db: &mut Db, room: &str, id: i64) -> ApiResult<Product> {
    let product = known(db, room, id).await?;
    store::outbox::push(db, room, &EventBody::ProductChanged { product: product.clone() }).await?;
    Ok(product)
}

/// Parts of a variant's path.
#[derive(Debug, Deserialize)]
pub struct VariantPath {
    product: i64,
    variant: i64,
}

/// Change what a variant costs, or how many there are (the room's host).
#[utoipa::path(patch, path = "/api/v1/rooms/{room}/products/{product}/variants/{variant}", tag = "shop",
    request_body = VariantChange,
    params(("room" = String, Path), ("product" = i64, Path), ("variant" = i64, Path),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Product), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn change(
    State(app): State<App>,
    own: OwnRoom,
    Path(path): Path<VariantPath>,
    MaybeKey(key): MaybeKey,
    Json(asked): Json<VariantChange>,
) -> ApiResult<Response> {
    let what = &(&own.room.id, path.product, path.variant, &asked);
    let mut once = match Once::begin(&app, own.host.id, key, "change variant", what).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let changed = apply(once.db(), &own.room.id, (path.product, path.variant), &asked).await;
    let answer = once.finish(StatusCode::OK, changed).await?;
    app.rooms.wake(&own.room.id);
    Ok(answer)
}

pub(super) async fn apply(
    db: &mut Db,
    room: &str,
    (product, variant): (i64, i64),
    asked: &VariantChange,
) -> ApiResult<Product> {
    let (id, product) = (product, known(db, room, product).await?);
    let mut variants = product.variants;
    let Some(found) = variants.iter_mut().find(|one| one.id == variant) else {
        return Err(shop::Refusal::UnknownVariant { title: product.title, variant }.into());
    };
    if let Some(Pricing { now, before }) = asked.price {
        (found.price, found.compare_at) = (now, before);
    }
    found.live = if asked.end_live { None } else { asked.live.or(found.live) };
    let restock = asked.restock.unwrap_or(0);
    found.stock = found.stock.saturating_add(restock);
    let changed = found.clone();
    shop::check_variants(product.price, &variants.iter().map(shop::as_new).collect::<Vec<_>>())?;
    store::products::update_variant(db, id, &changed, restock).await?;
    tell(db, room, id).await
}
