use axum::http::StatusCode;
use axum::response::Response;
use protocol::{CoinPackage, NewRecharge, Recharge, RechargeStatus, ServerTime};
use sha2::{Digest, Sha256};
use std::time::Duration;

use super::provider::{Delivery, Intent, OpenError};
use super::webhooks;
use crate::clock::{hex, now};
use crate::error::{ApiError, ApiResult};
use crate::once::{Claimed, encode, mismatch, respond};
use crate::state::App;
use crate::store::recharges::{self, RechargeRow};
use crate::store::{self, Db};

/// How long the provider may take.
const PROVIDER: Duration = Duration::from_secs(20);
/// Recharges that a user may leave open in an hour: a slip, not a script.
const MOST_PENDING: i64 = 20;
const HOUR_MS: i64 = 3_600_000;
/// How long the sandbox's own webhooks are waited for before they are brought again.
const OVERDUE_MS: i64 = 30_000;
/// Recharges looked after in one round.
const BATCH: i64 = 100;

/// As its owner sees it.
pub(super) fn view(row: &RechargeRow, client_secret: Option<String>) -> Recharge {
    Recharge {
        id: row.id.clone(),
        package: row.package.clone(),
        status: row.status,
        provider: row.provider.clone(),
        client_secret,
        created: row.created,
    }
}

fn intent(row: &RechargeRow) -> Intent {
    Intent { id: row.id.clone(), price: row.package.price, method: row.method.clone() }
}

fn package(id: &str) -> ApiResult<CoinPackage> {
    let found = shop::recharge::packages().into_iter().find(|package| package.id == id);
    found
        .ok_or_else(|| ApiError::unknown("unknown_package", "see /api/v1/wallet/packages for those that are"))
}

/// Opens a recharge: notes that the provider is asked, asks, notes its name for it. A crash between leaves it without one;
/// the same key then asks again under the same name, and a webhook finds it by ours.
pub(super) async fn open(app: &App, user: i64, key: String, new: NewRecharge) -> ApiResult<Response> {
    let claimed = Claimed::new(app, user, key.clone(), "recharge", &new)?;
    let mut tx = app.store.write().await?;
    if let Some(answer) = claimed.kept(&mut tx).await? {
        store::commit(tx).await?;
        return Ok(answer);
    }
    let methods = app.recharges.methods();
    if !methods.contains(&new.method.as_str()) {
        let detail = format!("expected one of {}", methods.join(", "));
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_method", detail));
    }
    let row = begin(app, &mut tx, user, &key, &new).await?;
    store::commit(tx).await?;
    let answer = tokio::time::timeout(PROVIDER, app.recharges.open(&intent(&row))).await;
    let answer = answer.unwrap_or_else(|_| Err(OpenError::Unknown { reason: "no answer".to_owned() }));
    let opened = match answer {
        Ok(opened) => opened,
        Err(OpenError::Refused { reason }) => {
            let mut tx = app.store.write().await?;
            recharges::set_status(&mut tx, &row.id, RechargeStatus::Failed, 0, now()).await?;
            store::commit(tx).await?;
            let refused = ApiError::new(StatusCode::PAYMENT_REQUIRED, "recharge_refused", reason);
            return claimed.refuse(&app.store, refused).await;
        }
        Err(OpenError::Unknown { reason }) => {
            tracing::warn!(recharge = row.id, reason, "The provider could not be asked for a payment");
            return Err(ApiError::busy(
                "the payment provider does not answer; ask again with the same key in a moment",
            ));
        }
    };
    let mut tx = app.store.write().await?;
    if !recharges::set_reference(&mut tx, &row.id, &opened.reference).await? {
        return Err(store::StoreError::corrupt("recharges.reference", "another payment is noted").into());
    }
    let body = encode(&view(&row, opened.client_secret))?;
    claimed.keep(&mut tx, StatusCode::CREATED, &body).await?;
    store::commit(tx).await?;
    bring(app, opened.deliveries);
    Ok(respond(StatusCode::CREATED, body))
}

/// The recharge under this key: a new one, unless the key was used before and its answer never came.
async fn begin(app: &App, db: &mut Db, user: i64, key: &str, new: &NewRecharge) -> ApiResult<RechargeRow> {
    let digest = Sha256::new().chain_update(user.to_be_bytes()).chain_update(key).finalize();
    let id: String = hex(&digest).chars().take(32).collect();
    if let Some(row) = recharges::by_id(db, &id).await? {
        let same = row.package.id == new.package && row.method == new.method;
        return if same { Ok(row) } else { Err(mismatch()) };
    }
    let hour_ago = ServerTime(now().0.saturating_sub(HOUR_MS));
    if recharges::count_pending(db, user, hour_ago).await? >= MOST_PENDING {
        let detail = format!("{MOST_PENDING} recharges are open; pay or wait before you begin another");
        return Err(
            ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_recharges", detail).retry_after(60)
        );
    }
    let row = RechargeRow {
        id,
        user,
        package: package(&new.package)?,
        provider: app.recharges.name().to_owned(),
        method: new.method.clone(),
        reference: None,
        status: RechargeStatus::Pending,
        created: now(),
    };
    recharges::insert(db, &row).await?;
    Ok(row)
}

/// Brings the sandbox's webhooks, each in its time, as a provider's would come.
fn bring(app: &App, deliveries: Vec<Delivery>) {
    for Delivery { after, signature, body } in deliveries {
        let app = app.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = app.shutdown.cancelled() => return,
                () = tokio::time::sleep(after) => {}
            }
            // Whatever comes of it is logged where it is known, and brought again later.
            let _ = webhooks::hear(&app, &signature, body.as_bytes()).await;
        });
    }
}

/// Brings again what the sandbox said of recharges that are pending for too long: the process may have ended before it
/// arrived.
///
/// # Errors
/// When the store fails.
pub async fn redeliver(app: &App, now: ServerTime) -> ApiResult<()> {
    let between = (ServerTime(now.0.saturating_sub(HOUR_MS)), ServerTime(now.0.saturating_sub(OVERDUE_MS)));
    let provider = app.recharges.name();
    for row in recharges::pending(&mut *app.store.read().await?, provider, between, BATCH).await? {
        bring(app, app.recharges.again(&intent(&row)));
    }
    Ok(())
}
