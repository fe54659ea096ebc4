use protocol::{NewRedPacket, PacketSplit as Split, RedPacket, ServerTime};
use thiserror::Error;

use super::{MOST_COINS, MOST_SHARES, Packet};

/// Shortest time that a packet is open, seconds: a viewer some seconds behind still finds it open.
pub const LEAST_SECONDS: i64 = 30;
/// Longest, seconds: a day, as WeChat has it.
pub const MOST_SECONDS: i64 = 24 * 3_600;
/// Packets that are open in one room at a time: a joiner is told of each.
pub const MOST_OPEN: i64 = 20;

/// Why there is no such packet, or no share of it.
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
    /// Open too short, or too long.
    #[error("a red packet is open for {found} seconds; expected {LEAST_SECONDS} to {MOST_SECONDS}")]
    Seconds {
        /// How many.
        found: i64,
    },
    /// The room has enough open ones.
    #[error("{found} red packets are open in this room; wait until one of them is over")]
    TooManyOpen {
        /// How many.
        found: i64,
    },
    /// Others were faster.
    #[error("all shares of this red packet are taken")]
    Gone,
    /// Its time is up.
    #[error("this red packet is past its time; what was left of it is its sender's again")]
    Over,
}

impl PacketError {
    /// Stable code for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Shares { .. } | Self::Coins { .. } | Self::Seconds { .. } => "bad_packet",
            Self::TooManyOpen { .. } => "too_many_packets",
            Self::Gone => "packet_gone",
            Self::Over => "packet_over",
        }
    }
}

/// The packet that is asked for.
///
/// # Errors
/// When nobody may send such a one.
pub fn check_new(new: &NewRedPacket) -> Result<Packet, PacketError> {
    if !(LEAST_SECONDS..=MOST_SECONDS).contains(&new.seconds) {
        return Err(PacketError::Seconds { found: new.seconds });
    }
    Packet::new(new.split, new.coins, new.shares)
}

/// Whether a room with so many open packets may have one more.
///
/// # Errors
/// When it has enough.
pub const fn check_open(open: i64) -> Result<(), PacketError> {
    if open < MOST_OPEN { Ok(()) } else { Err(PacketError::TooManyOpen { found: open }) }
}

/// Whether somebody who has no share of a packet yet may take one.
///
/// # Errors
/// When none is left, or its time is up: also before anybody gave the rest back, and after that whatever the clock says.
pub fn may_grab(packet: &RedPacket, now: ServerTime) -> Result<(), PacketError> {
    match packet.shares_left {
        ..=0 => Err(PacketError::Gone),
        _ if packet.ended.is_some() || packet.expires <= now => Err(PacketError::Over),
        _ => Ok(()),
    }
}

/// The word for a split, as the store keeps it.
pub const fn word(split: Split) -> &'static str {
    match split {
        Split::Equal => "equal",
        Split::Luck => "luck",
    }
}

/// The split that a word stands for.
pub fn parse(text: &str) -> Option<Split> {
    [Split::Equal, Split::Luck].into_iter().find(|split| word(*split) == text)
}
