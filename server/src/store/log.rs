//! The rooms' append-only logs.

use super::{Db, StoreError};
use protocol::{Event, EventBody, RoomStatus, ServerTime, StreamTime};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    seq: i64,
    time: i64,
    at: i64,
    body: String,
}

impl TryFrom<Row> for Event {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            seq: u64::try_from(row.seq).map_err(|_| StoreError::corrupt("room_events.seq", row.seq))?,
            time: ServerTime(row.time),
            at: StreamTime(row.at),
            body: serde_json::from_str(&row.body)
                .map_err(|error| StoreError::corrupt("room_events.body", error))?,
        })
    }
}

const fn kind(body: &EventBody) -> &'static str {
    match body {
        EventBody::Chat(_) => "chat",
        EventBody::ProductPinned { .. } => "product_pinned",
        EventBody::ProductUnpinned { .. } => "product_unpinned",
        EventBody::CouponReleased { .. } => "coupon_released",
        EventBody::CouponWithdrawn { .. } => "coupon_withdrawn",
        EventBody::CouponClaimed { .. } => "coupon_claimed",
        EventBody::StockChanged { .. } => "stock_changed",
        EventBody::ProductChanged { .. } => "product_changed",
        EventBody::Announced { .. } => "announced",
        EventBody::OrderPaid(_) => "order_paid",
        EventBody::AvoidZones { .. } => "avoid_zones",
        EventBody::GiftSent(_) => "gift_sent",
        EventBody::Likes { .. } => "likes",
        EventBody::CommentsLiked { .. } => "comments_liked",
        EventBody::RedPacketSent { .. } => "red_packet_sent",
        EventBody::RedPacketGrabbed { .. } => "red_packet_grabbed",
        EventBody::RedPacketFinished { .. } => "red_packet_finished",
        EventBody::PublisherOn => "publisher_on",
        EventBody::PublisherAway => "publisher_away",
        EventBody::ShowEnded => "show_ended",
    }
}

/// A number as SQL has it; no log gets near the bound.
fn seq(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Appends an event.
///
/// # Errors
/// When its number is taken, or the store fails.
pub async fn append(db: &mut Db, room: &str, event: &Event) -> Result<(), StoreError> {
    let body =
        serde_json::to_string(&event.body).map_err(|error| StoreError::corrupt("room_events.body", error))?;
    sqlx::query(
        "INSERT INTO room_events (room_id, seq, time, at, kind, body) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(room)
    .bind(seq(event.seq))
    .bind(event.time.0)
    .bind(event.at.0)
    .bind(kind(&event.body))
    .bind(body)
    .execute(db)
    .await?;
    Ok(())
}

/// Events after `after`, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn after(db: &mut Db, room: &str, after: u64, limit: i64) -> Result<Vec<Event>, StoreError> {
    between(db, room, after, u64::MAX, limit).await
}

/// The event of this number.
///
/// # Errors
/// When the store fails.
pub async fn find(db: &mut Db, room: &str, seq: u64) -> Result<Option<Event>, StoreError> {
    Ok(between(db, room, seq.saturating_sub(1), seq, 1).await?.pop())
}

/// Events after `after` up to `last`, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn between(
    db: &mut Db,
    room: &str,
    after: u64,
    last: u64,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq \
         LIMIT $4",
    )
    .bind(room)
    .bind(seq(after))
    .bind(seq(last))
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// When publishers came and shows ended, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn bounds(db: &mut Db, room: &str) -> Result<Vec<Event>, StoreError> {
    let mut rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND kind IN ('publisher_on', 'show_ended')",
    )
    .bind(room)
    .fetch_all(db)
    .await?;
    rows.sort_unstable_by_key(|row| row.seq);
    rows.into_iter().map(Event::try_from).collect()
}

/// Pins after `after` up to `last`, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn pins(
    db: &mut Db,
    room: &str,
    after: u64,
    last: u64,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND kind = 'product_pinned' AND seq > $2 \
         AND seq <= $3 ORDER BY seq LIMIT $4",
    )
    .bind(room)
    .bind(seq(after))
    .bind(seq(last))
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// The newest event's number; 0 for an empty log.
///
/// # Errors
/// When the store fails.
pub async fn last(db: &mut Db, room: &str) -> Result<u64, StoreError> {
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(seq) FROM room_events WHERE room_id = $1")
        .bind(room)
        .fetch_one(db)
        .await?;
    Ok(last.and_then(|last| u64::try_from(last).ok()).unwrap_or(0))
}

