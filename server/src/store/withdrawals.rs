//! Withdrawals of hosts' income, and what was done about each. Their coins are the ledger's.

use super::{Db, StoreError, products::currency, users};
use protocol::{Money, ServerTime, User, Withdrawal, WithdrawalStatus, WithdrawalStep};
use shop::withdrawal::{Step, parse, word};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    user_id: i64,
    name: String,
    role: String,
    coins: i64,
    amount: i64,
    currency: String,
    payee: String,
    account: String,
    stage: String,
    created: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT w.id, w.user_id, u.name, u.role, w.coins, w.amount, w.currency, w.payee, w.account, w.stage, ",
            "w.created FROM withdrawals w JOIN users u ON u.id = w.user_id ",
            $rest
        )
    };
}

async fn with_steps(db: &mut Db, row: Row) -> Result<Withdrawal, StoreError> {
    let status = parse(&row.stage).ok_or_else(|| StoreError::corrupt("withdrawals.stage", &row.stage))?;
    let steps: Vec<(i64, String, String, String, String, i64)> = sqlx::query_as(
        "SELECT s.user_id, u.name, u.role, s.step, s.note, s.time FROM withdrawal_steps s \
         JOIN users u ON u.id = s.user_id WHERE s.withdrawal_id = $1 ORDER BY s.number",
    )
    .bind(row.id)
    .fetch_all(db)
    .await?;
    let step = |(id, name, role, step, note, time): (i64, String, String, String, String, i64)| {
        let user = User { id, name, role: users::role(&role)? };
        Ok(WithdrawalStep { user, step, note, time: ServerTime(time) })
    };
    Ok(Withdrawal {
        id: row.id,
        user: User { id: row.user_id, name: row.name, role: users::role(&row.role)? },
        coins: row.coins,
        amount: Money::new(row.amount, currency(&row.currency)?),
        payee: row.payee,
        account: row.account,
        status,
        created: ServerTime(row.created),
        steps: steps.into_iter().map(step).collect::<Result<_, StoreError>>()?,
    })
}

async fn all_with_steps(db: &mut Db, rows: Vec<Row>) -> Result<Vec<Withdrawal>, StoreError> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(with_steps(db, row).await?);
    }
    Ok(all)
}

/// Adds a withdrawal that was asked for; in the same write as its coins are set aside.
///
/// # Errors
/// When the store fails.
pub async fn insert(db: &mut Db, withdrawal: &Withdrawal) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO withdrawals (id, user_id, coins, amount, currency, payee, account, stage, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(withdrawal.id)
    .bind(withdrawal.user.id)
    .bind(withdrawal.coins)
    .bind(withdrawal.amount.amount)
    .bind(withdrawal.amount.currency.as_str())
    .bind(&withdrawal.payee)
    .bind(&withdrawal.account)
    .bind(word(withdrawal.status))
    .bind(withdrawal.created.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The withdrawal of this number.
///
/// # Errors
/// When the store fails.
pub async fn by_id(db: &mut Db, id: i64) -> Result<Option<Withdrawal>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE w.id = $1")).bind(id).fetch_optional(&mut *db).await?;
    match row {
        Some(row) => with_steps(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// A host's withdrawals, newest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn by_user(db: &mut Db, user: i64, limit: i64) -> Result<Vec<Withdrawal>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE w.user_id = $1 ORDER BY w.id DESC LIMIT $2"))
        .bind(user)
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
    all_with_steps(db, rows).await
}

/// Withdrawals that stand there, oldest first, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn by_status(
    db: &mut Db,
    status: WithdrawalStatus,
    limit: i64,
) -> Result<Vec<Withdrawal>, StoreError> {
    let rows = sqlx::query_as(select!("WHERE w.stage = $1 ORDER BY w.id LIMIT $2"))
        .bind(word(status))
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
    all_with_steps(db, rows).await
}

/// Withdrawals that were paid from `from` until before `to`, in the order of payment, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn paid(
    db: &mut Db,
    from: ServerTime,
    to: ServerTime,
    limit: i64,
) -> Result<Vec<Withdrawal>, StoreError> {
    let rows = sqlx::query_as(select!(
        "WHERE w.stage = 'paid' AND w.ended >= $1 AND w.ended < $2 ORDER BY w.ended, w.id LIMIT $3"
    ))
    .bind(from.0)
    .bind(to.0)
    .bind(limit)
    .fetch_all(&mut *db)
    .await?;
    all_with_steps(db, rows).await
}

/// How many withdrawals of a host are under way.
///
/// # Errors
/// When the store fails.
pub async fn open(db: &mut Db, user: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM withdrawals WHERE user_id = $1 AND ended IS NULL")
        .bind(user)
        .fetch_one(db)
        .await?)
}

/// Notes a step and where it led; in the same write as what it moves.
///
/// # Errors
/// When the store fails.
pub async fn step(
    db: &mut Db,
    before: &Withdrawal,
    to: WithdrawalStatus,
    step: Step,
    taken: &WithdrawalStep,
) -> Result<(), StoreError> {
    use WithdrawalStatus::{Cancelled, Paid, Rejected};
    let ended = matches!(to, Paid | Rejected | Cancelled).then_some(taken.time.0);
    let number = i64::try_from(before.steps.len()).unwrap_or(i64::MAX).saturating_add(1);
    sqlx::query(
        "INSERT INTO withdrawal_steps (withdrawal_id, number, user_id, step, note, time) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(before.id)
    .bind(number)
    .bind(taken.user.id)
    .bind(step.as_str())
    .bind(&taken.note)
    .bind(taken.time.0)
    .execute(&mut *db)
    .await?;
    let done = sqlx::query("UPDATE withdrawals SET stage = $3, ended = $4 WHERE id = $1 AND stage = $2")
        .bind(before.id)
        .bind(word(before.status))
        .bind(word(to))
        .bind(ended)
        .execute(db)
        .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::corrupt("withdrawals.stage", "changed under a write"))
    }
}
