//! `livestall admin …`: jobs for scripts, on the data folder itself, beside a running server or without one.

use ::room::comments::Format;
use anyhow::{Context, anyhow, bail, ensure};
use protocol::{NewApiKey, NewRoom, Role, User};
use serde::Serialize;
use shop::withdrawal::Step;

use crate::cli::{GiftsJob, Job, KeyJob, RoomJob, ShowJob, UserJob, WithdrawalJob};
use crate::clock::now;
use crate::config::Config;
use crate::error::ApiError;
use crate::orders::sales;
use crate::room::shows;
use crate::state::App;
use crate::wallet::withdrawals::{self, review};
use crate::{audit, auth, gifts, room, store, users};

fn said(error: &ApiError) -> anyhow::Error {
    anyhow!(error.problem().detail)
}

fn print(value: &impl Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string(value)?);
    Ok(())
}

/// Does a job and prints its outcome on standard output.
///
/// # Errors
/// What was wrong with it.
pub async fn run(config: Config, job: Job) -> anyhow::Result<()> {
    let database = config.database();
    // There is nothing to check where there is nothing; to say that all holds there would hide a misspelt path.
    ensure!(!matches!(job, Job::Audit) || database.may_exist(), "there is no {database}");
    config.make_data_folder()?;
    let app = App::open(config).await?;
    let done = perform(&app, job).await;
    app.store.close().await;
    done
}

async fn perform(app: &App, job: Job) -> anyhow::Result<()> {
    match job {
        Job::User { job: UserJob::Create { name, role, password } } => {
            print(&users::create(app, &name, password, role.into()).await.map_err(|error| said(&error))?)
        }
        Job::Room { job: RoomJob::Create { name, host, title, cover } } => {
            let host = find(app, &host).await?;
            let new = NewRoom { title: title.unwrap_or_else(|| name.clone()), id: name, cover };
            let mut tx = app.store.write().await?;
            let made =
                room::api::make(app, &mut tx, host, &new, true, None).await.map_err(|error| said(&error))?;
            store::commit(tx).await?;
            // The room by its name alone: what a script goes on with.
            print(&serde_json::json!({
                "room": made.room.id,
                "stream_key": made.stream_key,
                "publish_url": made.publish_url,
            }))
        }
        Job::Audit => {
            let report = audit::audit(&app.store).await.map_err(|error| said(&error))?;
            println!("{report}");
            ensure!(report.findings() == 0, "the audit found {} things wrong", report.findings());
            Ok(())
        }
        Job::Gifts { job: GiftsJob::Import { file } } => print(&gifts::import::import(app, &file).await?),
        Job::Show { job: ShowJob::Export { room, show, to } } => {
            let (row, span) = {
                let mut db = app.store.read().await?;
                let row = store::rooms::by_id(&mut db, &room).await?;
                let row = row.with_context(|| format!("there is no room {room:?}"))?;
                (row, shows::api::find(&mut db, &room, show).await.map_err(|error| said(&error))?)
            };
            let tar = shows::bundle::make(app, &row, span).await.map_err(|error| said(&error))?;
            tokio::fs::write(&to, tar).await.with_context(|| format!("cannot write {}", to.display()))
        }
        Job::Show { job: ShowJob::Import { room, show, file } } => {
            let ending = file.extension().and_then(|ending| ending.to_str());
            let format = Format::ALL.into_iter().find(|format| ending == Some(format.suffix()));
            let Some(format) = format else {
                bail!("{}: expected a file that ends in .xml, .ass or .json", file.display())
            };
            let read =
                tokio::fs::read(&file).await.with_context(|| format!("cannot read {}", file.display()));
            let answer = shows::comments::take(app, &room, show, format, read?).await;
            print(&answer.map_err(|error| said(&error))?)
        }
        Job::Key { job } => key(app, job).await,
        Job::Sales { room, show } => {
            let known = store::rooms::by_id(&mut *app.store.read().await?, &room).await?;
            ensure!(known.is_some(), "there is no room {room:?}");
            print(&sales::of(app, &room, show).await.map_err(|error| said(&error))?)
        }
        Job::Withdrawal { job } => withdrawal(app, job).await,
        Job::Token { user } => {
            let user = find(app, &user).await?;
            let mut tx = app.store.write().await?;
            let session = auth::open(&mut tx, user, now()).await?;
            store::commit(tx).await?;
            println!("{}", session.token);
            Ok(())
        }
    }
}

async fn key(app: &App, job: KeyJob) -> anyhow::Result<()> {
    match job {
        KeyJob::Create { user, name, scopes } => {
            let user = find(app, &user).await?;
            let mut tx = app.store.write().await?;
            let made = auth::key::make(&mut tx, user.id, &NewApiKey { name, scopes }).await;
            let made = made.map_err(|error| said(&error))?;
            store::commit(tx).await?;
            print(&made)
        }
        KeyJob::List { user } => {
            let user = find(app, &user).await?;
            let mut db = app.store.read().await?;
            let keys = store::keys::by_user(&mut db, user.id, auth::key::MOST_LISTED).await?;
            keys.iter().try_for_each(print)
        }
        KeyJob::Revoke { user, key } => {
            let user = find(app, &user).await?;
            let mut tx = app.store.write().await?;
            let revoked = store::keys::revoke(&mut tx, user.id, key, now()).await?;
            ensure!(revoked, "{} has no key {key}", user.name);
            Ok(store::commit(tx).await?)
        }
    }
}

async fn withdrawal(app: &App, job: WithdrawalJob) -> anyhow::Result<()> {
    let (step, review) = match job {
        WithdrawalJob::List { status } => {
            let status = shop::withdrawal::parse(&status)
                .with_context(|| format!("a withdrawal is never {status:?}"))?;
            let mut db = app.store.read().await?;
            let all = store::withdrawals::by_status(&mut db, status, review::MOST_LINES).await?;
            return all.iter().try_for_each(print);
        }
        WithdrawalJob::Settlement { from, to } => {
            let mut db = app.store.read().await?;
            print!(
                "{}",
                withdrawals::csv(&store::withdrawals::paid(&mut db, from, to, review::MOST_LINES).await?)
            );
            return Ok(());
        }
        WithdrawalJob::Approve(review) => (Step::Approve, review),
        WithdrawalJob::Reject(review) => (Step::Reject, review),
        WithdrawalJob::Pay(review) => (Step::Pay, review),
    };
    let by = find(app, &review.by).await?;
    ensure!(by.role == Role::Admin, "{} is no admin: only admins review withdrawals", by.name);
    let mut tx = app.store.write().await?;
    let done = withdrawals::take(&mut tx, review.withdrawal, step, &by, &review.note, now()).await;
    let done = done.map_err(|error| said(&error))?;
    store::commit(tx).await?;
    print(&done)
}

async fn find(app: &App, name: &str) -> anyhow::Result<User> {
    let key = ::room::name_key(&::room::user_name(name)?);
    let found = store::users::by_name(&mut *app.store.read().await?, &key).await?;
    found.map(|(user, _)| user).with_context(|| format!("there is no user {name:?}"))
}
