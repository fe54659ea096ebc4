/// Why a transfer was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Coins bought through a payment provider.
    Recharge,
    /// The same, taken back.
    RechargeUndone,
    /// Coins that the shop gave or took, by hand.
    Adjustment,
    /// A paid gift.
    Gift,
    /// A host's income past its hold.
    Release,
    /// Coins put into a red packet.
    PacketFilled,
    /// A share of a red packet.
    PacketShare,
    /// What nobody took of a red packet.
    PacketReturned,
    /// Income set aside to be paid out.
    Withdrawal,
    /// The same, put back.
    WithdrawalUndone,
    /// Income paid out.
    Payout,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Recharge,
        Self::RechargeUndone,
        Self::Adjustment,
        Self::Gift,
        Self::Release,
        Self::PacketFilled,
        Self::PacketShare,
        Self::PacketReturned,
        Self::Withdrawal,
        Self::WithdrawalUndone,
        Self::Payout,
    ];

    /// The word for it, in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recharge => "recharge",
            Self::RechargeUndone => "recharge_undone",
            Self::Adjustment => "adjustment",
            Self::Gift => "gift",
            Self::Release => "release",
            Self::PacketFilled => "packet_filled",
            Self::PacketShare => "packet_share",
            Self::PacketReturned => "packet_returned",
            Self::Withdrawal => "withdrawal",
            Self::WithdrawalUndone => "withdrawal_undone",
            Self::Payout => "payout",
        }
    }

    /// The kind that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
