use axum::http::Method;
use futures_util::future::join_all;
use protocol::{Event, EventBody, GiftSent, Income, ServerTime, Spending, Wallet};
use serde_json::json;
use server::{audit, clock, store, wallet};

use crate::support::{Client, PRICE, Stall, TestApp};

async fn shop() -> (TestApp, Stall) {
    let app = TestApp::init().await;
    let stall = app.with_gifts().await;
    (app, stall)
}

async fn shown(stall: &Stall) -> Vec<GiftSent> {
    let events: Vec<Event> = stall.host.get("/api/v1/rooms/tea/events?limit=1000").await.ok().json();
    let gifts = events.into_iter().filter_map(|event| match event.body {
        EventBody::GiftSent(sent) => Some(sent),
        _ => None,
    });
    gifts.collect()
}

async fn income(stall: &Stall) -> Income {
    stall.host.get("/api/v1/wallet/income").await.ok().json()
}

#[tokio::test]
async fn a_gift_is_paid_before_it_is_shown_and_a_combo_comes_to_what_the_ledger_says() {
    let (app, stall) = shop().await;
    let ann = app.rich(100).await;
    ann.give("a", 3).await.accepted();
    ann.give("b", 4).await.accepted();
    let gifts = shown(&stall).await;
    assert_eq!(gifts.last().unwrap().combo_total, 7);
    assert_eq!(ann.coins().await, 100 - 7 * i64::from(PRICE));
    let wallet: Wallet = ann.get("/api/v1/wallet").await.ok().json();
    let entries: Vec<_> = wallet.entries.iter().map(|one| (one.kind.as_str(), one.amount)).collect();
    assert_eq!(entries, [("gift", -36), ("gift", -27), ("adjustment", 100)]);
    assert_eq!(wallet.entries[0].room.as_deref(), Some("tea"));
    // Half of 27 and half of 36, what does not divide left out.
    assert_eq!(income(&stall).await, Income { pending: 13 + 18, ..Income::default() });
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn a_gift_that_cannot_be_paid_is_not_shown() {
    let (app, stall) = shop().await;
    let ann = app.rich(17).await;
    ann.give("a", 1).await.accepted();
    assert_eq!(ann.give("b", 1).await.problem(), "409 insufficient_funds");
    assert_eq!((shown(&stall).await.len(), ann.coins().await), (1, 8));
    app.nothing_is_wrong().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tabs_side_by_side_do_not_spend_a_coin_twice() {
    let (app, stall) = shop().await;
    let ann = app.rich(5 * i64::from(PRICE) + 2).await;
    let ids: Vec<_> = (0..20).map(|tab| format!("tab {tab}")).collect();
    let answers = join_all(ids.iter().map(|id| ann.give(id, 1))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 202).count(), 5);
    assert_eq!((shown(&stall).await.len(), ann.coins().await), (5, 2));
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn a_gift_sent_again_is_charged_once_also_after_a_restart() {
    let (app, mut stall) = shop().await;
    let ann = app.rich(100).await;
    let first = ann.give("a", 1).await.accepted();
    assert_eq!(ann.give("a", 1).await.accepted().body, first.body);
    let app = app.restart().await;
    let ann = Client { session: ann.session, ..app.guest() };
    stall.host = Client { session: stall.host.session, ..app.guest() };
    assert_eq!(ann.give("a", 1).await.accepted().body, first.body);
    assert_eq!((shown(&stall).await.len(), ann.coins().await), (1, 91));
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn hosts_give_nothing_to_themselves() {
    let (app, stall) = shop().await;
    assert_eq!(stall.host.give("a", 1).await.problem(), "409 own_gift");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn income_is_the_hosts_own_after_its_hold_once() {
    let (app, stall) = shop().await;
    let ann = app.rich(100).await;
    ann.give("a", 2).await.accepted();
    ann.give("b", 2).await.accepted();
    let due = ServerTime(clock::now().0 + shop::gift::HOLD_MS);
    assert_eq!(wallet::release_due(&app.app, ServerTime(due.0 - 60_000)).await.unwrap(), 0);
    assert_eq!(wallet::release_due(&app.app, due).await.unwrap(), 2);
    assert_eq!(wallet::release_due(&app.app, due).await.unwrap(), 0);
    assert_eq!(income(&stall).await, Income { available: 18, ..Income::default() });
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn a_viewer_is_held_back_by_their_own_limits_and_reminded() {
    let (app, stall) = shop().await;
    let ann = app.rich(1_000).await;
    let limits = json!({"per_gift": 27, "per_day": 90, "remind_at": 40});
    let bearer = format!("Bearer {}", ann.token());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    ann.raw(Method::PUT, "/api/v1/wallet/limits", &headers, limits.to_string()).await.ok();
    assert_eq!(ann.give("a", 4).await.problem(), "409 spend_limit_gift");
    ann.give("b", 3).await.accepted();
    assert_eq!(ann.give("c", 3).await.problem(), "409 spend_reminder");
    assert_eq!(ann.give("c", 3).await.problem(), "409 spend_reminder");
    let confirmed: Spending = ann.post("/api/v1/wallet/limits/confirmations", &json!({})).await.ok().json();
    assert_eq!((confirmed.spent, confirmed.limits.per_day), (27, 90));
    ann.give("c", 3).await.accepted();
    assert_eq!(ann.give("d", 3).await.problem(), "409 spend_reminder");
    ann.post("/api/v1/wallet/limits/confirmations", &json!({})).await.ok();
    ann.give("d", 3).await.accepted();
    assert_eq!(ann.give("e", 2).await.problem(), "409 spend_limit_day");
    ann.give("f", 1).await.accepted();
    assert_eq!((shown(&stall).await.len(), ann.coins().await), (4, 910));
    let loose = json!({"per_gift": 1, "per_day": 1_000_000, "remind_at": 1}).to_string();
    let refused = ann.raw(Method::PUT, "/api/v1/wallet/limits", &headers, loose).await;
    assert_eq!(refused.problem(), "422 bad_limit");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn the_audit_finds_a_gift_that_nobody_paid_for() {
    let (app, _stall) = shop().await;
    let ann = app.rich(100).await;
    ann.give("a", 2).await.accepted();
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE room_events SET body = REPLACE(body, '\"count\":2', '\"count\":3')")
        .execute(&mut *tx)
        .await
        .unwrap();
    store::commit(tx).await.unwrap();
    let found = audit::audit(&app.app.store).await.unwrap().sentences();
    let expected = "room tea: expected 27, found 18 (the gifts that were shown were paid for, at the price that was shown)";
    assert_eq!(found, [expected]);
}
