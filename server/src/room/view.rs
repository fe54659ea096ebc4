//! Rooms as they are shown: the store's row, where the show stands, who watches.

use ::room::State;
use protocol::{OpenPacket, ReleasedCoupon, Room, RoomStatus, Snapshot};

use crate::state::App;
use crate::store::{self, Db, StoreError, rooms::RoomRow};

/// A room as everybody may see it.
///
/// # Errors
/// When the store fails.
pub async fn room(app: &App, db: &mut Db, row: RoomRow) -> Result<Room, StoreError> {
    let status = store::log::status(db, &row.id).await?;
    Ok(with_status(app, row, status))
}

/// The same, for somebody who knows where the show stands.
pub(super) fn with_status(app: &App, row: RoomRow, status: RoomStatus) -> Room {
    let viewers = app.rooms.viewers(&row.id);
    Room { id: row.id, title: row.title, host: row.host, status, viewers, cover: row.cover }
}

/// The newest rooms, those that are live first.
///
/// # Errors
/// When the store fails.
pub async fn rooms(app: &App, db: &mut Db) -> Result<Vec<Room>, StoreError> {
    const MOST: i64 = 100;
    let mut all = Vec::new();
    for row in store::rooms::list(db, MOST).await? {
        all.push(room(app, db, row).await?);
    }
    all.sort_by_key(|room| match room.status {
        RoomStatus::Live => 0,
        RoomStatus::Away => 1,
        RoomStatus::Idle => 2,
        RoomStatus::Ended => 3,
    });
    Ok(all)
}

/// The state that a joiner starts from, with products, coupons and red packets as they now stand.
///
/// # Errors
/// When the store fails.
pub async fn snapshot(db: &mut Db, room: &str, state: State) -> Result<Snapshot, StoreError> {
    let mut coupons = Vec::new();
    for &(id, at) in &state.coupons {
        if let Some(row) = store::coupons::by_id(db, room, id).await? {
            coupons.push(ReleasedCoupon { coupon: row.coupon, at });
        }
    }
    let products = store::products::list(db, room).await?;
    let mut packets = Vec::new();
    for &(id, at) in &state.packets {
        if let Some(packet) = store::packets::by_id(db, room, id).await? {
            packets.push(OpenPacket { packet, at });
        }
    }
    let State { seq, pinned, avoid, chat, likes, .. } = state;
    let comment_likes = match (chat.front(), chat.back()) {
        (Some(first), Some(last)) => store::comment_likes::of(db, room, first.seq, last.seq).await?,
        _ => Vec::new(),
    };
    let chat = chat.into();
    Ok(Snapshot { seq, products, pinned, coupons, avoid, chat, comment_likes, likes, packets })
}
