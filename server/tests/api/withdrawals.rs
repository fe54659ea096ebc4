use protocol::{Income, Role, ServerTime, Withdrawal, WithdrawalStatus as Status};
use serde_json::json;
use server::cli::{Job, Review, WithdrawalJob};
use server::{admin, clock};
use shop::ledger::Account;

use crate::support::{Answer, Client, TestApp, cny};

const MINE: &str = "/api/v1/wallet/withdrawals";

/// A host with so many coins of income.
async fn earner(coins: i64) -> (TestApp, Client) {
    let app = TestApp::init().await;
    let host = app.stall().await.host;
    app.endow(Account::Available(host.id()), coins).await;
    (app, host)
}

async fn ask(host: &Client, key: &str, coins: i64) -> Answer {
    let new = json!({"coins": coins, "payee": "=Lin Tea Ltd", "account": "6222 0000"});
    host.post_keyed(MINE, key, &new).await
}

async fn review(admin: &Client, withdrawal: &Withdrawal, verb: &str, key: &str) -> Answer {
    let path = format!("/api/v1/withdrawals/{}/{verb}", withdrawal.id);
    admin.post_keyed(&path, key, &json!({"note": "bank 17"})).await
}

async fn income(host: &Client) -> Income {
    host.get("/api/v1/wallet/income").await.ok().json()
}

#[tokio::test]
async fn income_is_set_aside_reviewed_and_paid_once() {
    let (app, host) = earner(3_000).await;
    let admin = app.user("admin", Role::Admin).await;
    let asked: Withdrawal = ask(&host, "k", 1_000).await.created().json();
    assert_eq!(ask(&host, "k", 1_000).await.created().json::<Withdrawal>(), asked);
    assert_eq!((asked.amount, asked.status), (cny(10_000), Status::Requested));
    assert_eq!(income(&host).await, Income { available: 2_000, withdrawing: 1_000, ..Income::default() });
    assert_eq!(review(&admin, &asked, "pay", "a").await.problem(), "409 withdrawal_closed");
    let approved: Withdrawal = review(&admin, &asked, "approve", "b").await.ok().json();
    assert_eq!(approved.status, Status::Approved);
    for key in ["c", "c"] {
        let paid: Withdrawal = review(&admin, &asked, "pay", key).await.ok().json();
        assert_eq!((paid.status, paid.steps.len()), (Status::Paid, 2));
    }
    assert_eq!(review(&admin, &asked, "pay", "d").await.problem(), "409 withdrawal_closed");
    assert_eq!(review(&admin, &asked, "reject", "e").await.problem(), "409 withdrawal_closed");
    assert_eq!(income(&host).await, Income { available: 2_000, paid_out: 1_000, ..Income::default() });
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn above_the_limit_two_reviewers_look_and_never_the_host() {
    let (app, host) = earner(90_000).await;
    let [ann, bob] = [app.user("ann", Role::Admin).await, app.user("bob", Role::Admin).await];
    let asked: Withdrawal = ask(&host, "k", 60_000).await.created().json();
    assert_eq!(review(&host, &asked, "approve", "h").await.problem(), "403 admin_required");
    let held: Withdrawal = review(&ann, &asked, "approve", "a").await.ok().json();
    assert_eq!(held.status, Status::Held);
    assert_eq!(review(&ann, &asked, "approve", "b").await.problem(), "409 same_reviewer");
    let approved: Withdrawal = review(&bob, &asked, "approve", "c").await.ok().json();
    assert_eq!(approved.status, Status::Approved);
    app.endow(Account::Available(ann.id()), 1_000).await;
    let own: Withdrawal = ask(&ann, "k", 1_000).await.created().json();
    assert_eq!(review(&ann, &own, "approve", "d").await.problem(), "403 own_withdrawal");
    let requested: Vec<Withdrawal> = bob.get("/api/v1/withdrawals?status=requested").await.ok().json();
    assert_eq!(requested, [own]);
    assert_eq!(host.get("/api/v1/withdrawals?status=held").await.problem(), "403 admin_required");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn what_is_rejected_or_taken_back_is_income_again() {
    let (app, host) = earner(3_000).await;
    let admin = app.user("admin", Role::Admin).await;
    let [first, second]: [Withdrawal; 2] =
        [ask(&host, "k", 1_000).await.created().json(), ask(&host, "l", 2_000).await.created().json()];
    assert_eq!(ask(&host, "m", 500).await.problem(), "409 insufficient_income");
    assert_eq!(ask(&host, "n", 1).await.problem(), "422 bad_withdrawal");
    review(&admin, &first, "approve", "a").await.ok();
    let cancel = |one: &Withdrawal| format!("{MINE}/{}/cancel", one.id);
    assert_eq!(host.post_keyed(&cancel(&first), "o", &json!({})).await.problem(), "409 withdrawal_closed");
    assert_eq!(admin.post_keyed(&cancel(&second), "p", &json!({})).await.problem(), "403 not_yours");
    host.post_keyed(&cancel(&second), "q", &json!({})).await.ok();
    review(&admin, &first, "reject", "b").await.ok();
    assert_eq!(income(&host).await, Income { available: 3_000, ..Income::default() });
    let mine: Vec<Withdrawal> = host.get(MINE).await.ok().json();
    let statuses: Vec<_> = mine.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Status::Cancelled, Status::Rejected]);
    let viewer = app.viewer().await;
    assert_eq!(viewer.get(&format!("{MINE}/{}", first.id)).await.problem(), "404 unknown_withdrawal");
    assert_eq!(ask(&viewer, "r", 1_000).await.problem(), "403 host_required");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn a_settlement_has_what_was_paid_in_its_period_and_no_formula() {
    let (app, host) = earner(3_000).await;
    let admin = app.user("admin", Role::Admin).await;
    let asked: Withdrawal = ask(&host, "k", 1_000).await.created().json();
    ask(&host, "l", 1_000).await.created();
    review(&admin, &asked, "approve", "a").await.ok();
    let paid: Withdrawal = review(&admin, &asked, "pay", "b").await.ok().json();
    let hour = |hours: i64| ServerTime(clock::now().0 + hours * 3_600_000).to_string();
    let period = |from, to| format!("/api/v1/withdrawals/settlement?from={}&to={}", hour(from), hour(to));
    let csv = admin.get(&period(-1, 1)).await.ok();
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let expected = format!(
        "{},\"host\",\"'=Lin Tea Ltd\",\"6222 0000\",1000,10000,CNY,{},{},\"bank 17\"",
        asked.id, asked.created, paid.steps[1].time
    );
    assert_eq!(csv.body.lines().skip(1).collect::<Vec<_>>(), [expected]);
    assert_eq!(admin.get(&period(1, 2)).await.ok().body.lines().count(), 1);
    assert_eq!(host.get(&period(-1, 1)).await.problem(), "403 admin_required");
}

#[tokio::test]
async fn the_audit_finds_income_that_nobody_earned() {
    let (app, host) = earner(3_000).await;
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE ledger_transfers SET kind = 'release'").execute(&mut *tx).await.unwrap();
    server::store::commit(tx).await.unwrap();
    let found = server::audit::audit(&app.app.store).await.unwrap().sentences();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&format!("host {}: expected 0, found 3000", host.id())), "{found:?}");
}

