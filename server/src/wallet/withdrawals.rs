//! Hosts' income on its way out: asked for, reviewed, paid. Each step's coins move in the write that notes it.

pub mod api;
pub mod review;
mod settlement;

use axum::http::StatusCode;
use protocol::{LIMITS, NewWithdrawal, ServerTime, User, Withdrawal, WithdrawalStatus, WithdrawalStep};
use shop::withdrawal::{self, Standing, Step, WithdrawalError};

use crate::clock::next_id;
use crate::error::{ApiError, ApiResult};
use crate::hooks;
use crate::store::ledger::{PostError, post};
use crate::store::{Db, StoreError, withdrawals};

pub use settlement::csv;

impl From<WithdrawalError> for ApiError {
    fn from(error: WithdrawalError) -> Self {
        let status = match error {
            WithdrawalError::Coins { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            WithdrawalError::OwnWithdrawal | WithdrawalError::NotYours => StatusCode::FORBIDDEN,
            WithdrawalError::TooManyOpen { .. }
            | WithdrawalError::Closed { .. }
            | WithdrawalError::SameReviewer => StatusCode::CONFLICT,
        };
        Self::new(status, error.code(), error.to_string())
    }
}

fn unknown() -> ApiError {
    ApiError::unknown("unknown_withdrawal", "there is no withdrawal of this number")
}

/// Asks for a withdrawal, inside a write: sets the host's coins aside.
async fn ask(db: &mut Db, host: &User, new: &NewWithdrawal, now: ServerTime) -> ApiResult<Withdrawal> {
    let amount = withdrawal::check_new(new.coins, withdrawals::open(db, host.id).await?)?;
    let asked = Withdrawal {
        id: next_id(),
        user: host.clone(),
        coins: new.coins,
        amount,
        payee: room::one_line("payee", &new.payee, LIMITS.payee_chars)?,
        account: room::one_line("account", &new.account, LIMITS.payee_chars)?,
        status: WithdrawalStatus::Requested,
        created: now,
        steps: Vec::new(),
    };
    let aside = withdrawal::set_aside(asked.id, host.id, asked.coins).map_err(PostError::from)?;
    post(db, &aside, now).await.map_err(|error| match error {
        PostError::Refused(shop::ledger::LedgerError::Insufficient { left, asked, .. }) => {
            let detail = format!("{left} coins of your income may be withdrawn; {asked} were asked for");
            ApiError::new(StatusCode::CONFLICT, "insufficient_income", detail)
        }
        other => other.into(),
    })?;
    withdrawals::insert(db, &asked).await?;
    tell(db, &asked, now).await?;
    Ok(asked)
}

/// Leaves word of where a withdrawal stands for webhooks, inside its write.
async fn tell(db: &mut Db, withdrawal: &Withdrawal, now: ServerTime) -> Result<(), StoreError> {
    let kind = format!("withdrawal.{}", withdrawal::word(withdrawal.status));
    hooks::tell(db, withdrawal.user.id, &kind, withdrawal, now).await
}

/// Takes a step, inside a write. Whether `by` is a reviewer, the caller knows.
///
/// # Errors
/// 404 for a withdrawal that is not there, 403 and 409 for a step that it does not take, or not by them.
pub async fn take(
    db: &mut Db,
    id: i64,
    step: Step,
    by: &User,
    note: &str,
    now: ServerTime,
) -> ApiResult<Withdrawal> {
    let before = withdrawals::by_id(db, id).await?.ok_or_else(unknown)?;
    let note = match (note.trim().is_empty(), step) {
        (true, Step::Approve | Step::Cancel) => String::new(),
        _ => room::one_line("note", note, LIMITS.reason_chars)?,
    };
    let approves = |taken: &&WithdrawalStep| taken.step == Step::Approve.as_str();
    let approvers: Vec<i64> = before.steps.iter().filter(approves).map(|taken| taken.user.id).collect();
    let owner = before.user.id;
    let standing = Standing { status: before.status, coins: before.coins, owner, approvers: &approvers };
    let to = withdrawal::step(&standing, step, by.id)?;
    let moves = withdrawal::settle(id, owner, before.coins, before.amount, to).map_err(PostError::from)?;
    if let Some(moves) = moves {
        post(db, &moves, now).await?;
    }
    let taken = WithdrawalStep { user: by.clone(), step: step.as_str().to_owned(), note, time: now };
    withdrawals::step(db, &before, to, step, &taken).await?;
    let steps = before.steps.into_iter().chain([taken]).collect();
    let after = Withdrawal { status: to, steps, ..before };
    tell(db, &after, now).await?;
    Ok(after)
}
