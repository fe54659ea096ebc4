//! Webhooks over HTTP: made, looked at, tried again and taken away by whose they are.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{Hook, HookDelivery, HookWithSecret, NewHook, Problem};
use serde::Deserialize;

use super::guard::Unfit;
use super::{KINDS, is_wanted, secret_text};
use crate::auth::Host;
use crate::clock::{hex, next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Key, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db, hooks};

/// Webhooks of one user.
const MOST: usize = 20;
/// Deliveries in a list, at most.
const MOST_DELIVERIES: i64 = 200;

impl From<Unfit> for ApiError {
    fn from(unfit: Unfit) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_url", unfit.to_string())
    }
}

fn bad(code: &'static str, detail: String) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
}

fn unknown() -> ApiError {
    ApiError::unknown("unknown_hook", "you have no webhook of this number")
}

/// Adds a webhook, inside a write.
async fn make(app: &App, db: &mut Db, user: i64, new: NewHook) -> ApiResult<HookWithSecret> {
    app.hooks.check(&new.url)?;
    // A word that fits no kind would never be sent anything.
    let means_nothing =
        |word: &&String| !KINDS.iter().any(|kind| is_wanted([word.as_str()].into_iter(), kind));
    if let Some(word) = new.kinds.iter().find(means_nothing) {
        let word: String = word.chars().take(64).collect();
        return Err(bad(
            "bad_kind",
            format!("{word:?} is no kind; expected *, order.* or one of {}", KINDS.join(", ")),
        ));
    }
    if !(1..=KINDS.len()).contains(&new.kinds.len()) {
        let found = new.kinds.len();
        return Err(bad("bad_kind", format!("kinds has {found} items; expected 1 to {}", KINDS.len())));
    }
    if hooks::by_user(db, user).await?.len() >= MOST {
        let detail = format!("you have {MOST} webhooks; take one away first");
        return Err(ApiError::new(StatusCode::CONFLICT, "too_many_hooks", detail));
    }
    let secret = rand::random::<[u8; 32]>();
    let hook = Hook {
        id: next_id(),
        url: new.url,
        kinds: new.kinds,
        created: now(),
        failing_since: None,
        disabled: None,
    };
    hooks::insert(db, user, &hook, &hex(&secret)).await?;
    Ok(HookWithSecret { hook, secret: secret_text(&secret) })
}

/// Make a webhook (hosts): it is told of the host's own rooms and income, an admin's of the whole shop's. Messages are
/// signed by Standard Webhooks 1.0 with the secret in the answer, which is told once.
#[utoipa::path(post, path = "/api/v1/hooks", tag = "hooks", request_body = NewHook,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = HookWithSecret), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    Host(host): Host,
    Key(key): Key,
    Json(new): Json<NewHook>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, host.id, Some(key), "make hook", &new).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let made = make(&app, once.db(), host.id, new).await;
    once.finish(StatusCode::CREATED, made).await
}

/// One's own webhooks.
#[utoipa::path(get, path = "/api/v1/hooks", tag = "hooks",
    responses((status = 200, body = Vec<Hook>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, Host(host): Host) -> ApiResult<Json<Vec<Hook>>> {
    Ok(Json(hooks::by_user(&mut *app.store.read().await?, host.id).await?))
}

/// Parts of a webhook's path.
#[derive(Debug, Deserialize)]
pub struct HookPath {
    hook: i64,
}

/// Take a webhook away, and what waits for it.
#[utoipa::path(delete, path = "/api/v1/hooks/{hook}", tag = "hooks", params(("hook" = i64, Path)),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn delete(
    State(app): State<App>,
    Host(host): Host,
    Path(HookPath { hook }): Path<HookPath>,
) -> ApiResult<Response> {
    let mut tx = app.store.write().await?;
    hooks::by_id(&mut tx, host.id, hook).await?.ok_or_else(unknown)?;
    hooks::delete(&mut tx, hook).await?;
    store::commit(tx).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Send to a webhook again that was given up; what waited for it is sent too.
#[utoipa::path(post, path = "/api/v1/hooks/{hook}/enable", tag = "hooks", params(("hook" = i64, Path)),
    responses((status = 200, body = Hook), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn enable(
    State(app): State<App>,
    Host(host): Host,
    Path(HookPath { hook }): Path<HookPath>,
) -> ApiResult<Json<Hook>> {
    let mut tx = app.store.write().await?;
    hooks::by_id(&mut tx, host.id, hook).await?.ok_or_else(unknown)?;
    hooks::enable(&mut tx, hook).await?;
    let enabled = hooks::by_id(&mut tx, host.id, hook).await?.ok_or_else(unknown)?;
    store::commit(tx).await?;
    Ok(Json(enabled))
}

/// What was sent to a webhook, newest first: kept for 30 days.
#[utoipa::path(get, path = "/api/v1/hooks/{hook}/deliveries", tag = "hooks", params(("hook" = i64, Path)),
    responses((status = 200, body = Vec<HookDelivery>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn deliveries(
    State(app): State<App>,
    Host(host): Host,
    Path(HookPath { hook }): Path<HookPath>,
) -> ApiResult<Json<Vec<HookDelivery>>> {
    let mut db = app.store.read().await?;
    hooks::by_id(&mut db, host.id, hook).await?.ok_or_else(unknown)?;
    Ok(Json(hooks::deliveries(&mut db, hook, MOST_DELIVERIES).await?))
}

/// Parts of a delivery's path.
#[derive(Debug, Deserialize)]
pub struct DeliveryPath {
    hook: i64,
    delivery: i64,
}

/// Send a message once more, under the same `webhook-id`, whatever became of it before.
#[utoipa::path(post, path = "/api/v1/hooks/{hook}/deliveries/{delivery}/replay", tag = "hooks",
    params(("hook" = i64, Path), ("delivery" = i64, Path)),
    responses((status = 202), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn replay(
    State(app): State<App>,
    Host(host): Host,
    Path(DeliveryPath { hook, delivery }): Path<DeliveryPath>,
) -> ApiResult<Response> {
    let mut tx = app.store.write().await?;
    hooks::by_id(&mut tx, host.id, hook).await?.ok_or_else(unknown)?;
    if !hooks::replay(&mut tx, hook, delivery, now()).await? {
        return Err(ApiError::unknown("unknown_delivery", "nothing of this number was sent to this webhook"));
    }
    store::commit(tx).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