/// What a room's state up to `until` is folded from: all that lasts, the last `chats` comments, and the last
/// number of likes.
///
/// # Errors
/// When the store fails.
pub async fn lasting(db: &mut Db, room: &str, until: u64, chats: i64) -> Result<Vec<Event>, StoreError> {
    let mut rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND seq <= $2 AND kind IN \
         ('product_pinned', 'product_unpinned', 'coupon_released', 'coupon_withdrawn', 'avoid_zones', \
         'red_packet_sent', 'red_packet_finished', 'publisher_on', 'publisher_away', 'show_ended') \
         UNION ALL SELECT * FROM (SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND seq <= $2 \
         AND kind = 'chat' ORDER BY seq DESC LIMIT $3) AS chats \
         UNION ALL SELECT * FROM (SELECT seq, time, at, body FROM room_events WHERE room_id = $1 AND seq <= $2 \
         AND kind = 'likes' ORDER BY seq DESC LIMIT 1) AS likes",
    )
    .bind(room)
    .bind(seq(until))
    .bind(chats)
    .fetch_all(db)
    .await?;
    // Sorted here: asked to, SQLite would walk through every comment for the order's sake.
    rows.sort_unstable_by_key(|row| row.seq);
    rows.into_iter().map(Event::try_from).collect()
}

fn status_of(kind: &str) -> RoomStatus {
    match kind {
        "publisher_on" => RoomStatus::Live,
        "publisher_away" => RoomStatus::Away,
        "show_ended" => RoomStatus::Ended,
        _ => RoomStatus::Idle,
    }
}

/// Three seeks in the index by kind. With one list of kinds and the newest of all asked for, SQLite walks the log
/// backwards, through every comment since.
const STATUS: &str = "SELECT kind FROM (\
    SELECT 'publisher_on' AS kind, MAX(seq) AS seq FROM room_events WHERE room_id = $1 AND kind = 'publisher_on' \
    UNION ALL SELECT 'publisher_away', MAX(seq) FROM room_events WHERE room_id = $1 AND kind = 'publisher_away' \
    UNION ALL SELECT 'show_ended', MAX(seq) FROM room_events WHERE room_id = $1 AND kind = 'show_ended'\
    ) AS newest WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1";

/// Where a room's show stands.
///
/// # Errors
/// When the store fails.
pub async fn status(db: &mut Db, room: &str) -> Result<RoomStatus, StoreError> {
    let kind: Option<String> = sqlx::query_scalar(STATUS).bind(room).fetch_optional(db).await?;
    Ok(kind.as_deref().map_or(RoomStatus::Idle, status_of))
}

/// Where every room's show stands that has had one.
///
/// # Errors
/// When the store fails.
pub async fn statuses(db: &mut Db) -> Result<Vec<(String, RoomStatus)>, StoreError> {
    let rooms: Vec<String> = sqlx::query_scalar("SELECT id FROM rooms").fetch_all(&mut *db).await?;
    let mut all = Vec::with_capacity(rooms.len());
    for room in rooms {
        let status = status(db, &room).await?;
        all.push((room, status));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Database, Store};

    #[tokio::test]
    async fn where_a_show_stands_is_found_without_a_walk_through_the_comments() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Database::Sqlite(folder.path().join("livestall.db"))).await.unwrap();
        let mut db = store.read().await.unwrap();
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {STATUS}")))
                .bind("tea")
                .fetch_all(&mut *db)
                .await
                .unwrap();
        let steps: Vec<_> =
            plan.iter().map(|(.., step)| step).filter(|step| step.contains("room_events")).collect();
        assert_eq!(steps.len(), 3, "{steps:?}");
        assert!(
            steps.iter().all(|step| step.contains("room_events_by_kind (room_id=? AND kind=?)")),
            "{steps:?}"
        );
    }
}
