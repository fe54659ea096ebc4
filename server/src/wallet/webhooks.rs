//! What providers tell us. An event is noted in the same write as what it does, so that it does it once.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use protocol::{Problem, RechargeStatus, Unit};
use serde::{Deserialize, Serialize};
use shop::ledger::Account;
use shop::recharge::{Heard, credit, take_back};

use super::provider::{Notice, WebhookError};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path};
use crate::state::App;
use crate::store::recharges::{self, RechargeRow};
use crate::store::{self, Db};

/// Parts of a webhook's path.
#[derive(Debug, Deserialize)]
pub struct WebhookPath {
    provider: String,
}

/// Answer to a webhook that is believed, whatever came of it: a provider that hears of an error sends it again for days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Outcome {
    /// `credited`, `failed`, `taken_back`, `void`, `nothing`, `other_amount`, `unknown`, `not_ours`, or `seen` for one that
    /// came before.
    pub outcome: String,
}

/// Hear a payment provider's webhook; its signature is its log-in.
#[utoipa::path(post, path = "/api/v1/webhooks/{provider}", tag = "wallet", params(("provider" = String, Path)),
    request_body(content = String, content_type = "application/json"), security(()),
    responses((status = 200, body = Outcome), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn receive(
    State(app): State<App>,
    Path(WebhookPath { provider }): Path<WebhookPath>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<Outcome>> {
    if provider != app.recharges.name() {
        return Err(ApiError::unknown("unknown_provider", "no payment provider of this name is set up"));
    }
    let signature = headers.get(app.recharges.signature_header()).and_then(|value| value.to_str().ok());
    hear(&app, signature.unwrap_or_default(), &body).await.map(Json)
}

/// The same, however it got here.
///
/// # Errors
/// 400 `bad_signature` or `bad_event`.
pub async fn hear(app: &App, signature: &str, body: &[u8]) -> ApiResult<Outcome> {
    let provider = app.recharges.name();
    let read = app.recharges.read(signature, body, now().0.div_euclid(1_000));
    let notice = read.map_err(|error| {
        metrics::counter!("livestall_webhooks_refused_total").increment(1);
        tracing::warn!(provider, %error, "A webhook is not believed");
        let code = match &error {
            WebhookError::Signature(_) => "bad_signature",
            WebhookError::Unreadable { .. } => "bad_event",
        };
        ApiError::new(StatusCode::BAD_REQUEST, code, error.to_string())
    })?;
    let Some(notice) = notice else { return Ok(Outcome { outcome: "not_ours".to_owned() }) };
    let mut tx = app.store.write().await?;
    if recharges::outcome(&mut tx, provider, &notice.event).await?.is_some() {
        // Not before the first of its kind is on the disk: the provider sends it no more.
        store::commit(tx).await?;
        return Ok(Outcome { outcome: "seen".to_owned() });
    }
    let row = find(&mut tx, provider, &notice).await?;
    let outcome = match &row {
        Some(row) => act(&mut tx, row, &notice).await?,
        None => {
            tracing::warn!(provider, reference = notice.reference, "A webhook is about no recharge of ours");
            "unknown"
        }
    };
    let id = row.as_ref().map(|row| row.id.as_str());
    recharges::note(&mut tx, (provider, &notice.event), id, outcome, now()).await?;
    store::commit(tx).await?;
    Ok(Outcome { outcome: outcome.to_owned() })
}

/// The recharge that a notice is about: by the provider's name for it, or by ours while theirs is not noted yet.
async fn find(db: &mut Db, provider: &str, notice: &Notice) -> ApiResult<Option<RechargeRow>> {
    if let Some(row) = recharges::by_reference(db, provider, &notice.reference).await? {
        return Ok(Some(row));
    }
    let Some(id) = &notice.recharge else { return Ok(None) };
    let row = recharges::by_id(db, id).await?;
    // One that has another payment already is not paid by this one.
    let Some(row) = row.filter(|row| row.provider == provider && row.reference.is_none()) else {
        return Ok(None);
    };
    recharges::set_reference(db, &row.id, &notice.reference).await?;
    Ok(Some(row))
}

/// Does what the news makes of a recharge, inside a write.
async fn act(db: &mut Db, row: &RechargeRow, notice: &Notice) -> ApiResult<&'static str> {
    let (coins, price, now) = (row.package.coins, row.package.price, now());
    let heard = match shop::recharge::hear(row.status, price, notice.news) {
        Ok(heard) => heard,
        Err(error) => {
            tracing::error!(recharge = row.id, event = notice.event, %error, "A payment is to be looked at");
            metrics::counter!("livestall_recharges_disputed_total").increment(1);
            return Ok("other_amount");
        }
    };
    let (status, shortfall, outcome) = match heard {
        Heard::Nothing => return Ok("nothing"),
        Heard::Fail => (RechargeStatus::Failed, 0, "failed"),
        Heard::Void => (RechargeStatus::Undone, 0, "void"),
        Heard::Credit => {
            let transfer = credit(&row.id, row.user, coins, price).map_err(store::ledger::PostError::from)?;
            store::ledger::post(db, &transfer, now).await?;
            metrics::counter!("livestall_recharges_paid_total").increment(1);
            (RechargeStatus::Paid, 0, "credited")
        }
        Heard::TakeBack => {
            let balances = store::ledger::balances_of(db, Account::Wallet(row.user)).await?;
            let left = balances.iter().find(|(unit, _)| *unit == Unit::Coins).map_or(0, |(_, left)| *left);
            let back = take_back(&row.id, row.user, coins, price, left);
            let (transfer, shortfall) = back.map_err(store::ledger::PostError::from)?;
            store::ledger::post(db, &transfer, now).await?;
            if shortfall > 0 {
                tracing::warn!(
                    recharge = row.id,
                    shortfall,
                    "Coins of a payment taken back were spent already"
                );
            }
            (RechargeStatus::Undone, shortfall, "taken_back")
        }
    };
    recharges::set_status(db, &row.id, status, shortfall, now).await?;
    Ok(outcome)
}
