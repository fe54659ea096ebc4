//! Red packets and the shares that were taken of them. Their coins are the ledger's.

use super::{Db, StoreError, users};
use protocol::{PacketShare, RedPacket, ServerTime, User};
use shop::red_packet::{parse, word};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    room_id: String,
    user_id: i64,
    name: String,
    role: String,
    split: String,
    coins: i64,
    shares: i64,
    coins_left: i64,
    shares_left: i64,
    created: i64,
    expires: i64,
    ended: Option<i64>,
}

/// A packet, with the room that it was sent in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketRow {
    /// As everybody sees it.
    pub packet: RedPacket,
    /// The room.
    pub room: String,
}

impl TryFrom<Row> for PacketRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let split = parse(&row.split).ok_or_else(|| StoreError::corrupt("red_packets.split", &row.split))?;
        let user = User { id: row.user_id, name: row.name, role: users::role(&row.role)? };
        let packet = RedPacket {
            id: row.id,
            user,
            split,
            coins: row.coins,
            shares: row.shares,
            coins_left: row.coins_left,
            shares_left: row.shares_left,
            created: ServerTime(row.created),
            expires: ServerTime(row.expires),
            ended: row.ended.map(ServerTime),
        };
        Ok(Self { packet, room: row.room_id })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.room_id, p.user_id, u.name, u.role, p.split, p.coins, p.shares, p.coins_left, ",
            "p.shares_left, p.created, p.expires, p.ended FROM red_packets p JOIN users u ON u.id = p.user_id ",
            $rest
        )
    };
}

fn packets(rows: Vec<Row>) -> Result<Vec<PacketRow>, StoreError> {
    rows.into_iter().map(PacketRow::try_from).collect()
}

/// Adds a packet that nobody took a share of; in the same write as its coins.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, room: &str, packet: &RedPacket) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO red_packets (id, room_id, user_id, split, coins, shares, coins_left, shares_left, created, expires) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(packet.id)
    .bind(room)
    .bind(packet.user.id)
    .bind(word(packet.split))
    .bind(packet.coins)
    .bind(packet.shares)
    .bind(packet.coins_left)
    .bind(packet.shares_left)
    .bind(packet.created.0)
    .bind(packet.expires.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The packet of this number in a room.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, room: &str, id: i64) -> Result<Option<RedPacket>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE p.room_id = $1 AND p.id = $2"))
        .bind(room)
        .bind(id)
        .fetch_optional(db)
        .await?;
    Ok(row.map(PacketRow::try_from).transpose()?.map(|row| row.packet))
}

/// A room's packets, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn list(db: &mut Db, room: &str, limit: i64) -> Result<Vec<RedPacket>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE p.room_id = $1 ORDER BY p.id DESC LIMIT $2"))
        .bind(room)
        .bind(limit)
        .fetch_all(db)
        .await?;
    Ok(packets(rows)?.into_iter().map(|row| row.packet).collect())
}

/// How many packets of a room are open.
///
/// # Errors
/// When the store fails.
pub async fn open(db: &mut Db, room: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM red_packets WHERE room_id = $1 AND ended IS NULL")
        .bind(room)
        .fetch_one(db)
        .await?)
}

/// Open packets whose time is up, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn due(db: &mut Db, now: ServerTime, limit: i64) -> Result<Vec<PacketRow>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE p.ended IS NULL AND p.expires <= $1 ORDER BY p.expires, p.id LIMIT $2"
    ))
    .bind(now.0)
    .bind(limit)
    .fetch_all(db)
    .await?;
    packets(rows)
}

/// The share that a user took of a packet.
///
/// # Errors
/// When the store fails.
pub async fn share_of(db: &mut Db, packet: i64, user: &User) -> Result<Option<PacketShare>, StoreError> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT coins, taken FROM red_packet_shares WHERE packet_id = $1 AND user_id = $2")
            .bind(packet)
            .bind(user.id)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(coins, time)| PacketShare { user: user.clone(), coins, time: ServerTime(time) }))
}

/// Who took which share of a packet, first taken first.
///
/// # Errors
/// When the store fails.
pub async fn shares(db: &mut Db, packet: i64) -> Result<Vec<PacketShare>, StoreError> {
    let rows: Vec<(i64, String, String, i64, i64)> = sqlx::query_as(
        "SELECT s.user_id, u.name, u.role, s.coins, s.taken FROM red_packet_shares s \
         JOIN users u ON u.id = s.user_id WHERE s.packet_id = $1 ORDER BY s.number",
    )
    .bind(packet)
    .fetch_all(db)
    .await?;
    let share = |(id, name, role, coins, time): (i64, String, String, i64, i64)| {
        let user = User { id, name, role: users::role(&role)? };
        Ok(PacketShare { user, coins, time: ServerTime(time) })
    };
    rows.into_iter().map(share).collect()
}

/// Notes a share that was drawn, and what is left after it; in the same write as its coins.
///
/// # Errors
/// When the user has one, or the store fails.
pub async fn take(
    db: &mut Db,
    after: &RedPacket,
    user: i64,
    coins: i64,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO red_packet_shares (packet_id, user_id, number, coins, taken) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(after.id)
    .bind(user)
    .bind(after.shares.saturating_sub(after.shares_left))
    .bind(coins)
    .bind(now.0)
    .execute(&mut *db)
    .await?;
    sqlx::query("UPDATE red_packets SET coins_left = $2, shares_left = $3, ended = $4 WHERE id = $1")
        .bind(after.id)
        .bind(after.coins_left)
        .bind(after.shares_left)
        .bind(after.ended.map(|ended| ended.0))
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that a packet is over; in the same write as what is returned.
///
/// # Errors
/// When the store fails.
pub async fn end(db: &mut Db, packet: i64, now: ServerTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE red_packets SET ended = $2 WHERE id = $1 AND ended IS NULL")
        .bind(packet)
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(())
}
