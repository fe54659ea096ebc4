use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

use super::{end::expire_overdue, pay::settle, refund};
use crate::clock::now;
use crate::error::ApiResult;
use crate::once::KEPT_MS;
use crate::state::App;
use crate::store;
use crate::wallet;

/// How late a held order may end.
const EVERY: Duration = Duration::from_secs(1);
/// How often old keys and sessions are forgotten, in rounds of [`EVERY`].
const PRUNE: u32 = 600;
/// How often the sandbox's webhooks are brought again and hosts' income is released, in rounds of [`EVERY`].
const WALLET: u32 = 30;
/// How long what was sent to webhooks can be looked at and sent again, in milliseconds: 30 days.
const MESSAGES_MS: i64 = 30 * 24 * 3_600_000;

/// What was under way when the server stopped: payments are asked for again, the outbox is told.
///
/// # Errors
/// When the store fails.
pub async fn recover(app: &App) -> ApiResult<()> {
    settle(app).await?;
    refund::settle(app).await?;
    tell(app).await
}

/// Ends what is past its time, for as long as the server runs.
pub async fn sweep(app: App) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round = 0_u32;
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        round = round.wrapping_add(1);
        // Whatever fails is logged where it is known, and tried again in the next round.
        let _ = expire_overdue(&app, now()).await;
        let _ = wallet::packets::end_due(&app, now()).await;
        let _ = recover(&app).await;
        if round % WALLET == 1 {
            let _ = wallet::redeliver(&app, now()).await;
            let _ = wallet::release_due(&app, now()).await;
        }
        if round.is_multiple_of(PRUNE) {
            let _ = prune(&app).await;
        }
    }
}

async fn tell(app: &App) -> ApiResult<()> {
    for room in store::outbox::rooms(&mut *app.store.read().await?).await? {
        app.rooms.wake(&room);
    }
    Ok(())
}

async fn prune(app: &App) -> ApiResult<()> {
    let mut tx = app.store.write().await?;
    store::idempotency::prune(&mut tx, protocol::ServerTime(now().0.saturating_sub(KEPT_MS))).await?;
    store::sessions::prune(&mut tx, now()).await?;
    store::hooks::prune(&mut tx, protocol::ServerTime(now().0.saturating_sub(MESSAGES_MS))).await?;
    Ok(store::commit(tx).await?)
}
