//! Red packets: so many shares of so many coins, drawn one by one. Shares are whole coins, each at least one, and together
//! the packet to the last coin, however many are taken and in whatever order.
//!
//! Draws no numbers by itself: the caller brings random bits, so that a split can be made again from the same bits.

use crate::ledger::{Account, Kind, LedgerError, Transfer};
use protocol::Unit;
use thiserror::Error;

/// Coins in a packet: what one gift may cost.
pub const MOST_COINS: i64 = crate::spending::MOST_PER_GIFT;
/// Shares in a packet.
pub const MOST_SHARES: i64 = 1_000;

/// How a packet is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Split {
    /// As evenly as whole coins go: the first shares have the coins that do not divide.
    Equal,
    /// By luck, by the double mean 二倍均值: each share anything from one coin to twice the mean of what is left, evenly.
    Luck,
}

/// What is left of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    split: Split,
    coins: i64,
    shares: i64,
}

/// Why there is no such packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PacketError {
    /// Too few or too many shares.
    #[error("a red packet has {found} shares; expected 1 to {MOST_SHARES}")]
    Shares {
        /// How many.
        found: i64,
    },
    /// Too few coins to go round, or too many.
    #[error("a red packet of {shares} shares has {found} coins; expected {shares} to {MOST_COINS}")]
    Coins {
        /// How many.
        found: i64,
        /// How many shares.
        shares: i64,
    },
}

impl Split {
    /// The word for it, in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Luck => "luck",
        }
    }

    /// The split that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Equal, Self::Luck].into_iter().find(|split| split.as_str() == word)
    }
}

impl Packet {
    /// A packet that nobody has drawn from, or what is left of one, as it was kept.
    ///
    /// # Errors
    /// When there is not a coin for each share, or too much of either.
    pub fn new(split: Split, coins: i64, shares: i64) -> Result<Self, PacketError> {
        if !(1..=MOST_SHARES).contains(&shares) {
            return Err(PacketError::Shares { found: shares });
        }
        if !(shares..=MOST_COINS).contains(&coins) {
            return Err(PacketError::Coins { found: coins, shares });
        }
        Ok(Self { split, coins, shares })
    }

    /// Coins that are left.
    pub const fn coins(&self) -> i64 {
        self.coins
    }

    /// Shares that are left.
    pub const fn shares(&self) -> i64 {
        self.shares
    }

    /// Draws a share, with random bits from `random`; nothing, once all are drawn.
    pub fn draw(&mut self, random: impl FnMut() -> u64) -> Option<i64> {
        let share = match self.shares {
            ..=0 => return None,
            1 => self.coins,
            shares => match self.split {
                // Rounded up, so that what does not divide goes to the first.
                Split::Equal => self.coins.saturating_add(shares - 1) / shares,
                Split::Luck => one_to(self.most(shares), random),
            },
        };
        self.coins -= share;
        self.shares -= 1;
        Some(share)
    }

    /// The most that the next of several shares may be: twice the mean, with a coin left for each other.
    const fn most(&self, shares: i64) -> i64 {
        let double_mean = 2 * self.coins / shares;
        let spare = self.coins - (shares - 1);
        if double_mean < spare { double_mean } else { spare }
    }
}

/// One of the numbers from 1 to `most`, each as likely as the others.
fn one_to(most: i64, mut random: impl FnMut() -> u64) -> i64 {
    let range = u64::try_from(most).unwrap_or(1).max(1);
    // Bits of the last, incomplete round are thrown away: taken, they would make small numbers likelier.
    let rest = u64::MAX % range;
    for _ in 0..DRAWS {
        let bits = random();
        if bits < u64::MAX - rest {
            return i64::try_from(bits % range).unwrap_or(0).saturating_add(1);
        }
    }
    1
}

