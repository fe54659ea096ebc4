//! Wallets over HTTP.

use axum::extract::State;
use axum::response::Response;
use protocol::{Balance, CoinPackages, NewRecharge, Problem, Recharge, Unit, Wallet, WalletEntry};
use serde::Deserialize;
use shop::ledger::Account;

use super::recharge::{self, view};
use crate::auth::Viewer;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Key, Path, Query};
use crate::state::App;
use crate::store::{self, ledger::EntryRow};

/// Entries in one page, at most.
const MOST: i64 = 200;

/// Which entries are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct WalletQuery {
    /// Those before this place in the ledger; the newest when absent.
    before: Option<i64>,
    /// At most so many, 1 to 200; 50 when absent.
    limit: Option<i64>,
}

/// The user's wallet: what is in it, and its movements.
#[utoipa::path(get, path = "/api/v1/wallet", tag = "wallet", params(WalletQuery),
    responses((status = 200, body = Wallet), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<WalletQuery>,
) -> ApiResult<Json<Wallet>> {
    let (account, limit) = (Account::Wallet(viewer.id), query.limit.unwrap_or(50).clamp(1, MOST));
    let mut db = app.store.read().await?;
    let mut balances = store::ledger::balances_of(&mut db, account).await?;
    if balances.iter().all(|(unit, _)| *unit != Unit::Coins) {
        balances.push((Unit::Coins, 0));
    }
    // One more than is shown tells whether there are more.
    let before = query.before.unwrap_or(i64::MAX);
    let mut rows = store::ledger::entries_of(&mut db, account, before, limit.saturating_add(1)).await?;
    let next = page(&mut rows, usize::try_from(limit).unwrap_or(1));
    let entry = |row: EntryRow| WalletEntry {
        seq: row.seq,
        time: row.time,
        kind: row.kind.as_str().to_owned(),
        unit: row.unit,
        amount: row.amount,
        room: row.room,
    };
    let balances = balances.into_iter().map(|(unit, amount)| Balance { unit, amount }).collect();
    Ok(Json(Wallet { balances, entries: rows.into_iter().map(entry).collect(), next }))
}

/// Cuts rows down to a page, and answers where the next one begins. A transfer may touch an account in two units: its
/// entries stay on one page, or the next would begin after half of them.
fn page(rows: &mut Vec<EntryRow>, limit: usize) -> Option<i64> {
    let beyond = rows.get(limit)?.seq;
    rows.truncate(limit);
    if rows.first().is_some_and(|row| row.seq > beyond) {
        rows.retain(|row| row.seq > beyond);
    }
    rows.last().map(|row| row.seq)
}

/// Coins on offer, and how to pay for them.
#[utoipa::path(get, path = "/api/v1/wallet/packages", tag = "wallet",
    responses((status = 200, body = CoinPackages)))]
pub async fn packages(State(app): State<App>) -> Json<CoinPackages> {
    Json(CoinPackages {
        packages: shop::recharge::packages(),
        provider: app.recharges.name().to_owned(),
        methods: app.recharges.methods().iter().map(|&method| method.to_owned()).collect(),
    })
}

/// Buy coins: opens a payment with the provider. The coins come when the provider's webhook says that it was made.
#[utoipa::path(post, path = "/api/v1/wallet/recharges", tag = "wallet", request_body = NewRecharge,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Recharge), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn recharge(
    State(app): State<App>,
    viewer: Viewer,
    Key(key): Key,
    Json(new): Json<NewRecharge>,
) -> ApiResult<Response> {
    // Goes on even if the client goes away: what the provider was asked is noted.
    let opened = tokio::spawn(async move { recharge::open(&app, viewer.id, key, new).await }).await;
    opened.unwrap_or_else(|error| {
        tracing::error!(%error, "A recharge failed");
        Err(ApiError::internal())
    })
}

/// Parts of a recharge's path.
#[derive(Debug, Deserialize)]
pub struct RechargePath {
    recharge: String,
}

/// One of the user's recharges.
#[utoipa::path(get, path = "/api/v1/wallet/recharges/{recharge}", tag = "wallet", params(("recharge" = String, Path)),
    responses((status = 200, body = Recharge), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get_recharge(
    State(app): State<App>,
    viewer: Viewer,
    Path(RechargePath { recharge }): Path<RechargePath>,
) -> ApiResult<Json<Recharge>> {
    let row = store::recharges::by_id(&mut *app.store.read().await?, &recharge).await?;
    let row = row.filter(|row| row.user == viewer.id);
    row.map(|row| Json(view(&row, None)))
        .ok_or_else(|| ApiError::unknown("unknown_recharge", "you have no recharge of this number"))
}
