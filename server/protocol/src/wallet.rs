use crate::{Currency, CurrencyError, Money, ServerTime};
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

/// How much of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// Of what: an ISO 4217 code, then in minor units, or `coins`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub unit: Unit,
    /// How much; never below zero for a user.
    pub amount: i64,
}

/// One movement of a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WalletEntry {
    /// Its place in the shop's ledger.
    pub seq: i64,
    /// When.
    pub time: ServerTime,
    /// Why: `recharge`, `gift`, `packet_share` …
    pub kind: String,
    /// Of what.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub unit: Unit,
    /// What came in; below zero, what left.
    pub amount: i64,
    /// The room it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
}

/// Answer to `GET /api/v1/wallet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wallet {
    /// What is in it; coins always have a line.
    pub balances: Vec<Balance>,
    /// Its movements, newest first.
    pub entries: Vec<WalletEntry>,
    /// Ask with `?before=` this for older ones; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

/// Coins at a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoinPackage {
    /// Name to ask for it by.
    pub id: String,
    /// How many coins.
    pub coins: i64,
    /// What they cost.
    pub price: Money,
}

/// Body of `POST /api/v1/wallet/recharges`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRecharge {
    /// The package, by its id.
    pub package: String,
    /// How to pay, as the provider names it; see `GET /api/v1/wallet/packages`.
    pub method: String,
}

/// Answer to `GET /api/v1/wallet/packages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoinPackages {
    /// What there is to buy.
    pub packages: Vec<CoinPackage>,
    /// The payment provider.
    pub provider: String,
    /// Ways to pay that it takes.
    pub methods: Vec<String>,
}

/// Where a recharge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RechargeStatus {
    /// The provider has not said yet.
    Pending,
    /// The provider could not take the money; it may still come.
    Failed,
    /// Paid; the coins are in the wallet.
    Paid,
    /// The money was taken back, and the coins with it.
    Undone,
}

/// Coins being bought: answer to `POST /api/v1/wallet/recharges` and `GET /api/v1/wallet/recharges/ID`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recharge {
    /// Identifier that cannot be guessed.
    pub id: String,
    /// What is bought.
    pub package: CoinPackage,
    /// Where it stands.
    pub status: RechargeStatus,
    /// The payment provider.
    pub provider: String,
    /// What the provider's own form in the browser needs; only in the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// When it was asked for.
    pub created: ServerTime,
}

/// How much a viewer lets themselves give away, in coins: `GET` and `PUT /api/v1/wallet/limits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpendLimits {
    /// Most in one gift.
    pub per_gift: i64,
    /// Most in 24 hours.
    pub per_day: i64,
    /// After so many in 24 hours, a gift is refused with 409 `spend_reminder` until the viewer confirms that they go on.
    pub remind_at: i64,
}

/// Limits, and how near they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spending {
    /// Coins given away in 24 hours.
    pub spent: i64,
    /// The limits.
    pub limits: SpendLimits,
}

/// A host's income, in coins: answer to `GET /api/v1/wallet/income`. Together, all that was ever earned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Income {
    /// Came in less than the hold ago.
    pub pending: i64,
    /// To withdraw.
    pub available: i64,
    /// On its way to the bank.
    pub withdrawing: i64,
    /// Paid out.
    pub paid_out: i64,
}
