//! What a viewer gives away, and how they hold themselves back; what a host earns.

use axum::extract::State;
use axum::http::StatusCode;
use protocol::{Income, Problem, SpendLimits, Spending, Unit};
use shop::ledger::Account;
use shop::spending::{check_limits, confirm};

use crate::auth::Viewer;
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::state::App;
use crate::store::{self, Db};

impl From<shop::spending::SpendRefusal> for ApiError {
    fn from(refusal: shop::spending::SpendRefusal) -> Self {
        let status = match refusal {
            shop::spending::SpendRefusal::BadLimit { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }
}

async fn spending(db: &mut Db, user: i64) -> ApiResult<Spending> {
    let now = now();
    let (limits, _) = store::spending::limits(db, user, now).await?;
    Ok(Spending { spent: store::spending::spent(db, user, now).await?, limits })
}

/// Coins given away in 24 hours, and the limits.
#[utoipa::path(get, path = "/api/v1/wallet/limits", tag = "wallet",
    responses((status = 200, body = Spending), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Spending>> {
    Ok(Json(spending(&mut *app.store.read().await?, viewer.id).await?))
}

/// Set limits; they hold at once.
#[utoipa::path(put, path = "/api/v1/wallet/limits", tag = "wallet", request_body = SpendLimits,
    responses((status = 200, body = Spending), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn set(
    State(app): State<App>,
    viewer: Viewer,
    Json(limits): Json<SpendLimits>,
) -> ApiResult<Json<Spending>> {
    check_limits(&limits)?;
    let mut tx = app.store.write().await?;
    // What was confirmed under other limits says nothing of these.
    store::spending::set_limits(&mut tx, viewer.id, &limits, 0, now()).await?;
    let answer = spending(&mut tx, viewer.id).await?;
    store::commit(tx).await?;
    Ok(Json(answer))
}

/// Confirm, after a `spend_reminder`, that one wants to go on giving.
#[utoipa::path(post, path = "/api/v1/wallet/limits/confirmations", tag = "wallet",
    responses((status = 200, body = Spending), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn confirm_spending(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Spending>> {
    let mut tx = app.store.write().await?;
    let answer = spending(&mut tx, viewer.id).await?;
    let confirmed = confirm(&answer.limits, answer.spent);
    store::spending::set_limits(&mut tx, viewer.id, &answer.limits, confirmed, now()).await?;
    store::commit(tx).await?;
    Ok(Json(answer))
}

/// What the user earned as a host.
#[utoipa::path(get, path = "/api/v1/wallet/income", tag = "wallet",
    responses((status = 200, body = Income), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn income(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Income>> {
    let mut tx = app.store.read().await?;
    let user = viewer.id;
    let accounts = [
        Account::Pending(user),
        Account::Available(user),
        Account::Withdrawing(user),
        Account::PaidOut(user),
    ];
    // One look at all four, or coins that move between two looks would be counted twice or not at all.
    let found = store::ledger::balances_of_all(&mut tx, &accounts).await?;
    let [pending, available, withdrawing, paid_out] = accounts.map(|account| found.get(account, Unit::Coins));
    Ok(Json(Income { pending, available, withdrawing, paid_out }))
}
