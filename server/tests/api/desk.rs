//! Orders that come while the database is busy: they are placed together.

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesOrdered;
use protocol::{NewProduct, Order, Product};
use serde_json::json;
use std::time::Duration;

use crate::support::{Answer, Client, Stall, TestApp, cny};

const ORDERS: &str = "/api/v1/rooms/tea/orders";

/// What all of them are answered who ask in this order while somebody else writes.
async fn together(app: &TestApp, asked: impl Iterator<Item = impl Future<Output = Answer>>) -> Vec<Answer> {
    let busy = app.app.store.write().await.unwrap();
    let mut waiting = FuturesOrdered::new();
    for one in asked {
        waiting.push_back(one);
        while app.app.desk.waiting() < waiting.len() {
            let look_again = tokio::time::sleep(Duration::from_millis(2));
            tokio::select! {
                early = waiting.next() => panic!("answered while the database was busy: {:?}", early.map(|one| one.body)),
                () = look_again => {}
            }
        }
    }
    drop(busy);
    waiting.collect().await
}

async fn viewers(app: &TestApp, count: usize) -> Vec<Client> {
    let mut viewers = Vec::new();
    for _ in 0..count {
        viewers.push(app.viewer().await);
    }
    viewers
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status).collect()
}

async fn held(stall: &Stall, product: &Product) -> i64 {
    let levels: Vec<protocol::StockLevel> =
        stall.host.get("/api/v1/rooms/tea/products/stock").await.ok().json();
    levels.iter().filter(|level| level.product == product.id).map(|level| level.held).sum()
}

#[tokio::test]
async fn orders_placed_together_take_no_more_than_there_is_and_the_first_come_first() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 5).await;
    let viewers = viewers(&app, 8).await;
    let answers = together(&app, viewers.iter().map(|viewer| viewer.order(&tea, "k"))).await;
    assert_eq!(statuses(&answers), [201, 201, 201, 201, 201, 409, 409, 409]);
    assert_eq!(answers[7].problem(), "409 sold_out");
    assert_eq!((stall.stock(&tea).await, held(&stall, &tea).await), (0, 5));
    let again = join_all(viewers.iter().map(|viewer| viewer.order(&tea, "k"))).await;
    assert!(answers.iter().zip(&again).all(|(first, again)| first.body == again.body));
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn one_shoppers_orders_are_placed_one_after_the_other() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let new = NewProduct { per_user: Some(2), ..NewProduct::plain("Tea", cny(100), 9) };
    let tea: Product = stall.host.post("/api/v1/rooms/tea/products", &new).await.created().json();
    let keys = ["a", "b", "c"];
    let answers = together(&app, keys.iter().map(|key| viewer.order(&tea, key))).await;
    assert_eq!(statuses(&answers), [201, 201, 409]);
    assert_eq!(answers[2].problem(), "409 too_many_for_user");
    assert_eq!(held(&stall, &tea).await, 2);
}

#[tokio::test]
async fn one_claim_of_a_coupon_serves_one_order() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 9).await;
    let coupon = stall.coupon(30, 0, 5).await;
    viewer.claim(coupon.id).await.ok();
    let order = |key| viewer.order_with(&tea, Some(coupon.id), 70, key);
    let answers = together(&app, ["a", "b"].into_iter().map(order)).await;
    assert_eq!(statuses(&answers), [201, 409]);
    assert_eq!(answers[1].problem(), "409 coupon_used");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn whoever_is_refused_leaves_the_others_be() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let (tea, cup) = (stall.product(100, 9).await, stall.product(50, 1).await);
    let viewers = viewers(&app, 4).await;
    // One item of each of two products: one of them is there for one order only.
    let both = json!({"lines": [{"product": tea.id, "quantity": 1}, {"product": cup.id, "quantity": 1}],
        "expected_total": cny(150)});
    let cheap = json!({"product": tea.id, "quantity": 1, "expected_total": cny(99)});
    let asked = viewers.iter().zip([&both, &cheap, &both, &both]);
    let answers = together(&app, asked.map(|(viewer, body)| viewer.post_keyed(ORDERS, "k", body))).await;
    assert_eq!(statuses(&answers), [201, 409, 409, 409]);
    assert_eq!([answers[1].problem(), answers[2].problem()], ["409 price_changed", "409 sold_out"]);
    assert_eq!((held(&stall, &tea).await, held(&stall, &cup).await), (1, 1));
    let again = viewers[2].post_keyed(ORDERS, "k", &both).await;
    assert_eq!((again.problem().as_str(), again.header("idempotency-replayed")), ("409 sold_out", "true"));
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn an_order_that_cannot_be_written_is_nobody_elses_harm() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 9).await;
    let mut write = app.app.store.write().await.unwrap();
    // No two orders of one address.
    sqlx::query("CREATE UNIQUE INDEX poison ON orders (address)").execute(&mut *write).await.unwrap();
    server::store::commit(write).await.unwrap();
    let to = |street: &str| {
        let address = json!({"name": "Ann", "phone": "1", "country": "CN", "street": street});
        json!({"product": tea.id, "quantity": 1, "expected_total": cny(100), "address": address})
    };
    let bodies = ["First Street", "First Street", "Second Street"].map(to);
    let viewers = viewers(&app, 3).await;
    let asked = || viewers.iter().zip(&bodies).map(|(viewer, body)| viewer.post_keyed(ORDERS, "k", body));
    let answers = together(&app, asked()).await;
    assert_eq!(statuses(&answers), [201, 500, 201]);
    assert_eq!(held(&stall, &tea).await, 2);
    let mut write = app.app.store.write().await.unwrap();
    sqlx::query("DROP INDEX poison").execute(&mut *write).await.unwrap();
    server::store::commit(write).await.unwrap();
    // What the shop could not do is not kept as an answer: the same request may be sent again.
    assert_eq!(statuses(&together(&app, asked()).await), [201, 201, 201]);
    assert_eq!(held(&stall, &tea).await, 3);
}

#[tokio::test]
async fn whoever_goes_away_has_ordered_all_the_same() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 9).await;
    let busy = app.app.store.write().await.unwrap();
    let gone = tokio::time::timeout(Duration::from_millis(500), viewer.order(&tea, "k")).await;
    assert!(gone.is_err());
    drop(busy);
    for _ in 0..500 {
        if held(&stall, &tea).await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let order: Order = viewer.order(&tea, "k").await.created().json();
    let orders: serde_json::Value = viewer.get("/api/v1/orders").await.ok().json();
    assert_eq!((orders[0]["id"].as_str(), held(&stall, &tea).await), (Some(order.id.as_str()), 1));
}

#[tokio::test]
async fn no_shopper_fills_the_queue() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 99).await;
    let busy = app.app.store.write().await.unwrap();
    let keys: Vec<String> = (0..12).map(|number| format!("k{number}")).collect();
    let asked = join_all(keys.iter().map(|key| viewer.order(&tea, key)));
    let free = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        drop(busy);
    };
    let (answers, ()) = tokio::join!(asked, free);
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 201).collect();
    assert_eq!(refused.len(), 4);
    assert!(refused.iter().all(|answer| answer.problem() == "503 busy"));
    assert_eq!(held(&stall, &tea).await, 8);
}
