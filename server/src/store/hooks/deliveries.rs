use protocol::{DeliveryStage, HookDelivery, ServerTime};

use crate::clock::next_id;
use crate::store::{Db, StoreError};

/// A message that is due.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// The delivery's number.
    pub id: i64,
    /// Where it goes.
    pub url: String,
    /// What it is signed with, in hexadecimal.
    pub secret: String,
    /// The message's name.
    pub message: String,
    /// The message.
    pub body: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Since when no attempt got through.
    pub failing_since: Option<i64>,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The answer's HTTP status.
    pub status: Option<i64>,
    /// Why there was none.
    pub error: Option<String>,
    /// It was taken.
    pub delivered: bool,
    /// When it is tried again; none when it is not.
    pub due: Option<ServerTime>,
    /// Why the webhook is given up, if it is.
    pub give_up: Option<&'static str>,
}

/// Webhooks that are sent to and may hear of a host's affairs, with the kinds that each asks for: the host's own, and those
/// of the shop's admins.
///
/// # Errors
/// When the store fails.
pub async fn listening(db: &mut Db, host: i64) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT h.id, h.kinds FROM hooks h JOIN users u ON u.id = h.user_id \
         WHERE h.disabled IS NULL AND (h.user_id = $1 OR u.role = 'admin') ORDER BY h.id",
    )
    .bind(host)
    .fetch_all(db)
    .await?)
}

/// The same, of the host of a room.
///
/// # Errors
/// When the store fails.
pub async fn listening_in_room(db: &mut Db, room: &str) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT h.id, h.kinds FROM hooks h JOIN users u ON u.id = h.user_id WHERE h.disabled IS NULL \
         AND (u.role = 'admin' OR h.user_id = (SELECT host_id FROM rooms WHERE id = $1)) ORDER BY h.id",
    )
    .bind(room)
    .fetch_all(db)
    .await?)
}

/// Leaves a message for these webhooks; in the same write as what it tells.
///
/// # Errors
/// When the store fails.
pub async fn push(
    db: &mut Db,
    message: &str,
    kind: &str,
    body: &str,
    hooks: &[i64],
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO hook_messages (id, kind, body, created) VALUES ($1, $2, $3, $4)")
        .bind(message)
        .bind(kind)
        .bind(body)
        .bind(now.0)
        .execute(&mut *db)
        .await?;
    for hook in hooks {
        sqlx::query(
            "INSERT INTO hook_deliveries (id, hook_id, message_id, due, stage, updated) \
             VALUES ($1, $2, $3, $4, 'waiting', $4)",
        )
        .bind(next_id())
        .bind(hook)
        .bind(message)
        .bind(now.0)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Webhooks that have something due, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn due_hooks(db: &mut Db, now: ServerTime, limit: i64) -> Result<Vec<i64>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT d.hook_id FROM hook_deliveries d JOIN hooks h ON h.id = d.hook_id \
         WHERE d.due <= $1 AND h.disabled IS NULL GROUP BY d.hook_id ORDER BY MIN(d.due) LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(db)
    .await?)
}

/// What is due first for a webhook.
///
/// # Errors
/// When the store fails.
pub async fn next(db: &mut Db, hook: i64, now: ServerTime) -> Result<Option<Due>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT d.id, h.url, h.secret, m.id AS message, m.body, d.attempts, h.failing_since \
         FROM hook_deliveries d JOIN hooks h ON h.id = d.hook_id JOIN hook_messages m ON m.id = d.message_id \
         WHERE d.hook_id = $1 AND d.due <= $2 AND h.disabled IS NULL ORDER BY d.due, d.id LIMIT 1",
    )
    .bind(hook)
    .bind(now.0)
    .fetch_optional(db)
    .await?)
}

/// Notes what an attempt came to.
///
/// # Errors
/// When the store fails.
pub async fn note(
    db: &mut Db,
    hook: i64,
    delivery: i64,
    outcome: &Outcome,
    now: ServerTime,
) -> Result<(), StoreError> {
    let stage = match (outcome.delivered, outcome.due) {
        (true, _) => "delivered",
        (false, Some(_)) => "waiting",
        (false, None) => "failed",
    };
    sqlx::query(
        "UPDATE hook_deliveries SET attempts = attempts + 1, due = $2, stage = $3, status = $4, error = $5, \
         updated = $6 WHERE id = $1",
    )
    .bind(delivery)
    .bind(outcome.due.map(|due| due.0))
    .bind(stage)
    .bind(outcome.status)
    .bind(&outcome.error)
    .bind(now.0)
    .execute(&mut *db)
    .await?;
    let query = if outcome.delivered {
        sqlx::query("UPDATE hooks SET failing_since = NULL WHERE id = $1").bind(hook)
    } else {
        let query = "UPDATE hooks SET failing_since = COALESCE(failing_since, $2), reason = $3, disabled = $4 WHERE id = $1";
        let disabled = outcome.give_up.map(|_| now.0);
        sqlx::query(query).bind(hook).bind(now.0).bind(outcome.give_up).bind(disabled)
    };
    query.execute(db).await?;
    Ok(())
}

type Columns = (i64, String, String, String, i64, Option<i64>, Option<i64>, Option<String>);

/// A webhook's deliveries, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, hook: i64, limit: i64) -> Result<Vec<HookDelivery>, StoreError> {
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT d.id, d.message_id, m.kind, d.stage, d.attempts, d.due, d.status, d.error FROM hook_deliveries d \
         JOIN hook_messages m ON m.id = d.message_id WHERE d.hook_id = $1 ORDER BY d.id DESC LIMIT $2",
    )
    .bind(hook)
    .bind(limit)
    .fetch_all(db)
    .await?;
    let delivery = |(id, message, kind, stage, attempts, due, status, error): Columns| {
        let stage = match stage.as_str() {
            "waiting" => DeliveryStage::Waiting,
            "delivered" => DeliveryStage::Delivered,
            "failed" => DeliveryStage::Failed,
            other => return Err(StoreError::corrupt("hook_deliveries.stage", other)),
        };
        Ok(HookDelivery { id, message, kind, stage, attempts, due: due.map(ServerTime), status, error })
    };
    rows.into_iter().map(delivery).collect()
}

/// Sends a message to a webhook once more, from the beginning of the schedule. Answers whether there is such a one.
///
/// # Errors
/// When the store fails.
pub async fn replay(db: &mut Db, hook: i64, delivery: i64, now: ServerTime) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE hook_deliveries SET attempts = 0, due = $3, stage = 'waiting', updated = $3 \
         WHERE hook_id = $1 AND id = $2",
    )
    .bind(hook)
    .bind(delivery)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets messages from before `before` that wait for nobody.
///
/// # Errors
/// When the store fails.
pub async fn prune(db: &mut Db, before: ServerTime) -> Result<(), StoreError> {
    for query in [
        "DELETE FROM hook_deliveries WHERE stage <> 'waiting' AND updated < $1",
        "DELETE FROM hook_messages WHERE created < $1 AND NOT EXISTS \
         (SELECT 1 FROM hook_deliveries d WHERE d.message_id = hook_messages.id)",
    ] {
        sqlx::query(query).bind(before.0).execute(&mut *db).await?;
    }
    Ok(())
}
