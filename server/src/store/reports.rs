//! Comments that viewers say should not be.

use super::{Db, StoreError, users};
use protocol::{EventBody, Report, ServerTime, User};

/// Adds a report, and says whether it is new: one that the reporter has made already stays as it is.
///
/// # Errors
/// When there is no such event, or the store fails.
pub async fn insert(
    db: &mut Db,
    room: &str,
    seq: u64,
    reporter: i64,
    reason: &str,
    now: ServerTime,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO reports (room_id, seq, reporter_id, reason, created) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (room_id, seq, reporter_id) DO NOTHING",
    )
    .bind(room)
    .bind(i64::try_from(seq).unwrap_or(i64::MAX))
    .bind(reporter)
    .bind(reason)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many reports a user has made since then.
///
/// # Errors
/// When the store fails.
pub async fn count_since(db: &mut Db, reporter: i64, since: ServerTime) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM reports WHERE reporter_id = $1 AND created >= $2");
    Ok(count.bind(reporter).bind(since.0).fetch_one(db).await?)
}

/// The room's newest reports, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, room: &str, limit: i64) -> Result<Vec<Report>, StoreError> {
    type Columns = (i64, String, i64, String, String, String, i64);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT reports.seq, room_events.body, users.id, users.name, users.role, reports.reason, reports.created \
         FROM reports JOIN users ON users.id = reports.reporter_id \
         JOIN room_events ON room_events.room_id = reports.room_id AND room_events.seq = reports.seq \
         WHERE reports.room_id = $1 ORDER BY reports.created DESC, reports.seq DESC LIMIT $2",
    )
    .bind(room)
    .bind(limit)
    .fetch_all(db)
    .await?;
    let report = |(seq, body, id, name, role, reason, created): Columns| {
        let body =
            serde_json::from_str(&body).map_err(|error| StoreError::corrupt("room_events.body", error))?;
        let EventBody::Chat(comment) = body else { return Err(StoreError::corrupt("reports.seq", seq)) };
        let seq = u64::try_from(seq).map_err(|_| StoreError::corrupt("reports.seq", seq))?;
        let reporter = User { id, name, role: users::role(&role)? };
        Ok(Report { seq, comment, reporter, reason, time: ServerTime(created) })
    };
    rows.into_iter().map(report).collect()
}
