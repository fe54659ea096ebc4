//! Products over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{EventBody, NewProduct, Pricing, Problem, Product, ProductChange, StockLevel};
use serde::Deserialize;

use super::{picture, variants};
use crate::clock::{next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db};

/// Products in one room.
const MOST: i64 = 500;
/// Characters in a description.
const DESCRIPTION: usize = 1_000;

/// What the room has on sale.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/products", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Vec<Product>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, InRoom(room): InRoom) -> ApiResult<Json<Vec<Product>>> {
    Ok(Json(store::products::list(&mut *app.store.read().await?, &room.id).await?))
}

/// Where the items of the room's products are: on hand, held and sold (its host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/products/stock", tag = "shop", params(("room" = String, Path)),
    responses((status = 200, body = Vec<StockLevel>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn stock(State(app): State<App>, own: OwnRoom) -> ApiResult<Json<Vec<StockLevel>>> {
    Ok(Json(store::products::stock::levels(&mut *app.store.read().await?, &own.room.id).await?))
}

/// Put a product on sale (the room's host).
#[utoipa::path(post, path = "/api/v1/rooms/{room}/products", tag = "shop", request_body = NewProduct,
    params(("room" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Product), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    own: OwnRoom,
    MaybeKey(key): MaybeKey,
    Json(new): Json<NewProduct>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, own.host.id, key, "create product", &(&own.room.id, &new)).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let made = make(once.db(), &own.room.id, new).await;
    once.finish(StatusCode::CREATED, made).await
}

pub(super) async fn make(db: &mut Db, room: &str, new: NewProduct) -> ApiResult<Product> {
    shop::check_product(&new)?;
    let variants =
        new.variants.iter().map(|one| variants::made(one, new.price)).collect::<ApiResult<Vec<_>>>()?;
    let stock = variants.iter().fold(0_i64, |sum, one| sum.saturating_add(one.stock));
    let product = Product {
        id: next_id(),
        title: room::title(&new.title)?,
        description: description(&new.description)?,
        image: picture("image", &new.image)?,
        price: new.price,
        compare_at: new.compare_at,
        stock: if variants.is_empty() { new.stock } else { stock },
        sku: variants::sku(&new.sku)?,
        live: new.live,
        per_order: new.per_order,
        per_user: new.per_user,
        variants,
    };
    if store::products::count_of(db, room).await? >= MOST {
        let detail = format!("the room has {MOST} products, and can have no more");
        return Err(ApiError::new(StatusCode::CONFLICT, "too_many_products", detail));
    }
    store::products::insert(db, room, &product, now()).await?;
    Ok(product)
}

pub(super) fn description(typed: &str) -> ApiResult<String> {
    match typed.trim() {
        "" => Ok(String::new()),
        text => Ok(room::one_line("description", text, DESCRIPTION)?),
    }
}

/// The product of a room that the path names.
#[derive(Deserialize)]
pub struct ProductPath {
    pub(super) product: i64,
}

/// A product of the room.
///
/// # Errors
/// `unknown_product`.
pub(super) async fn known(db: &mut Db, room: &str, id: i64) -> ApiResult<Product> {
    let known = store::products::by_id(db, room, id).await?;
    known.ok_or_else(|| room::Refusal::UnknownProduct { product: id }.into())
}

/// Change a product on sale (the room's host). Everybody's cards show it at once; who is at the checkout is asked again.
#[utoipa::path(patch, path = "/api/v1/rooms/{room}/products/{product}", tag = "shop", request_body = ProductChange,
    params(("room" = String, Path), ("product" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Product), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn change(
    State(app): State<App>,
    own: OwnRoom,
    Path(ProductPath { product }): Path<ProductPath>,
    MaybeKey(key): MaybeKey,
    Json(asked): Json<ProductChange>,
) -> ApiResult<Response> {
    let what = &(&own.room.id, product, &asked);
    let mut once = match Once::begin(&app, own.host.id, key, "change product", what).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let changed = apply(once.db(), &own.room.id, product, asked).await;
    let answer = once.finish(StatusCode::OK, changed).await?;
    app.rooms.wake(&own.room.id);
    Ok(answer)
}

pub(super) async fn apply(db: &mut Db, room: &str, id: i64, asked: ProductChange) -> ApiResult<Product> {
    if asked == ProductChange::default() {
        let detail =
            "expected something to change: title, description, image, price, live price, limits or restock";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "nothing_to_change", detail));
    }
    let known = known(db, room, id).await?;
    let ProductChange { title, description: words, image, price, restock, .. } = asked;
    if restock.is_some() && !known.variants.is_empty() {
        let detail = "the product has variants; restock one of them";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "restock_variant", detail));
    }
    // 0 takes a bound away.
    let bound = |asked: Option<u32>, known: Option<u32>| {
        asked.map_or(known, |most| Some(most).filter(|most| *most > 0))
    };
    let Pricing { now: price, before: compare_at } =
        price.unwrap_or(Pricing { now: known.price, before: known.compare_at });
    let restock = restock.unwrap_or(0);
    let product = Product {
        id,
        title: title.map_or(Ok(known.title), |title| room::title(&title))?,
        description: words.map_or(Ok(known.description), |typed| description(&typed))?,
        image: image.map_or(Ok(known.image), |image| picture("image", &image))?,
        price,
        compare_at,
        stock: known.stock.saturating_add(restock),
        sku: known.sku,
        live: if asked.end_live { None } else { asked.live.or(known.live) },
        per_order: bound(asked.per_order, known.per_order),
        per_user: bound(asked.per_user, known.per_user),
        variants: known.variants,
    };
    shop::check_change(&product, known.price.currency)?;
    store::products::update(db, &product, restock).await?;
    store::outbox::push(db, room, &EventBody::ProductChanged { product: product.clone() }).await?;
    Ok(product)
}
