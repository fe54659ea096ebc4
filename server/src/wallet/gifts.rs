//! Paid gifts: the coins move in the same write as the gift's place in the room's log, so that what was shown was paid and
//! what was paid is shown.

use axum::http::StatusCode;
use protocol::ServerTime;
use serde::Serialize;
use sha2::{Digest, Sha256};
use shop::gift::{HOLD_MS, host_share, release, transfer};
use shop::ledger::LedgerError;

use crate::clock::{hex, now};
use crate::error::{ApiError, ApiResult};
use crate::gifts::{Charge, ChargeFuture, Wallet};
use crate::hooks;
use crate::state::App;
use crate::store::income::Hold;
use crate::store::ledger::{PostError, Posted, post, post_all};
use crate::store::{self, Db, StoreError};

/// Holds released in one write.
const BATCH: i64 = 500;

/// The shop's own wallets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ledger;

impl Wallet for Ledger {
    fn charge<'a>(&'a self, db: &'a mut Db, charge: &'a Charge<'a>) -> ChargeFuture<'a> {
        Box::pin(take(db, charge))
    }
}

/// A gift as webhooks tell it.
#[derive(Debug, Serialize)]
struct GiftTold<'a> {
    room: &'a str,
    /// The giver's number; names are the givers' own to tell.
    user: i64,
    gift: i64,
    count: u32,
    coins: i64,
}

fn refused(code: &'static str, detail: &str) -> ApiError {
    ApiError::new(StatusCode::CONFLICT, code, detail)
}

/// The id of a gift's transfer: the room's commands are once each by user and client id.
fn name(charge: &Charge<'_>) -> String {
    let digest = Sha256::new().chain_update(charge.room).chain_update([0]).chain_update(charge.client_id);
    format!("gift:{}:{}", charge.user, hex(&digest.finalize()))
}

async fn take(db: &mut Db, charge: &Charge<'_>) -> Result<ApiResult<()>, StoreError> {
    let (user, now) = (charge.user, now());
    let Some(room) = store::rooms::by_id(db, charge.room).await? else {
        return Ok(Err(ApiError::unknown("unknown_room", "there is no room of this name")));
    };
    if room.host.id == user {
        return Ok(Err(refused("own_gift", "hosts send no paid gifts to themselves")));
    }
    // More coins than can be counted are more than any limit.
    let coins = i64::try_from(charge.coins).unwrap_or(i64::MAX);
    let (limits, confirmed) = store::spending::limits(db, user, now).await?;
    let spent = store::spending::spent(db, user, now).await?;
    if let Err(refusal) = shop::spending::check(&limits, confirmed, spent, coins) {
        return Ok(Err(refusal.into()));
    }
    let gift = match transfer(name(charge), charge.room, user, room.host.id, coins) {
        Ok(gift) => gift,
        Err(error) => return Ok(Err(PostError::from(error).into())),
    };
    let seq = match post(db, &gift, now).await {
        Ok(Posted::Made(seq)) => seq,
        // The log has forgotten it, or it would not have come here: shown again, it would be a gift that nobody paid for.
        Ok(Posted::MadeBefore(_)) | Err(PostError::Refused(LedgerError::Mismatch { .. })) => {
            return Ok(Err(refused(
                "gift_sent_before",
                "a gift of this client_id was sent before; take a new one",
            )));
        }
        Err(PostError::Store(error)) => return Err(error),
        Err(refusal @ PostError::Refused(_)) => return Ok(Err(refusal.into())),
    };
    store::spending::add(db, user, coins, now).await?;
    let sent = GiftTold { room: charge.room, user, gift: charge.gift.id, count: charge.count, coins };
    hooks::tell(db, room.host.id, "gift.sent", &sent, now).await?;
    let amount = host_share(coins);
    if amount > 0 {
        let hold = Hold { transfer_seq: seq, host_id: room.host.id, amount };
        store::income::hold(db, hold, ServerTime(now.0.saturating_add(HOLD_MS))).await?;
    }
    metrics::counter!("livestall_gift_coins_total").increment(charge.coins);
    Ok(Ok(()))
}

/// Makes income the hosts' own whose hold is over. Answers how many gifts' it was.
///
/// # Errors
/// When the store fails.
pub async fn release_due(app: &App, now: ServerTime) -> ApiResult<usize> {
    let mut count = 0_usize;
    loop {
        // Looked for on a reader first: most times there is nothing to write.
        if store::income::due(&mut *app.store.read().await?, now, 1).await?.is_empty() {
            return Ok(count);
        }
        let mut tx = app.store.write().await?;
        let holds = store::income::due(&mut tx, now, BATCH).await?;
        let releases = holds.iter().map(|hold| release(hold.transfer_seq, hold.host_id, hold.amount));
        let releases: Vec<_> = releases.collect::<Result<_, _>>().map_err(PostError::from)?;
        for (hold, posted) in holds.iter().zip(post_all(&mut tx, &releases, now).await?) {
            // Refused, the books are wrong: nothing of the batch is kept, and the log says which.
            posted.map_err(PostError::from)?;
            store::income::set_released(&mut tx, hold.transfer_seq).await?;
        }
        store::commit(tx).await?;
        count = count.saturating_add(holds.len());
    }
}
