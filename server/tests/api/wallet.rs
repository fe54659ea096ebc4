use axum::http::Method;
use protocol::{Recharge, RechargeStatus, Wallet};
use serde_json::{Value, json};
use server::{audit, clock, wallet};
use std::time::Duration;

use crate::support::{Answer, Client, TestApp};

async fn buy(user: &Client, method: &str, key: &str) -> Answer {
    user.post_keyed("/api/v1/wallet/recharges", key, &json!({"package": "coins_60", "method": method})).await
}

async fn status(user: &Client, recharge: &Recharge) -> RechargeStatus {
    let path = format!("/api/v1/wallet/recharges/{}", recharge.id);
    user.get(&path).await.ok().json::<Recharge>().status
}

/// The outcomes that were noted of a recharge's events, once there are so many.
async fn outcomes(app: &TestApp, recharge: &Recharge, count: usize) -> Vec<String> {
    for _ in 0..200 {
        let mut db = app.app.store.read().await.unwrap();
        let found: Vec<String> = sqlx::query_scalar(
            "SELECT outcome FROM webhook_events WHERE recharge_id = $1 ORDER BY received, event",
        )
        .bind(&recharge.id)
        .fetch_all(&mut *db)
        .await
        .unwrap();
        if found.len() >= count {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the provider's events never came");
}

/// The app after all that the sandbox says of one recharge, with what was noted, and the coins that came of it.
async fn after(method: &str, events: usize) -> (Vec<String>, RechargeStatus, i64) {
    let (app, user) = TestApp::init().await.with_user().await;
    let recharge: Recharge = buy(&user, method, "k").await.created().json();
    assert_eq!(recharge.status, RechargeStatus::Pending);
    let outcomes = outcomes(&app, &recharge, events).await;
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
    (outcomes, status(&user, &recharge).await, user.coins().await)
}

#[tokio::test]
async fn coins_come_when_the_providers_webhook_does() {
    let (app, user) = TestApp::init().await.with_user().await;
    let recharge: Recharge = buy(&user, "sandbox_ok", "k").await.created().json();
    assert_eq!(user.coins().await, 0, "the answer to the request makes no coins");
    assert_eq!(outcomes(&app, &recharge, 1).await, ["credited"]);
    let wallet: Wallet = user.get("/api/v1/wallet").await.ok().json();
    let seen: Vec<_> = wallet.entries.iter().map(|entry| (entry.kind.as_str(), entry.amount)).collect();
    assert_eq!((seen, wallet.next), (vec![("recharge", 60)], None));
    assert_eq!(status(&user, &recharge).await, RechargeStatus::Paid);
    let again: Recharge = buy(&user, "sandbox_ok", "k").await.created().json();
    assert_eq!(again, recharge);
}

#[tokio::test]
async fn a_webhook_that_comes_twice_credits_once() {
    let (outcomes, status, coins) = after("sandbox_twice", 2).await;
    assert_eq!(
        (outcomes.join(" "), status, coins),
        ("credited nothing".to_owned(), RechargeStatus::Paid, 60)
    );
}

#[tokio::test]
async fn webhooks_out_of_order_end_where_those_in_order_do() {
    let (outcomes, status, coins) = after("sandbox_reordered", 3).await;
    assert_eq!(
        (outcomes.join(" "), status, coins),
        ("credited nothing nothing".to_owned(), RechargeStatus::Paid, 60)
    );
    let (outcomes, status, coins) = after("sandbox_refunded_first", 2).await;
    assert_eq!((outcomes.join(" "), status, coins), ("void nothing".to_owned(), RechargeStatus::Undone, 0));
}

#[tokio::test]
async fn a_payment_taken_back_takes_the_coins_back() {
    let (outcomes, status, coins) = after("sandbox_refunded", 2).await;
    assert_eq!(
        (outcomes.join(" "), status, coins),
        ("credited taken_back".to_owned(), RechargeStatus::Undone, 0)
    );
}

#[tokio::test]
async fn another_amount_or_currency_credits_nothing() {
    for method in ["sandbox_wrong_amount", "sandbox_wrong_currency"] {
        let (outcomes, status, coins) = after(method, 1).await;
        assert_eq!(
            (outcomes.join(" "), status, coins),
            ("other_amount".to_owned(), RechargeStatus::Pending, 0)
        );
    }
}

#[tokio::test]
async fn a_payment_that_failed_credits_nothing() {
    let (outcomes, status, coins) = after("sandbox_declined", 1).await;
    assert_eq!((outcomes.join(" "), status, coins), ("failed".to_owned(), RechargeStatus::Failed, 0));
}

#[tokio::test]
async fn what_is_forged_or_stale_is_not_believed() {
    let (app, user) = TestApp::init().await.with_user().await;
    for method in ["sandbox_forged", "sandbox_stale"] {
        let recharge: Recharge = buy(&user, method, method).await.created().json();
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!((status(&user, &recharge).await, user.coins().await), (RechargeStatus::Pending, 0));
    }
    let mut db = app.app.store.read().await.unwrap();
    let noted: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM webhook_events").fetch_one(&mut *db).await.unwrap();
    assert_eq!(noted, 0);
}

const SECRET: &str = "whsec_known_to_the_tests_alone";

fn signed(body: &str) -> String {
    wallet::sign(SECRET, clock::now().0 / 1_000, body.as_bytes())
}

/// An app whose provider's secret the test knows, and a recharge about which the provider says nothing by itself.
async fn silent() -> (TestApp, Client, Recharge) {
    let with_secret =
        |config: &mut server::config::Config| config.recharges.webhook_secret = Some(SECRET.into());
    let (app, user) = TestApp::with_config(with_secret).await.with_user().await;
    let recharge = buy(&user, "sandbox_silent", "k").await.created().json();
    (app, user, recharge)
}

fn succeeded(event: &str, intent: &str, recharge: &str) -> String {
    let object: Value =
        json!({"id": intent, "amount_received": 600, "currency": "cny", "metadata": {"recharge": recharge}});
    json!({"id": event, "type": "payment_intent.succeeded", "data": {"object": object}}).to_string()
}

async fn post(app: &TestApp, provider: &str, signature: &str, body: String) -> Answer {
    let path = format!("/api/v1/webhooks/{provider}");
    app.guest().raw(Method::POST, &path, &[("sandbox-signature", signature)], body).await
}

#[tokio::test]
async fn the_address_for_webhooks_takes_none_without_the_secret() {
    let (app, user, recharge) = silent().await;
    let body = succeeded("evt_x", &format!("pi_{}", recharge.id), &recharge.id);
    let seconds = clock::now().0 / 1_000;
    assert_eq!(post(&app, "sandbox", "", body.clone()).await.problem(), "400 bad_signature");
    let forged = wallet::sign("whsec_guess", seconds, body.as_bytes());
    assert_eq!(post(&app, "sandbox", &forged, body.clone()).await.problem(), "400 bad_signature");
    assert_eq!(post(&app, "paypal", &forged, body).await.problem(), "404 unknown_provider");
    assert_eq!(user.coins().await, 0);
}

#[tokio::test]
async fn a_recharge_is_paid_by_its_own_payment_alone() {
    let (app, user, recharge) = silent().await;
    let hear = async |body: String| {
        let signature = signed(&body);
        let answer = post(&app, "sandbox", &signature, body).await.ok();
        answer.json::<Value>()["outcome"].as_str().unwrap().to_owned()
    };
    // Somebody else's payment that says it is for this one.
    assert_eq!(hear(succeeded("evt_1", "pi_other", &recharge.id)).await, "unknown");
    assert_eq!(hear(succeeded("evt_2", "pi_nobody", "nothing")).await, "unknown");
    assert_eq!(user.coins().await, 0);
    let own = succeeded("evt_3", &format!("pi_{}", recharge.id), &recharge.id);
    assert_eq!(hear(own.clone()).await, "credited");
    assert_eq!(hear(own).await, "seen");
    assert_eq!(user.coins().await, 60);
    let other = json!({"id": "evt_4", "type": "customer.created", "data": {"object": {"id": "cus_1"}}});
    assert_eq!(hear(other.to_string()).await, "not_ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_that_arrives_side_by_side_credits_once() {
    let (app, user, recharge) = silent().await;
    let body = succeeded("evt_1", &format!("pi_{}", recharge.id), &recharge.id);
    let signature = signed(&body);
    let posts = (0..16).map(|_| post(&app, "sandbox", &signature, body.clone()));
    for answer in futures_util::future::join_all(posts).await {
        answer.ok();
    }
    assert_eq!(user.coins().await, 60);
    assert_eq!(outcomes(&app, &recharge, 1).await, ["credited"]);
}

#[tokio::test]
async fn a_webhook_lost_with_the_process_is_brought_again() {
    let (app, user) = TestApp::init().await.with_user().await;
    let recharge: Recharge = buy(&user, "sandbox_late", "k").await.created().json();
    let app = app.restart().await;
    let user = Client { session: user.session, ..app.guest() };
    assert_eq!(user.coins().await, 0);
    let later = protocol::ServerTime(clock::now().0 + 31_000);
    wallet::redeliver(&app.app, later).await.unwrap();
    wallet::redeliver(&app.app, later).await.unwrap();
    assert_eq!(outcomes(&app, &recharge, 1).await, ["credited"]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(user.coins().await, 60);
}

#[tokio::test]
async fn a_key_whose_answer_never_came_opens_the_same_recharge() {
    let (app, user) = TestApp::init().await.with_user().await;
    assert_eq!(buy(&user, "sandbox_unreachable", "k").await.problem(), "503 busy");
    assert_eq!(buy(&user, "sandbox_unreachable", "k").await.problem(), "503 busy");
    assert_eq!(buy(&user, "sandbox_ok", "k").await.problem(), "422 idempotency_mismatch");
    let mut db = app.app.store.read().await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM recharges").fetch_one(&mut *db).await.unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn recharges_are_bounded_and_ones_own() {
    let (app, user) = TestApp::init().await.with_user().await;
    assert_eq!(buy(&user, "gold", "a").await.problem(), "422 unknown_method");
    let unknown = json!({"package": "coins_1", "method": "sandbox_ok"});
    let answer = user.post_keyed("/api/v1/wallet/recharges", "b", &unknown).await;
    assert_eq!(answer.problem(), "404 unknown_package");
    let unkeyed = user.post("/api/v1/wallet/recharges", &unknown).await;
    assert_eq!(unkeyed.problem(), "400 idempotency_key_required");
    assert_eq!(app.guest().get("/api/v1/wallet").await.problem(), "401 log_in_required");
    let recharge: Recharge = buy(&user, "sandbox_silent", "c").await.created().json();
    let path = format!("/api/v1/wallet/recharges/{}", recharge.id);
    assert_eq!(app.viewer().await.get(&path).await.problem(), "404 unknown_recharge");
    for number in 1..20 {
        buy(&user, "sandbox_silent", &number.to_string()).await.created();
    }
    assert_eq!(buy(&user, "sandbox_silent", "more").await.problem(), "429 too_many_recharges");
}

#[tokio::test]
async fn a_wallet_is_read_page_by_page() {
    let (app, user) = TestApp::init().await.with_user().await;
    for key in ["a", "b", "c"] {
        let recharge: Recharge = buy(&user, "sandbox_ok", key).await.created().json();
        outcomes(&app, &recharge, 1).await;
    }
    let first: Wallet = user.get("/api/v1/wallet?limit=2").await.ok().json();
    assert_eq!((first.entries.len(), first.entries[0].seq), (2, 3));
    let rest: Wallet =
        user.get(&format!("/api/v1/wallet?limit=2&before={}", first.next.unwrap())).await.ok().json();
    assert_eq!((rest.entries.len(), rest.entries[0].seq, rest.next), (1, 1, None));
}

#[tokio::test]
async fn the_audit_finds_coins_that_nobody_paid_for() {
    let (app, user) = TestApp::init().await.with_user().await;
    let recharge: Recharge = buy(&user, "sandbox_ok", "k").await.created().json();
    outcomes(&app, &recharge, 1).await;
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE recharges SET stage = 'failed', price = 599").execute(&mut *tx).await.unwrap();
    server::store::commit(tx).await.unwrap();
    let found = audit::audit(&app.app.store).await.unwrap().sentences();
    assert_eq!(
        found,
        [
            format!(
                "recharge {}: expected 0, found 60 (a recharge that was paid was credited once, with the coins and the \
                 price that were offered)",
                recharge.id
            ),
            "transfer 1: expected 599, found 600 (every recharge in the ledger is one that was asked for, at its price)"
                .to_owned(),
        ]
    );
}
