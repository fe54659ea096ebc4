//! Red packets: the sender is charged in the write that leaves word of the packet, a taker is given their share in the
//! write that notes it, and what nobody took goes back in the write that ends it.

pub mod api;

use axum::http::StatusCode;
use protocol::{EventBody, NewRedPacket, PacketShare, RedPacket, ServerTime, User};
use shop::red_packet::{self, Packet, PacketError};
use std::collections::BTreeSet;

use crate::clock::next_id;
use crate::error::{ApiError, ApiResult};
use crate::state::App;
use crate::store::ledger::{PostError, post};
use crate::store::{self, Db, StoreError, packets};

/// Packets ended in one write.
const BATCH: i64 = 100;

impl From<PacketError> for ApiError {
    fn from(error: PacketError) -> Self {
        let status = match error {
            PacketError::Shares { .. } | PacketError::Coins { .. } | PacketError::Seconds { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            PacketError::TooManyOpen { .. } | PacketError::Gone | PacketError::Over => StatusCode::CONFLICT,
        };
        Self::new(status, error.code(), error.to_string())
    }
}

/// Sends a packet, inside a write: takes its coins, and leaves word of it at the picture that the sender was watching.
async fn send(
    db: &mut Db,
    room: &str,
    user: &User,
    new: &NewRedPacket,
    now: ServerTime,
) -> ApiResult<RedPacket> {
    let whole = red_packet::check_new(new)?;
    red_packet::check_open(packets::open(db, room).await?)?;
    // It is giving, as a gift is: the same limits hold.
    let (limits, confirmed) = store::spending::limits(db, user.id, now).await?;
    let spent = store::spending::spent(db, user.id, now).await?;
    shop::spending::check(&limits, confirmed, spent, whole.coins())?;
    let packet = RedPacket {
        id: next_id(),
        user: user.clone(),
        split: new.split,
        coins: whole.coins(),
        shares: whole.shares(),
        coins_left: whole.coins(),
        shares_left: whole.shares(),
        created: now,
        expires: ServerTime(now.0.saturating_add(new.seconds.saturating_mul(1_000))),
        ended: None,
    };
    let fill = red_packet::fill(packet.id, room, user.id, packet.coins).map_err(PostError::from)?;
    post(db, &fill, now).await?;
    store::spending::add(db, user.id, packet.coins, now).await?;
    packets::insert(db, room, &packet).await?;
    let sent = EventBody::RedPacketSent { packet: packet.clone() };
    store::outbox::push_at(db, room, &sent, new.at).await?;
    metrics::counter!("livestall_packet_coins_total").increment(u64::try_from(packet.coins).unwrap_or(0));
    Ok(packet)
}

fn unknown() -> ApiError {
    ApiError::unknown("unknown_packet", "there is no red packet of this number in this room")
}

/// A user's share, if it can be told without a write: they have one, or there is none to be had. In a rush most askers
/// are of these.
async fn known(
    db: &mut Db,
    room: &str,
    id: i64,
    user: &User,
    now: ServerTime,
) -> ApiResult<Option<PacketShare>> {
    let packet = packets::by_id(db, room, id).await?.ok_or_else(unknown)?;
    if let Some(share) = packets::share_of(db, id, user).await? {
        return Ok(Some(share));
    }
    red_packet::may_grab(&packet, now)?;
    Ok(None)
}

/// Takes a share, inside a write: the one that the user has, or the next.
async fn grab(db: &mut Db, room: &str, id: i64, user: &User, now: ServerTime) -> ApiResult<PacketShare> {
    if let Some(share) = known(db, room, id, user, now).await? {
        return Ok(share);
    }
    let mut packet = packets::by_id(db, room, id).await?.ok_or_else(unknown)?;
    let corrupt = |error: String| StoreError::corrupt("red_packets", error);
    let mut left = Packet::new(packet.split, packet.coins_left, packet.shares_left)
        .map_err(|error| corrupt(error.to_string()))?;
    let coins = left.draw(rand::random).ok_or(PacketError::Gone)?;
    (packet.coins_left, packet.shares_left) = (left.coins(), left.shares());
    packet.ended = (left.shares() == 0).then_some(now);
    let share = red_packet::share(id, room, user.id, coins).map_err(PostError::from)?;
    post(db, &share, now).await?;
    packets::take(db, &packet, user.id, coins, now).await?;
    let grabbed = EventBody::RedPacketGrabbed {
        packet: id,
        user: user.clone(),
        coins,
        shares_left: packet.shares_left,
    };
    store::outbox::push(db, room, &grabbed).await?;
    if packet.ended.is_some() {
        let finished = EventBody::RedPacketFinished { packet: id, coins_back: 0 };
        store::outbox::push(db, room, &finished).await?;
    }
    Ok(PacketShare { user: user.clone(), coins, time: now })
}

/// Ends a packet whose time is up, inside a write: what nobody took is its sender's again.
async fn end(db: &mut Db, room: &str, packet: &RedPacket, now: ServerTime) -> ApiResult<()> {
    let (id, coins_back) = (packet.id, packet.coins_left);
    let rest = red_packet::give_back(id, room, packet.user.id, coins_back).map_err(PostError::from)?;
    post(db, &rest, now).await?;
    packets::end(db, id, now).await?;
    store::outbox::push(db, room, &EventBody::RedPacketFinished { packet: id, coins_back }).await?;
    Ok(())
}

/// Ends the packets whose time is up. Answers how many.
///
/// # Errors
/// When the store fails.
pub async fn end_due(app: &App, now: ServerTime) -> ApiResult<usize> {
    let mut count = 0_usize;
    loop {
        // Looked for on a reader first: most times there is nothing to write.
        if packets::due(&mut *app.store.read().await?, now, 1).await?.is_empty() {
            return Ok(count);
        }
        let mut tx = app.store.write().await?;
        let mut rooms = BTreeSet::new();
        for row in packets::due(&mut tx, now, BATCH).await? {
            end(&mut tx, &row.room, &row.packet, now).await?;
            rooms.insert(row.room);
            count = count.saturating_add(1);
        }
        store::commit(tx).await?;
        rooms.iter().for_each(|room| app.rooms.wake(room));
    }
}
