//! Red packets: so many shares of so many coins, drawn one by one. Shares are whole coins, each at least one, and together
//! the packet to the last coin, however many are taken and in whatever order.
//!
//! Draws no numbers by itself: the caller brings random bits, so that a split can be made again from the same bits.

mod moves;
mod rules;
#[cfg(test)]
mod tests;

use protocol::PacketSplit as Split;

pub use moves::{fill, give_back, share};
pub use rules::{
    LEAST_SECONDS, MOST_OPEN, MOST_SECONDS, PacketError, check_new, check_open, may_grab, parse, word,
};

/// Coins in a packet: what one gift may cost.
pub const MOST_COINS: i64 = crate::spending::MOST_PER_GIFT;
/// Shares in a packet.
pub const MOST_SHARES: i64 = 1_000;

/// What is left of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    split: Split,
    coins: i64,
    shares: i64,
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
