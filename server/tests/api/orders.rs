use futures_util::future::join_all;
use protocol::{EventBody, NewOrder, Order, OrderStatus};
use server::clock::now;
use server::orders::expire_overdue;

use crate::support::{TestApp, cny};

#[tokio::test(flavor = "multi_thread")]
async fn the_last_item_is_sold_once_when_two_viewers_pay() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 1).await;
    let (ann, bob) = (app.viewer().await, app.viewer().await);
    let buy = async |viewer: &crate::support::Client| {
        let placed = viewer.order(&product, "place").await;
        if placed.status != 201 {
            return placed.problem();
        }
        let order: Order = placed.json();
        let paid: Order = viewer.pay(&order, "sandbox_ok", "pay").await.ok().json();
        format!("{:?}", paid.status)
    };
    let (first, second) = tokio::join!(buy(&ann), buy(&bob));
    let mut answers = [first, second];
    answers.sort();
    assert_eq!(answers, ["409 sold_out", "Paid"]);
    assert_eq!(stall.stock(&product).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_buys_no_more_than_there_is() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(100, 7).await;
    let (product, mut viewers) = (&product, Vec::new());
    for _ in 0..30 {
        viewers.push(app.viewer().await);
    }
    let answers = join_all(viewers.iter().map(|viewer| viewer.order(product, "k"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 7);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 23);
    assert_eq!(stall.stock(product).await, 0);
}

#[tokio::test]
async fn an_order_replayed_with_its_key_is_answered_the_same() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 5).await;
    let first = viewer.order(&product, "k").await.created();
    let again = viewer.order(&product, "k").await.created();
    assert_eq!(first.body, again.body);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(stall.stock(&product).await, 4);
    let app = app.restart().await;
    let viewer = crate::support::Client { session: viewer.session, ..app.guest() };
    assert_eq!(viewer.order(&product, "k").await.created().body, first.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_under_one_key_make_one_order() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 50).await;
    let answers = join_all((0..20).map(|_| viewer.order(&product, "k"))).await;
    let placed: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert!(!placed.is_empty());
    assert!(placed.iter().all(|answer| answer.body == placed[0].body));
    for other in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(other.problem(), "409 idempotency_running");
    }
    assert_eq!(stall.stock(&product).await, 49);
}

#[tokio::test]
async fn a_key_serves_one_request_of_one_user() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(100, 5).await;
    let (ann, bob) = (app.viewer().await, app.viewer().await);
    let two = NewOrder { product: product.id, quantity: 2, coupon: None, expected_total: cny(200) };
    ann.order(&product, "k").await.created();
    let other = ann.post_keyed("/api/v1/rooms/tea/orders", "k", &two).await;
    assert_eq!(other.problem(), "422 idempotency_mismatch");
    bob.post_keyed("/api/v1/rooms/tea/orders", "k", &two).await.created();
    assert_eq!(ann.post("/api/v1/rooms/tea/orders", &two).await.problem(), "400 idempotency_key_required");
    assert_eq!(stall.stock(&product).await, 2);
}

#[tokio::test]
async fn a_refusal_is_kept_under_its_key_too() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(100, 1).await;
    let (ann, bob) = (app.viewer().await, app.viewer().await);
    let order: Order = ann.order(&product, "k").await.created().json();
    let refused = bob.order(&product, "k").await;
    assert_eq!(refused.problem(), "409 sold_out");
    ann.cancel(&order, "c").await.ok();
    assert_eq!(bob.order(&product, "k").await.body, refused.body);
    bob.order(&product, "another").await.created();
}

#[tokio::test]
async fn a_price_that_the_shopper_was_not_shown_is_never_charged() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 5).await;
    let refused = viewer.order_with(&product, None, 1899, "k").await;
    assert_eq!(refused.problem(), "409 price_changed");
    assert_eq!(stall.stock(&product).await, 5);
}

#[tokio::test]
async fn stock_and_receipt_are_events_for_everybody() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 5).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    let paid: Order = viewer.pay(&order, "sandbox_ok", "p").await.ok().json();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert!(paid.receipt.is_some());
    let events = stall.events(|events| events.len() >= 2).await;
    assert_eq!(events[0].body, EventBody::StockChanged { product: product.id, stock: 4 });
    assert!(matches!(&events[1].body, EventBody::OrderPaid(toast) if toast.buyer == "v**"));
}

#[tokio::test]
async fn a_cancelled_order_gives_its_stock_back_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 5).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    assert_eq!(stall.stock(&product).await, 4);
    let cancelled: Order = viewer.cancel(&order, "c").await.ok().json();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    viewer.cancel(&order, "c").await.ok();
    viewer.cancel(&order, "d").await.ok();
    assert_eq!(stall.stock(&product).await, 5);
    assert_eq!(viewer.pay(&order, "sandbox_ok", "p").await.problem(), "409 order_closed");
}

#[tokio::test]
async fn an_order_past_its_time_cannot_be_paid_and_frees_its_stock() {
    let app = TestApp::with_config(|config| config.hold_seconds = 0).await;
    let stall = app.stall().await;
    let viewer = app.viewer().await;
    let product = stall.product(1999, 5).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    assert_eq!(viewer.pay(&order, "sandbox_ok", "p").await.problem(), "409 order_closed");
    assert_eq!(stall.stock(&product).await, 5);
    viewer.order(&product, "l").await.created();
    assert_eq!(expire_overdue(&app.app, now()).await.unwrap(), 1);
    assert_eq!(expire_overdue(&app.app, now()).await.unwrap(), 0);
    assert_eq!(stall.stock(&product).await, 5);
    let path = format!("/api/v1/orders/{}", order.id);
    assert_eq!(viewer.get(&path).await.ok().json::<Order>().status, OrderStatus::Expired);
}

#[tokio::test]
async fn an_order_is_its_shopper_s_and_its_host_s_alone() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(100, 5).await;
    let (ann, bob) = (app.viewer().await, app.viewer().await);
    let order: Order = ann.order(&product, "k").await.created().json();
    let path = format!("/api/v1/orders/{}", order.id);
    ann.get(&path).await.ok();
    stall.host.get(&path).await.ok();
    assert_eq!(bob.get(&path).await.problem(), "404 unknown_order");
    assert_eq!(bob.pay(&order, "sandbox_ok", "p").await.problem(), "404 unknown_order");
    assert_eq!(bob.cancel(&order, "c").await.problem(), "404 unknown_order");
    assert_eq!(app.guest().get(&path).await.problem(), "401 log_in_required");
    assert_eq!(bob.get("/api/v1/orders").await.ok().json::<Vec<Order>>(), []);
    assert_eq!(ann.get("/api/v1/orders").await.ok().json::<Vec<Order>>(), *std::slice::from_ref(&order));
    assert_eq!(stall.host.get("/api/v1/rooms/tea/orders").await.ok().json::<Vec<Order>>(), [order]);
    assert_eq!(ann.get("/api/v1/rooms/tea/orders").await.problem(), "403 host_required");
}