#[tokio::test]
async fn the_audit_finds_a_payout_that_nobody_approved() {
    let (app, host) = earner(3_000).await;
    let asked: Withdrawal = ask(&host, "k", 1_000).await.created().json();
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE withdrawals SET stage = 'paid', ended = 1").execute(&mut *tx).await.unwrap();
    server::store::commit(tx).await.unwrap();
    let found = server::audit::audit(&app.app.store).await.unwrap().sentences();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].contains(&asked.id.to_string()), "{found:?}");
}

#[tokio::test]
async fn a_script_reviews_as_an_admin_does_beside_a_running_server() {
    let (app, host) = earner(3_000).await;
    app.user("admin", Role::Admin).await;
    let asked: Withdrawal = ask(&host, "k", 1_000).await.created().json();
    let run = async |job: fn(Review) -> WithdrawalJob, by: &str, note: &str| {
        let review = Review { withdrawal: asked.id, by: by.to_owned(), note: note.to_owned() };
        let job = Job::Withdrawal { job: job(review) };
        admin::run(app.app.config.clone(), job).await.map_err(|error| error.to_string())
    };
    assert!(run(WithdrawalJob::Approve, "host", "").await.unwrap_err().contains("no admin"));
    assert!(run(WithdrawalJob::Pay, "admin", "17").await.unwrap_err().contains("requested"));
    run(WithdrawalJob::Approve, "admin", "").await.unwrap();
    assert!(run(WithdrawalJob::Pay, "admin", "").await.unwrap_err().contains("note"));
    run(WithdrawalJob::Pay, "admin", "bank 17").await.unwrap();
    for job in [
        WithdrawalJob::List { status: "paid".to_owned() },
        WithdrawalJob::Settlement { from: ServerTime(0), to: clock::now() },
    ] {
        admin::run(app.app.config.clone(), Job::Withdrawal { job }).await.unwrap();
    }
    assert_eq!(income(&host).await, Income { available: 2_000, paid_out: 1_000, ..Income::default() });
    app.nothing_is_wrong().await;
}
