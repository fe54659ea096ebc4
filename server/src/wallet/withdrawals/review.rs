//! Withdrawals as their reviewers, the shop's admins, see them.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Decision, Problem, Role, ServerTime, Withdrawal, WithdrawalStatus};
use serde::Deserialize;
use shop::withdrawal::Step;

use super::{csv, take};
use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Key, Path, Query};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::withdrawals;

/// Withdrawals in a list, at most.
const MOST: i64 = 200;
/// Lines in one settlement: a month of them in a file that a spreadsheet opens at once.
pub const MOST_LINES: i64 = 50_000;

fn only_admin(viewer: &Viewer) -> ApiResult<()> {
    if viewer.role == Role::Admin {
        return Ok(());
    }
    let detail = "only the shop's admins review withdrawals";
    Err(ApiError::new(StatusCode::FORBIDDEN, "admin_required", detail))
}

/// Which withdrawals are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct WithdrawalsQuery {
    /// Where they stand.
    status: WithdrawalStatus,
}

/// Everybody's withdrawals that stand at a status, oldest first (admins).
#[utoipa::path(get, path = "/api/v1/withdrawals", tag = "wallet", params(WithdrawalsQuery),
    responses((status = 200, body = Vec<Withdrawal>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<WithdrawalsQuery>,
) -> ApiResult<Json<Vec<Withdrawal>>> {
    only_admin(&viewer)?;
    Ok(Json(withdrawals::by_status(&mut *app.store.read().await?, query.status, MOST).await?))
}

/// What a reviewer may do, as the path says it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verb {
    Approve,
    Reject,
    Pay,
}

/// Parts of a review's path.
#[derive(Debug, Deserialize)]
pub struct ReviewPath {
    withdrawal: i64,
    verb: Verb,
}

/// Approve a withdrawal, reject it, or note that the bank paid it (admins; never one's own). Above 50,000 coins two of
/// them approve.
#[utoipa::path(post, path = "/api/v1/withdrawals/{withdrawal}/{verb}", tag = "wallet", request_body = Decision,
    params(("withdrawal" = i64, Path), ("verb" = String, Path, description = "`approve`, `reject` or `pay`"),
    ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Withdrawal), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn review(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Path(ReviewPath { withdrawal, verb }): Path<ReviewPath>,
    Json(decision): Json<Decision>,
) -> ApiResult<Response> {
    only_admin(&viewer)?;
    let step = match verb {
        Verb::Approve => Step::Approve,
        Verb::Reject => Step::Reject,
        Verb::Pay => Step::Pay,
    };
    let what = (withdrawal, step.as_str(), &decision);
    let mut once = match Once::begin(&app, viewer.id, Some(key), "review withdrawal", &what).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let done = take(once.db(), withdrawal, step, &viewer.user, &decision.note, now()).await;
    once.finish(StatusCode::OK, done).await
}

/// A period.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Period {
    /// Its first moment, RFC 3339.
    #[param(value_type = String)]
    from: ServerTime,
    /// The first moment after it.
    #[param(value_type = String)]
    to: ServerTime,
}

/// What was paid out in a period, as CSV for the books (admins).
#[utoipa::path(get, path = "/api/v1/withdrawals/settlement", tag = "wallet", params(Period),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn settlement(
    State(app): State<App>,
    viewer: Viewer,
    Query(period): Query<Period>,
) -> ApiResult<Response> {
    only_admin(&viewer)?;
    let paid = withdrawals::paid(&mut *app.store.read().await?, period.from, period.to, MOST_LINES).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"settlement.csv\""),
    ];
    Ok((headers, csv(&paid)).into_response())
}
