use axum::http::Method;
use futures_util::future::join_all;
use protocol::{
    Event, EventBody, Gift, GiftFormat, GiftName, GiftSent, GiftTier, Income, ServerTime, Spending, Unit,
    Wallet,
};
use serde_json::{Value, json};
use server::store::ledger::post;
use server::{audit, clock, store, wallet};
use shop::ledger::{Account, Kind, Transfer};

use crate::support::{Answer, Client, Stall, TestApp};

const COMMANDS: &str = "/api/v1/rooms/tea/commands";
/// Coins for one of the gift that the tests send.
const PRICE: u32 = 9;

/// The room `tea`, where gift 2 costs [`PRICE`].
async fn shop() -> (TestApp, Stall) {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let gift = Gift {
        id: 2,
        name: GiftName { zh_cn: "一盏茶".to_owned(), en: "A cup of tea".to_owned() },
        price: PRICE,
        tier: GiftTier::Small,
        format: GiftFormat::Image,
        asset: String::new(),
        icon: String::new(),
        duration_ms: None,
        valid_from: None,
        valid_to: None,
    };
    let admin = app.user("admin", protocol::Role::Admin).await;
    let bearer = format!("Bearer {}", admin.token());
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned();
    let headers = [("authorization", bearer.as_str())];
    let asset = admin.raw(Method::POST, "/api/v1/gifts/assets", &headers, drawing).await.created();
    let asset = asset.json::<Value>()["asset"].as_str().unwrap().to_owned();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = json!({"gifts": [Gift { asset, ..gift }]}).to_string();
    admin.raw(Method::PUT, "/api/v1/gifts", &headers, body).await.ok();
    (app, stall)
}

/// A viewer with so many coins.
async fn rich(app: &TestApp, coins: i64) -> Client {
    let user = app.viewer().await;
    let wallet = Account::Wallet(user.session.as_ref().unwrap().user.id);
    let id = format!("present:{wallet}");
    let present =
        Transfer::new(id, Kind::Adjustment).moving(Account::House, wallet, Unit::Coins, coins).unwrap();
    let mut tx = app.app.store.write().await.unwrap();
    post(&mut tx, &present, clock::now()).await.unwrap();
    store::commit(tx).await.unwrap();
    user
}

async fn give(user: &Client, id: &str, count: u32) -> Answer {
    let command = json!({"type": "send_gift", "client_id": id, "gift": 2, "count": count, "combo": "k",
        "catalogue_version": 1});
    user.post(COMMANDS, &command).await
}

