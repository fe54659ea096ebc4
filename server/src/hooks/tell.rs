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
    let listening = hooks::listening(db, host).await?;
    leave(db, listening, kind, data, now).await
}

/// The same, about the host of a room.
///
/// # Errors
/// When the store fails.
pub async fn tell_in_room(
    db: &mut Db,
    room: &str,
    kind: &str,
    data: &impl Serialize,
    now: ServerTime,
) -> Result<(), StoreError> {
    let listening = hooks::listening_in_room(db, room).await?;
    leave(db, listening, kind, data, now).await
}

async fn leave(
    db: &mut Db,
    listening: Vec<(i64, String)>,
    kind: &str,
    data: &impl Serialize,
    now: ServerTime,
) -> Result<(), StoreError> {
    let wanted = listening.into_iter().filter(|(_, kinds)| is_wanted(kinds.split(' '), kind));
    let wanted: Vec<i64> = wanted.map(|(hook, _)| hook).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let body = serde_json::json!({"type": kind, "timestamp": now, "data": data}).to_string();
    hooks::push(db, &format!("msg_{}", secret::<16>()), kind, &body, &wanted, now).await
}
