//! What a red packet moves.

use crate::ledger::{Account, Kind, LedgerError, Transfer};
use protocol::Unit;

/// The transfer that fills a packet from its giver's wallet.
///
/// # Errors
/// When the amount is out of range.
pub fn fill(packet: i64, room: &str, giver: i64, coins: i64) -> Result<Transfer, LedgerError> {
    let (from, to) = (Account::Wallet(giver), Account::RedPacket(packet));
    Transfer::new(format!("packet:{packet}"), Kind::PacketFilled).in_room(room).moving(
        from,
        to,
        Unit::Coins,
        coins,
    )
}

/// The transfer of a share. Named after packet and user, so that nobody has two.
///
/// # Errors
/// When the amount is out of range.
pub fn share(packet: i64, room: &str, user: i64, coins: i64) -> Result<Transfer, LedgerError> {
    let (from, to) = (Account::RedPacket(packet), Account::Wallet(user));
    let id = format!("packet:{packet}:share:{user}");
    Transfer::new(id, Kind::PacketShare).in_room(room).moving(from, to, Unit::Coins, coins)
}

/// The transfer of what nobody took, back to its giver.
///
/// # Errors
/// When the amount is out of range.
pub fn give_back(packet: i64, room: &str, giver: i64, coins: i64) -> Result<Transfer, LedgerError> {
    let (from, to) = (Account::RedPacket(packet), Account::Wallet(giver));
    let id = format!("packet:{packet}:rest");
    Transfer::new(id, Kind::PacketReturned).in_room(room).moving(from, to, Unit::Coins, coins)
}