/// Tries for bits that are no part of an incomplete round: each fails with less than one in 2^50, so that only a source
/// that is stuck ever comes to the end.
const DRAWS: u32 = 8;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Balances;
    use proptest::prelude::*;

    fn drawn(mut packet: Packet, mut random: impl FnMut() -> u64) -> Vec<i64> {
        std::iter::from_fn(|| packet.draw(&mut random)).collect()
    }

    /// Bits that look random and are the same each time (SplitMix64).
    fn bits(mut seed: u64) -> impl FnMut() -> u64 {
        move || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        }
    }

    #[test]
    fn equal_shares_differ_by_a_coin_at_most() {
        let packet = Packet::new(Split::Equal, 10, 4).unwrap();
        assert_eq!(drawn(packet, || unreachable!()), [3, 3, 2, 2]);
    }

    #[test]
    fn a_packet_that_cannot_go_round_is_none() {
        for split in [Split::Equal, Split::Luck] {
            assert_eq!(Packet::new(split, 3, 4), Err(PacketError::Coins { found: 3, shares: 4 }));
            assert_eq!(Packet::new(split, 3, 0), Err(PacketError::Shares { found: 0 }));
            assert_eq!(Packet::new(split, MOST_COINS, 1_001), Err(PacketError::Shares { found: 1_001 }));
            assert!(Packet::new(split, MOST_COINS + 1, 4).is_err());
            assert_eq!(Split::parse(split.as_str()), Some(split));
        }
    }

    #[test]
    fn a_source_that_is_stuck_still_shares_the_packet_out() {
        for stuck in [0, u64::MAX] {
            let shares = drawn(Packet::new(Split::Luck, 100, 7).unwrap(), || stuck);
            assert_eq!((shares.iter().sum::<i64>(), shares.len()), (100, 7));
        }
    }

    #[test]
    fn by_luck_nobody_is_better_off_for_being_early_or_late() {
        const ROUNDS: i64 = 4_000;
        let mut sums = [0_i64; 5];
        let mut random = bits(7);
        for _ in 0..ROUNDS {
            let shares = drawn(Packet::new(Split::Luck, 1_000, 5).unwrap(), &mut random);
            sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
        }
        // The mean is 200; a share is spread by about 120 to 190, so the mean of 4,000 by about 3.
        for sum in sums {
            assert!((190..=210).contains(&(sum / ROUNDS)), "{sums:?}");
        }
    }

    proptest! {
        #[test]
        fn shares_are_whole_at_least_one_and_together_the_packet(
            shares in 1_i64..=60, more in 0_i64..=2_000, luck: bool, seed: u64,
        ) {
            let split = if luck { Split::Luck } else { Split::Equal };
            let coins = shares + more;
            let mut packet = Packet::new(split, coins, shares).unwrap();
            let (mut random, mut balances) = (bits(seed), Balances::default());
            let present = Transfer::new("present", Kind::Adjustment);
            balances.apply(&present.moving(Account::House, Account::Wallet(0), Unit::Coins, coins).unwrap()).unwrap();
            balances.apply(&fill(7, "tea", 0, coins).unwrap()).unwrap();
            for user in 1..=shares {
                let (left, of) = (packet.coins(), packet.shares());
                let drawn = packet.draw(&mut random).unwrap();
                prop_assert!(drawn >= 1);
                prop_assert!(of == 1 || !luck || drawn <= (2 * left / of).max(1));
                prop_assert!(packet.coins() >= packet.shares());
                balances.apply(&share(7, "tea", user, drawn).unwrap()).unwrap();
                prop_assert_eq!(balances.get(Account::RedPacket(7), Unit::Coins), packet.coins());
                // As it is kept and opened again, it is the same.
                if packet.shares() > 0 {
                    prop_assert_eq!(Packet::new(split, packet.coins(), packet.shares()), Ok(packet));
                }
            }
            prop_assert_eq!((packet.draw(&mut random), packet.coins()), (None, 0));
        }

        #[test]
        fn what_nobody_takes_goes_back(shares in 2_i64..=20, taken in 0_i64..=19, seed: u64) {
            let mut packet = Packet::new(Split::Luck, 10 * shares, shares).unwrap();
            let mut random = bits(seed);
            let given: i64 = (0..taken.min(shares - 1)).filter_map(|_| packet.draw(&mut random)).sum();
            prop_assert_eq!(given + packet.coins(), 10 * shares);
            let rest = give_back(7, "tea", 0, packet.coins()).unwrap();
            prop_assert_eq!(rest.check(), Ok(()));
        }
    }
}