async fn coins(user: &Client) -> i64 {
    let wallet: Wallet = user.get("/api/v1/wallet").await.ok().json();
    wallet.balances.iter().find(|balance| balance.unit == Unit::Coins).unwrap().amount
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

async fn nothing_is_wrong(app: &TestApp) {
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
}

#[tokio::test]
async fn a_gift_is_paid_before_it_is_shown_and_a_combo_comes_to_what_the_ledger_says() {
    let (app, stall) = shop().await;
    let ann = rich(&app, 100).await;
    give(&ann, "a", 3).await.accepted();
    give(&ann, "b", 4).await.accepted();
    let gifts = shown(&stall).await;
    assert_eq!(gifts.last().unwrap().combo_total, 7);
    assert_eq!(coins(&ann).await, 100 - 7 * i64::from(PRICE));
    let wallet: Wallet = ann.get("/api/v1/wallet").await.ok().json();
    let entries: Vec<_> = wallet.entries.iter().map(|one| (one.kind.as_str(), one.amount)).collect();
    assert_eq!(entries, [("gift", -36), ("gift", -27), ("adjustment", 100)]);
    assert_eq!(wallet.entries[0].room.as_deref(), Some("tea"));
    // Half of 27 and half of 36, what does not divide left out.
    assert_eq!(income(&stall).await, Income { pending: 13 + 18, ..Income::default() });
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn a_gift_that_cannot_be_paid_is_not_shown() {
    let (app, stall) = shop().await;
    let ann = rich(&app, 17).await;
    give(&ann, "a", 1).await.accepted();
    assert_eq!(give(&ann, "b", 1).await.problem(), "409 insufficient_funds");
    assert_eq!((shown(&stall).await.len(), coins(&ann).await), (1, 8));
    nothing_is_wrong(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tabs_side_by_side_do_not_spend_a_coin_twice() {
    let (app, stall) = shop().await;
    let ann = rich(&app, 5 * i64::from(PRICE) + 2).await;
    let ids: Vec<_> = (0..20).map(|tab| format!("tab {tab}")).collect();
    let answers = join_all(ids.iter().map(|id| give(&ann, id, 1))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 202).count(), 5);
    assert_eq!((shown(&stall).await.len(), coins(&ann).await), (5, 2));
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn a_gift_sent_again_is_charged_once_also_after_a_restart() {
    let (app, mut stall) = shop().await;
    let ann = rich(&app, 100).await;
    let first = give(&ann, "a", 1).await.accepted();
    assert_eq!(give(&ann, "a", 1).await.accepted().body, first.body);
    let app = app.restart().await;
    let ann = Client { session: ann.session, ..app.guest() };
    stall.host = Client { session: stall.host.session, ..app.guest() };
    assert_eq!(give(&ann, "a", 1).await.accepted().body, first.body);
    assert_eq!((shown(&stall).await.len(), coins(&ann).await), (1, 91));
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn hosts_give_nothing_to_themselves() {
    let (app, stall) = shop().await;
    assert_eq!(give(&stall.host, "a", 1).await.problem(), "409 own_gift");
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn income_is_the_hosts_own_after_its_hold_once() {
    let (app, stall) = shop().await;
    let ann = rich(&app, 100).await;
    give(&ann, "a", 2).await.accepted();
    give(&ann, "b", 2).await.accepted();
    let due = ServerTime(clock::now().0 + shop::gift::HOLD_MS);
    assert_eq!(wallet::release_due(&app.app, ServerTime(due.0 - 60_000)).await.unwrap(), 0);
    assert_eq!(wallet::release_due(&app.app, due).await.unwrap(), 2);
    assert_eq!(wallet::release_due(&app.app, due).await.unwrap(), 0);
    assert_eq!(income(&stall).await, Income { available: 18, ..Income::default() });
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn a_viewer_is_held_back_by_their_own_limits_and_reminded() {
    let (app, stall) = shop().await;
    let ann = rich(&app, 1_000).await;
    let limits = json!({"per_gift": 27, "per_day": 90, "remind_at": 40});
    let bearer = format!("Bearer {}", ann.token());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    ann.raw(Method::PUT, "/api/v1/wallet/limits", &headers, limits.to_string()).await.ok();
    assert_eq!(give(&ann, "a", 4).await.problem(), "409 spend_limit_gift");
    give(&ann, "b", 3).await.accepted();
    assert_eq!(give(&ann, "c", 3).await.problem(), "409 spend_reminder");
    assert_eq!(give(&ann, "c", 3).await.problem(), "409 spend_reminder");
    let confirmed: Spending = ann.post("/api/v1/wallet/limits/confirmations", &json!({})).await.ok().json();
    assert_eq!((confirmed.spent, confirmed.limits.per_day), (27, 90));
    give(&ann, "c", 3).await.accepted();
    assert_eq!(give(&ann, "d", 3).await.problem(), "409 spend_reminder");
    ann.post("/api/v1/wallet/limits/confirmations", &json!({})).await.ok();
    give(&ann, "d", 3).await.accepted();
    assert_eq!(give(&ann, "e", 2).await.problem(), "409 spend_limit_day");
    give(&ann, "f", 1).await.accepted();
    assert_eq!((shown(&stall).await.len(), coins(&ann).await), (4, 910));
    let loose = json!({"per_gift": 1, "per_day": 1_000_000, "remind_at": 1}).to_string();
    let refused = ann.raw(Method::PUT, "/api/v1/wallet/limits", &headers, loose).await;
    assert_eq!(refused.problem(), "422 bad_limit");
    nothing_is_wrong(&app).await;
}

#[tokio::test]
async fn the_audit_finds_a_gift_that_nobody_paid_for() {
    let (app, _stall) = shop().await;
    let ann = rich(&app, 100).await;
    give(&ann, "a", 2).await.accepted();
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
