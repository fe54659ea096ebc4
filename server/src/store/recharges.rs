//! Recharges, and the providers' events that told of them.

use super::{Db, StoreError, products::currency};
use protocol::{CoinPackage, Money, RechargeStatus, ServerTime};

/// Coins being bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RechargeRow {
    /// Identifier.
    pub id: String,
    /// Whose.
    pub user: i64,
    /// What was offered.
    pub package: CoinPackage,
    /// The provider's name.
    pub provider: String,
    /// How it is paid.
    pub method: String,
    /// The provider's name for it, once it has one.
    pub reference: Option<String>,
    /// Where it stands.
    pub status: RechargeStatus,
    /// When it was asked for.
    pub created: ServerTime,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    user_id: i64,
    package: String,
    coins: i64,
    price: i64,
    currency: String,
    provider: String,
    method: String,
    reference: Option<String>,
    stage: String,
    created: i64,
}

impl TryFrom<Row> for RechargeRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let status = shop::recharge::parse(&row.stage);
        let price = Money::new(row.price, currency(&row.currency)?);
        Ok(Self {
            id: row.id,
            user: row.user_id,
            package: CoinPackage { id: row.package, coins: row.coins, price },
            provider: row.provider,
            method: row.method,
            reference: row.reference,
            status: status.ok_or_else(|| StoreError::corrupt("recharges.stage", &row.stage))?,
            created: ServerTime(row.created),
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, package, coins, price, currency, provider, method, reference, stage, created ",
            "FROM recharges ",
            $rest
        )
    };
}

/// Adds a recharge that the provider has not heard of.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, row: &RechargeRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recharges (id, user_id, package, coins, price, currency, provider, method, stage, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&row.id)
    .bind(row.user)
    .bind(&row.package.id)
    .bind(row.package.coins)
    .bind(row.package.price.amount)
    .bind(row.package.price.currency.as_str())
    .bind(&row.provider)
    .bind(&row.method)
    .bind(shop::recharge::word(row.status))
    .bind(row.created.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The recharge of an identifier.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: &str) -> Result<Option<RechargeRow>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(db).await?;
    row.map(RechargeRow::try_from).transpose()
}

/// The recharge that a provider knows by a name.
///
/// # Errors
/// When the store fails.
pub async fn by_reference(
    db: &mut Db,
    provider: &str,
    reference: &str,
) -> Result<Option<RechargeRow>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE provider = $1 AND reference = $2"))
        .bind(provider)
        .bind(reference)
        .fetch_optional(db)
        .await?;
    row.map(RechargeRow::try_from).transpose()
}

/// A provider's recharges that have been pending since some time between two, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn pending(
    db: &mut Db,
    provider: &str,
    between: (ServerTime, ServerTime),
    limit: i64,
) -> Result<Vec<RechargeRow>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE stage = 'pending' AND provider = $1 AND created >= $2 AND created < $3 ORDER BY created LIMIT $4"
    ))
    .bind(provider)
    .bind(between.0.0)
    .bind(between.1.0)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(RechargeRow::try_from).collect()
}

/// How many of a user's recharges have been pending since `since`.
///
/// # Errors
/// When the store fails.
pub async fn count_pending(db: &mut Db, user: i64, since: ServerTime) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM recharges WHERE user_id = $1 AND stage = 'pending' AND created >= $2",
    )
    .bind(user)
    .bind(since.0)
    .fetch_one(db)
    .await?)
}

/// Notes the provider's name for a recharge. Answers whether it has no other.
///
/// # Errors
/// When another recharge has the name, or the store fails.
pub async fn set_reference(db: &mut Db, id: &str, reference: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE recharges SET reference = $2 WHERE id = $1 AND (reference IS NULL OR reference = $2)",
    )
    .bind(id)
    .bind(reference)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a recharge on, with the coins that could not be taken back.
///
/// # Errors
/// When the store fails.
pub async fn set_status(
    db: &mut Db,
    id: &str,
    status: RechargeStatus,
    shortfall: i64,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE recharges SET stage = $2, shortfall = $3, ended = $4 WHERE id = $1")
        .bind(id)
        .bind(shop::recharge::word(status))
        .bind(shortfall)
        .bind((status != RechargeStatus::Pending).then_some(now.0))
        .execute(db)
        .await?;
    Ok(())
}

/// What came of a provider's event, if it was heard before.
///
/// # Errors
/// When the store fails.
pub async fn outcome(db: &mut Db, provider: &str, event: &str) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT outcome FROM webhook_events WHERE provider = $1 AND event = $2")
        .bind(provider)
        .bind(event)
        .fetch_optional(db)
        .await?)
}

/// Notes what came of a provider's event; in the same write as what it did.
///
/// # Errors
/// When it was heard before, or the store fails.
pub async fn note(
    db: &mut Db,
    (provider, event): (&str, &str),
    recharge: Option<&str>,
    outcome: &str,
    now: ServerTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO webhook_events (provider, event, recharge_id, outcome, received) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(provider)
    .bind(event)
    .bind(recharge)
    .bind(outcome)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}
