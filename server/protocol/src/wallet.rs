use crate::{Currency, CurrencyError};
use serde::{Deserialize, Serialize};

/// What a balance is counted in: the minor unit of a currency, or whole coins. On the wire the ISO 4217 code, or
/// `coins`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Unit {
    /// The shop's own coins, bought by recharge and spent on gifts.
    Coins,
    /// Money, in minor units.
    Money(Currency),
}

impl Unit {
    /// The word for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Coins => "coins",
            Self::Money(currency) => currency.as_str(),
        }
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Unit {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "coins" { Ok(Self::Coins) } else { text.parse().map(Self::Money) }
    }
}

impl TryFrom<String> for Unit {
    type Error = CurrencyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.as_str().to_owned()
    }
}
