use protocol::ServerTime;
use serde::Serialize;

use super::is_wanted;
use crate::clock::secret;
use crate::store::{Db, StoreError, hooks};

/// Leaves word of what happened for whoever wants to hear of it, inside the write that made it happen. `host` is whom it is
/// about: their webhooks hear of it, and those of the shop's admins.
///
/// # Errors
/// When the store fails.
pub async fn tell(
    db: &mut Db,
    host: i64,
    kind: &str,
    data: &impl Serialize,
    now: ServerTime,
) -> Result<(), StoreError> {
    let wanted = wanted(hooks::listening(db, host).await?, kind);
    leave(db, &wanted, kind, data, now).await
}

/// The same, about the host of a room.
///
/// # Errors
/// When the store fails.
pub async fn tell_in_room(
    db: &mut Db,
    room: &str,
    kind: &str,
    data: &(impl Serialize + Sync),
    now: ServerTime,
) -> Result<(), StoreError> {
    tell_each_in_room(db, room, kind, &[data], now).await
}

/// The same, of several things of one kind.
///
/// # Errors
/// When the store fails.
pub async fn tell_each_in_room<T: Serialize + Sync>(
    db: &mut Db,
    room: &str,
    kind: &str,
    data: &[T],
    now: ServerTime,
) -> Result<(), StoreError> {
    let wanted = wanted(hooks::listening_in_room(db, room).await?, kind);
    for one in data {
        leave(db, &wanted, kind, one, now).await?;
    }
    Ok(())
}

/// Which of those who listen want to hear of this.
fn wanted(listening: Vec<(i64, String)>, kind: &str) -> Vec<i64> {
    let wanted = listening.into_iter().filter(|(_, kinds)| is_wanted(kinds.split(' '), kind));
    wanted.map(|(hook, _)| hook).collect()
}

async fn leave(
    db: &mut Db,
    wanted: &[i64],
    kind: &str,
    data: &impl Serialize,
    now: ServerTime,
) -> Result<(), StoreError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let body = serde_json::json!({"type": kind, "timestamp": now, "data": data}).to_string();
    hooks::push(db, &format!("msg_{}", secret::<16>()), kind, &body, wanted, now).await
}
