//! A host's own withdrawals over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::{NewWithdrawal, Problem, Role, Withdrawal};
use serde::Deserialize;
use shop::withdrawal::Step;

use super::{ask, take, unknown};
use crate::auth::{Host, Viewer};
use crate::clock::now;
use crate::error::ApiResult;
use crate::extract::{Json, Key, Path};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::withdrawals;

/// Withdrawals in a list, at most.
const MOST: i64 = 100;

/// Ask for income to be paid out (hosts): it is set aside at once, and reviewed.
#[utoipa::path(post, path = "/api/v1/wallet/withdrawals", tag = "wallet", request_body = NewWithdrawal,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Withdrawal), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    Host(host): Host,
    Key(key): Key,
    Json(new): Json<NewWithdrawal>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, host.id, Some(key), "withdraw", &new).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let asked = ask(once.db(), &host.user, &new, now()).await;
    once.finish(StatusCode::CREATED, asked).await
}

/// One's own withdrawals, newest first.
#[utoipa::path(get, path = "/api/v1/wallet/withdrawals", tag = "wallet",
    responses((status = 200, body = Vec<Withdrawal>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Withdrawal>>> {
    Ok(Json(withdrawals::by_user(&mut *app.store.read().await?, viewer.id, MOST).await?))
}

/// Parts of a withdrawal's path.
#[derive(Debug, Deserialize)]
pub struct WithdrawalPath {
    withdrawal: i64,
}

/// One of one's own withdrawals; any, for an admin.
#[utoipa::path(get, path = "/api/v1/wallet/withdrawals/{withdrawal}", tag = "wallet",
    params(("withdrawal" = i64, Path)),
    responses((status = 200, body = Withdrawal), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    viewer: Viewer,
    Path(WithdrawalPath { withdrawal }): Path<WithdrawalPath>,
) -> ApiResult<Json<Withdrawal>> {
    let found = withdrawals::by_id(&mut *app.store.read().await?, withdrawal).await?;
    let found = found.filter(|found| found.user.id == viewer.id || viewer.role == Role::Admin);
    found.map(Json).ok_or_else(unknown)
}

/// Take a withdrawal back that is not approved yet: its coins are income again.
#[utoipa::path(post, path = "/api/v1/wallet/withdrawals/{withdrawal}/cancel", tag = "wallet",
    params(("withdrawal" = i64, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Withdrawal), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(WithdrawalPath { withdrawal }): Path<WithdrawalPath>,
) -> ApiResult<Response> {
    let mut once = match Once::begin(&app, viewer.id, Some(key), "cancel withdrawal", &withdrawal).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let done = take(once.db(), withdrawal, Step::Cancel, &viewer.user, "", now()).await;
    once.finish(StatusCode::OK, done).await
}
