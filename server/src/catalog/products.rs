//! Products over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{NewProduct, Problem, Product};

use super::picture;
use crate::clock::{next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom};
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

async fn make(db: &mut Db, room: &str, new: NewProduct) -> ApiResult<Product> {
    shop::check_product(&new)?;
    let product = Product {
        id: next_id(),
        title: room::title(&new.title)?,
        description: match new.description.trim() {
            "" => String::new(),
            text => room::one_line("description", text, DESCRIPTION)?,
        },
        image: picture("image", &new.image)?,
        price: new.price,
        compare_at: new.compare_at,
        stock: new.stock,
    };
    if store::products::count(db, room).await? >= MOST {
        let detail = format!("the room has {MOST} products, and can have no more");
        return Err(ApiError::new(StatusCode::CONFLICT, "too_many_products", detail));
    }
    store::products::insert(db, room, &product, now()).await?;
    Ok(product)
}
