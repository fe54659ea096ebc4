use std::sync::{Arc, OnceLock};

use protocol::{EventBody, Order, OrderStatus};
use server::orders::{Charge, ChargeFuture, Payback, PaymentProvider};
use server::store::{self, Store};

use crate::support::{Stall, TestApp};

#[tokio::test]
async fn a_declined_payment_keeps_the_stock_held_and_may_be_tried_again() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 1).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    let declined = viewer.pay(&order, "sandbox_declined", "p1").await;
    assert_eq!(declined.problem(), "402 payment_declined");
    assert_eq!(viewer.pay(&order, "sandbox_declined", "p1").await.body, declined.body);
    assert_eq!(stall.stock(&product).await, 0);
    let paid: Order = viewer.pay(&order, "sandbox_ok", "p2").await.ok().json();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(stall.stock(&product).await, 0);
}

#[tokio::test]
async fn an_unknown_method_is_refused_before_anybody_is_asked() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1999, 1).await, "k").await.created().json();
    assert_eq!(viewer.pay(&order, "gold", "p").await.problem(), "422 unknown_method");
    viewer.pay(&order, "sandbox_ok", "p").await.ok();
}

#[tokio::test]
async fn an_order_is_paid_once_however_often_it_is_asked() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1999, 1).await, "k").await.created().json();
    let first: Order = viewer.pay(&order, "sandbox_ok", "p1").await.ok().json();
    let again: Order = viewer.pay(&order, "sandbox_ok", "p2").await.ok().json();
    assert_eq!(first, again);
    assert_eq!(viewer.cancel(&order, "c").await.problem(), "409 order_closed");
    assert_eq!(paid_events(&stall).await, 1);
}

async fn paid_events(stall: &Stall) -> usize {
    let is_paid = |event: &protocol::Event| matches!(event.body, EventBody::OrderPaid(_));
    let events = stall.events(|events| events.iter().any(is_paid)).await;
    events.iter().filter(|event| is_paid(event)).count()
}

/// Notes that the provider is asked, and stops there, as a crash would.
async fn crash_while_paying(app: &TestApp, order: &Order) {
    let mut tx = app.app.store.write().await.unwrap();
    store::orders::begin_payment(&mut tx, &order.id, "sandbox_ok").await.unwrap();
    store::commit(tx).await.unwrap();
}

#[tokio::test]
async fn a_payment_under_way_when_the_power_went_is_settled_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let mut stall = app.stall().await;
    let product = stall.product(1999, 3).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    crash_while_paying(&app, &order).await;
    assert_eq!(viewer.pay(&order, "sandbox_ok", "p").await.problem(), "409 payment_running");
    assert_eq!(viewer.cancel(&order, "c").await.problem(), "409 payment_running");

    let app = app.restart().await;
    let viewer = crate::support::Client { session: viewer.session, ..app.guest() };
    stall.host = crate::support::Client { session: stall.host.session, ..app.guest() };
    let paid: Order = viewer.pay(&order, "sandbox_ok", "p").await.ok().json();
    assert_eq!(paid.receipt.unwrap().payment, format!("sandbox_{}-1", order.id));
    assert_eq!(stall.stock(&product).await, 2);
    assert_eq!(paid_events(&stall).await, 1);
}

#[tokio::test]
async fn an_order_about_which_the_provider_is_asked_is_not_asked_about_beside() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1999, 1).await, "k").await.created().json();
    let asking = app.app.running.enter(format!("payment {}", order.id));
    assert_eq!(viewer.pay(&order, "sandbox_ok", "p").await.problem(), "409 payment_running");
    drop(asking);
    viewer.pay(&order, "sandbox_ok", "p").await.ok();
}

#[tokio::test]
async fn the_answer_to_an_earlier_attempt_says_nothing_of_a_later_one() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1999, 1).await, "k").await.created().json();
    let mut tx = app.app.store.write().await.unwrap();
    assert!(store::orders::begin_payment(&mut tx, &order.id, "sandbox_ok").await.unwrap());
    assert!(store::orders::decline_payment(&mut tx, &order.id, 1).await.unwrap());
    assert!(store::orders::begin_payment(&mut tx, &order.id, "sandbox_ok").await.unwrap());
    let now = server::clock::now();
    assert!(!store::orders::decline_payment(&mut tx, &order.id, 1).await.unwrap());
    assert!(!store::orders::finish_payment(&mut tx, &order.id, 1, "late", now).await.unwrap());
    assert!(store::orders::finish_payment(&mut tx, &order.id, 2, "right", now).await.unwrap());
}

/// Takes the money, though the attempt was noted as declined meanwhile.
#[derive(Default)]
struct Contradicted(OnceLock<Store>);

impl PaymentProvider for Contradicted {
    fn methods(&self) -> &'static [&'static str] {
        &["sandbox_ok"]
    }

    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a> {
        Box::pin(async {
            let (order, _) = charge.reference.split_once('-').unwrap();
            let mut tx = self.0.get().unwrap().write().await.unwrap();
            assert!(store::orders::decline_payment(&mut tx, order, 1).await.unwrap());
            store::commit(tx).await.unwrap();
            Ok("taken".to_owned())
        })
    }

    fn pay_back<'a>(&'a self, _: &'a Payback) -> ChargeFuture<'a> {
        Box::pin(async { Ok("given back".to_owned()) })
    }
}

#[tokio::test]
async fn an_order_that_is_still_held_is_never_answered_as_paid() {
    let provider = Arc::new(Contradicted::default());
    let (app, viewer) = TestApp::with_payments(Arc::clone(&provider) as _).await.with_user().await;
    provider.0.set(app.app.store.clone()).unwrap();
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1999, 1).await, "k").await.created().json();
    assert_eq!(viewer.pay(&order, "sandbox_ok", "p").await.problem(), "500 internal");
    let after: Order = viewer.get(&format!("/api/v1/orders/{}", order.id)).await.ok().json();
    assert_eq!(after.status, OrderStatus::Held);
}

#[tokio::test]
async fn what_the_outbox_held_when_the_power_went_is_told_once() {
    let app = TestApp::init().await;
    let mut stall = app.stall().await;
    let told = EventBody::StockChanged { product: 7, stock: 3 };
    let mut tx = app.app.store.write().await.unwrap();
    store::outbox::push(&mut tx, "tea", &told).await.unwrap();
    store::commit(tx).await.unwrap();
    let app = app.restart().await;
    stall.host = crate::support::Client { session: stall.host.session, ..app.guest() };
    server::orders::recover(&app.app).await.unwrap();
    stall.events(|events| events.len() == 1).await;
    let app = app.restart().await;
    stall.host = crate::support::Client { session: stall.host.session, ..app.guest() };
    stall.command(serde_json::json!({"type": "say", "client_id": "1", "text": "hello"})).await.accepted();
    let events = stall.events(|_| true).await;
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(events[0].body, told);
}
