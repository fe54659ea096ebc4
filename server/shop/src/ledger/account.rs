use std::fmt::{self, Display};
use std::str::FromStr;

/// Whose money or coins a balance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A user's, to spend.
    Wallet(i64),
    /// A host's income that may still be taken back: it came in less than the hold ago.
    Pending(i64),
    /// A host's income, to withdraw.
    Available(i64),
    /// A host's income that is on its way to their bank.
    Withdrawing(i64),
    /// A host's income that was paid out.
    PaidOut(i64),
    /// What is left of a red packet.
    RedPacket(i64),
    /// The payment provider's side: below zero by what came in through it.
    Provider,
    /// The banks' side: what went out to hosts.
    Bank,
    /// The shop's own: money taken for coins, less what was paid out; below zero by the coins that are out.
    House,
    /// The shop's share of gifts.
    Fees,
}

impl Account {
    /// Whether it may be below zero: only the sides that stand for the world outside and for the issuing of coins.
    pub const fn may_overdraw(self) -> bool {
        matches!(self, Self::Provider | Self::House)
    }

    const fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Wallet(user) => ("wallet", Some(user)),
            Self::Pending(user) => ("pending", Some(user)),
            Self::Available(user) => ("available", Some(user)),
            Self::Withdrawing(user) => ("withdrawing", Some(user)),
            Self::PaidOut(user) => ("paid_out", Some(user)),
            Self::RedPacket(packet) => ("red_packet", Some(packet)),
            Self::Provider => ("provider", None),
            Self::Bank => ("bank", None),
            Self::House => ("house", None),
            Self::Fees => ("fees", None),
        }
    }
}

/// As the store keeps it: `wallet:7`, `house`.
impl Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (word, Some(id)) => write!(f, "{word}:{id}"),
            (word, None) => f.write_str(word),
        }
    }
}

/// Not the name of an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an account such as wallet:7, found {found:?}")]
pub struct UnknownAccount {
    /// The text that was found, cut to 64 characters.
    pub found: String,
}

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(text: &str) -> Result<Self, UnknownAccount> {
        let unknown = || UnknownAccount { found: text.chars().take(64).collect() };
        let Some((word, id)) = text.split_once(':') else {
            return match text {
                "provider" => Ok(Self::Provider),
                "bank" => Ok(Self::Bank),
                "house" => Ok(Self::House),
                "fees" => Ok(Self::Fees),
                _ => Err(unknown()),
            };
        };
        let id = id.parse().map_err(|_| unknown())?;
        let account = match word {
            "wallet" => Self::Wallet(id),
            "pending" => Self::Pending(id),
            "available" => Self::Available(id),
            "withdrawing" => Self::Withdrawing(id),
            "paid_out" => Self::PaidOut(id),
            "red_packet" => Self::RedPacket(id),
            _ => return Err(unknown()),
        };
        // One name each: `wallet:+7` and `wallet:07` are none.
        if account.to_string() == text { Ok(account) } else { Err(unknown()) }
    }
}
