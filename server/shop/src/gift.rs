//! What a paid gift moves.

use crate::ledger::{Account, Kind, LedgerError, Transfer};
use protocol::Unit;

/// The host's share of a gift, of a hundred; the rest, and what does not divide, is the shop's.
const HOST_PERCENT: i64 = 50;
/// How long a host's income may still be taken back, in milliseconds: seven days, in which most stolen cards are noticed.
pub const HOLD_MS: i64 = 7 * 24 * 3_600_000;

/// The host's share of so many coins.
pub const fn host_share(coins: i64) -> i64 {
    // Divided first, so that no amount is too large; a hundred parts of what is left over cannot be.
    (coins / 100) * HOST_PERCENT + (coins % 100) * HOST_PERCENT / 100
}

/// The transfer of a gift of `coins` from `user` to `host`.
///
/// # Errors
/// When the amount is out of range.
pub fn transfer(id: String, room: &str, user: i64, host: i64, coins: i64) -> Result<Transfer, LedgerError> {
    let share = host_share(coins);
    let mut transfer = Transfer::new(id, Kind::Gift).in_room(room);
    for (to, amount) in [(Account::Pending(host), share), (Account::Fees, coins.saturating_sub(share))] {
        if amount != 0 {
            transfer = transfer.moving(Account::Wallet(user), to, Unit::Coins, amount)?;
        }
    }
    Ok(transfer)
}

/// The transfer that makes the income of a gift, by its transfer's place, the host's own.
///
/// # Errors
/// When the amount is out of range.
pub fn release(seq: i64, host: i64, amount: i64) -> Result<Transfer, LedgerError> {
    Transfer::new(format!("release:{seq}"), Kind::Release).moving(
        Account::Pending(host),
        Account::Available(host),
        Unit::Coins,
        amount,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_divide_is_the_shops() {
        assert_eq!([0, 1, 2, 99, 100, 101].map(host_share), [0, 0, 1, 49, 50, 50]);
        let one = transfer("g".to_owned(), "tea", 1, 2, 1).unwrap();
        assert_eq!(one.check(), Ok(()));
        assert!(one.entries().iter().all(|entry| entry.account != Account::Pending(2)));
    }

    proptest! {
        #[test]
        fn a_gift_moves_what_it_costs(coins in 1_i64..=crate::ledger::MOST) {
            let gift = transfer("g".to_owned(), "tea", 1, 2, coins).unwrap();
            prop_assert_eq!(gift.check(), Ok(()));
            let spent = gift.entries().iter().find(|entry| entry.account == Account::Wallet(1)).unwrap();
            prop_assert_eq!(spent.amount, -coins);
            prop_assert!(host_share(coins) * 2 <= coins);
        }
    }
}
