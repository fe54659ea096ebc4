use hyper::StatusCode;
use protocol::ServerTime;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{MissedTickBehavior, interval};

use super::schedule::{GIVE_UP_MS, delay};
use crate::clock::now;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::hooks::{Due, Outcome};
use crate::store::{self, hooks};

/// How late a message may be sent.
const EVERY: Duration = Duration::from_millis(500);
/// Webhooks that are sent to at a time.
const AT_ONCE: usize = 32;
/// Messages sent to a webhook before others have their turn.
const TURN: usize = 50;

/// Sends what is due, for as long as the server runs. One message at a time goes to a webhook, so that a slow one holds up
/// only itself.
pub async fn follow(app: App) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let due = async { hooks::due_hooks(&mut *app.store.read().await?, now(), 256).await };
        let due = due.await.unwrap_or_else(|error| {
            tracing::error!(%error, "What is due to webhooks could not be looked up");
            Vec::new()
        });
        for hook in due {
            let Some(slot) = app.running.enter(format!("hook {hook}")) else { continue };
            let Ok(permit) = Arc::clone(&gate).try_acquire_owned() else { break };
            let app = app.clone();
            tokio::spawn(async move {
                // What fails is logged where it is known, and tried again at the next tick.
                let _ = drain(&app, hook, now()).await;
                drop((slot, permit));
            });
        }
    }
}

/// Sends what is due to a webhook, until an attempt fails. Answers how many messages were tried.
///
/// # Errors
/// When the store fails.
pub async fn drain(app: &App, hook: i64, now: ServerTime) -> ApiResult<usize> {
    for tried in 0..TURN {
        let due = hooks::next(&mut *app.store.read().await?, hook, now).await?;
        let Some(due) = due else { return Ok(tried) };
        let answer = app.hooks.send(&due, now.0.div_euclid(1_000)).await;
        let outcome = judge(&due, answer, now, rand::random());
        let mut tx = app.store.write().await?;
        hooks::note(&mut tx, hook, due.id, &outcome, now).await?;
        store::commit(tx).await?;
        metrics::counter!("livestall_hook_attempts_total", "delivered" => outcome.delivered.to_string())
            .increment(1);
        if !outcome.delivered {
            return Ok(tried.saturating_add(1));
        }
    }
    Ok(TURN)
}

/// What an answer, or none, makes of a message and of its webhook.
fn judge(due: &Due, answer: Result<StatusCode, String>, now: ServerTime, bits: u64) -> Outcome {
    let (status, error) = match answer {
        Ok(status) => (Some(status), None),
        Err(error) => (None, Some(error)),
    };
    let delivered = status.is_some_and(|status| status.is_success());
    let again = delay(due.attempts.saturating_add(1), bits).filter(|_| !delivered);
    let failing_ms = due.failing_since.map_or(0, |since| now.0.saturating_sub(since));
    let give_up = match status {
        // "Gone": the receiver wants no more, as the specification has it.
        Some(StatusCode::GONE) => Some("the receiver answered 410"),
        _ if !delivered && failing_ms >= GIVE_UP_MS => Some("nothing got through for five days"),
        _ => None,
    };
    Outcome {
        status: status.map(|status| i64::from(status.as_u16())),
        error,
        delivered,
        due: again.map(|wait| ServerTime(now.0.saturating_add(wait))),
        give_up,
    }
}
