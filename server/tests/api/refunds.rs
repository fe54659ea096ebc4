use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use protocol::{
    Coupon, CouponClaim, Order, OrderActor, OrderHistory, OrderStatus, Product, Refund, RefundStatus,
};
use serde_json::{Value, json};
use server::audit;
use server::orders::{Charge, ChargeError, ChargeFuture, Payback, PaymentProvider};

use crate::support::{Answer, Client, Stall, TestApp, cny};

fn part(line: u32, quantity: u32) -> Value {
    json!({"lines": [{"line": line, "quantity": quantity}], "restock": true, "reason": "broken"})
}

fn whole() -> Value {
    json!({"restock": true, "reason": "changed their mind"})
}

async fn refund(host: &Client, order: &Order, body: &Value, key: &str) -> Answer {
    host.post_keyed(&format!("/api/v1/orders/{}/refunds", order.id), key, body).await
}

async fn history(client: &Client, order: &Order) -> OrderHistory {
    client.get(&format!("/api/v1/orders/{}/history", order.id)).await.ok().json()
}

async fn see(client: &Client, order: &Order) -> Order {
    client.get(&format!("/api/v1/orders/{}", order.id)).await.ok().json()
}

async fn all_is_well(app: &TestApp) {
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
}

async fn paid(viewer: &Client, product: &Product, quantity: u32, coupon: Option<&Coupon>) -> Order {
    let off = coupon.map_or(0, |coupon| coupon.amount_off.amount);
    let total = product.price.amount * i64::from(quantity) - off;
    let new = json!({"product": product.id, "quantity": quantity, "coupon": coupon.map(|coupon| coupon.id),
        "expected_total": cny(total)});
    let order: Order = viewer.post_keyed("/api/v1/rooms/tea/orders", "place", &new).await.created().json();
    viewer.pay(&order, "sandbox_ok", "pay").await.ok().json()
}

#[tokio::test]
async fn an_order_is_shipped_and_delivered_once_each_and_the_history_says_by_whom() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order = paid(&viewer, &stall.product(100, 5).await, 1, None).await;
    let (ship, deliver) =
        (format!("/api/v1/orders/{}/ship", order.id), format!("/api/v1/orders/{}/deliver", order.id));
    let parcel = json!({"carrier": "SF Express", "tracking": "SF 1"});
    assert_eq!(stall.host.post_keyed(&deliver, "d0", &json!({})).await.problem(), "409 order_closed");
    assert_eq!(viewer.post_keyed(&ship, "s0", &parcel).await.problem(), "403 not_host");
    assert_eq!(app.viewer().await.post_keyed(&ship, "s0", &parcel).await.problem(), "404 unknown_order");
    let nameless = json!({"carrier": " ", "tracking": "SF 1"});
    assert_eq!(stall.host.post_keyed(&ship, "s1", &nameless).await.problem(), "422 empty");
    let shipped: Order = stall.host.post_keyed(&ship, "s2", &parcel).await.ok().json();
    assert_eq!(
        (shipped.status, shipped.shipment.unwrap().carrier.as_str()),
        (OrderStatus::Shipped, "SF Express")
    );
    stall.host.post_keyed(&ship, "s3", &parcel).await.ok();
    let delivered: Order = stall.host.post_keyed(&deliver, "d1", &json!({})).await.ok().json();
    assert_eq!(delivered.status, OrderStatus::Delivered);
    let steps = history(&viewer, &order).await.steps;
    let told: Vec<_> = steps.iter().map(|step| (step.from, step.to, step.by)).collect();
    use OrderStatus::{Delivered, Held, Paid, Shipped};
    assert_eq!(
        told,
        [
            (None, Held, OrderActor::Shopper),
            (Some(Held), Paid, OrderActor::Shopper),
            (Some(Paid), Shipped, OrderActor::Shop),
            (Some(Shipped), Delivered, OrderActor::Shop),
        ]
    );
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_refund_by_parts_comes_to_what_was_paid_and_brings_stock_and_coupon_back() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(1_000, 5).await, stall.coupon(100, 0, 5).await);
    viewer.claim(coupon.id).await.ok();
    let order = paid(&viewer, &product, 3, Some(&coupon)).await;
    assert_eq!((order.total, stall.stock(&product).await), (cny(2_900), 2));
    let first: Refund = refund(&stall.host, &order, &part(0, 1), "r1").await.created().json();
    assert_eq!((first.status, first.amount), (RefundStatus::Done, cny(966)));
    let after = see(&viewer, &order).await;
    assert_eq!(
        (after.status, after.refunded, after.lines[0].refunded),
        (OrderStatus::Paid, Some(cny(966)), 1)
    );
    assert_eq!(stall.stock(&product).await, 3);
    all_is_well(&app).await;

    let rest: Refund = refund(&stall.host, &order, &whole(), "r2").await.created().json();
    assert_eq!(rest.amount, cny(1_934));
    let after = see(&viewer, &order).await;
    assert_eq!((after.status, after.refunded), (OrderStatus::Refunded, Some(cny(2_900))));
    assert_eq!(stall.stock(&product).await, 5);
    let claims: Vec<CouponClaim> = viewer.get("/api/v1/rooms/tea/claims").await.ok().json();
    assert!(!claims[0].used);
    assert_eq!(refund(&stall.host, &order, &whole(), "r3").await.problem(), "409 order_closed");
    assert_eq!(history(&viewer, &order).await.refunds, [first, rest]);
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_refund_replayed_with_its_key_pays_back_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order = paid(&viewer, &stall.product(100, 5).await, 3, None).await;
    let first = refund(&stall.host, &order, &part(0, 1), "r").await.created();
    assert_eq!(refund(&stall.host, &order, &part(0, 1), "r").await.created().body, first.body);
    assert_eq!(refund(&stall.host, &order, &part(0, 2), "r").await.problem(), "422 idempotency_mismatch");
    assert_eq!(see(&viewer, &order).await.refunded, Some(cny(100)));
    all_is_well(&app).await;
}

#[tokio::test]
async fn what_was_not_paid_is_not_paid_back() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(100, 9).await;
    let held: Order = viewer.order(&product, "held").await.created().json();
    assert_eq!(refund(&stall.host, &held, &whole(), "r0").await.problem(), "409 order_closed");
    let order = paid(&viewer, &product, 2, None).await;
    assert_eq!(refund(&stall.host, &order, &part(0, 3), "r1").await.problem(), "422 quantity_out_of_range");
    assert_eq!(refund(&stall.host, &order, &part(1, 1), "r2").await.problem(), "422 unknown_line");
    assert_eq!(refund(&viewer, &order, &whole(), "r3").await.problem(), "403 not_host");
    assert_eq!(refund(&app.viewer().await, &order, &whole(), "r4").await.problem(), "404 unknown_order");
    let kept = json!({"restock": false, "reason": "never mind the goods"});
    refund(&stall.host, &order, &kept, "r5").await.created();
    assert_eq!(stall.stock(&product).await, 6);
    let parcel = json!({"carrier": "SF", "tracking": "1"});
    let ship = stall.host.post_keyed(&format!("/api/v1/orders/{}/ship", order.id), "s", &parcel).await;
    assert_eq!(ship.problem(), "409 order_closed");
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_refund_that_the_provider_declines_changes_nothing() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(100, 5).await;
    let order: Order = viewer.order(&product, "k").await.created().json();
    viewer.pay(&order, "sandbox_refund_declined", "p").await.ok();
    assert_eq!(refund(&stall.host, &order, &whole(), "r").await.problem(), "409 refund_declined");
    assert_eq!(refund(&stall.host, &order, &whole(), "r").await.problem(), "409 refund_declined");
    let after = see(&viewer, &order).await;
    assert_eq!((after.status, after.refunded, stall.stock(&product).await), (OrderStatus::Paid, None, 4));
    assert_eq!(history(&viewer, &order).await.refunds[0].status, RefundStatus::Failed);
    all_is_well(&app).await;
}

/// Forgets to answer the first time that it is asked about something, though it did it.
#[derive(Default)]
struct Forgetful(Mutex<HashMap<String, u32>>);

impl Forgetful {
    fn times(&self) -> Vec<u32> {
        self.0.lock().unwrap().values().copied().collect()
    }
}

impl PaymentProvider for Forgetful {
    fn methods(&self) -> &'static [&'static str] {
        &["sandbox_ok"]
    }

    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a> {
        Box::pin(async { Ok(charge.reference.clone()) })
    }

    fn pay_back<'a>(&'a self, payback: &'a Payback) -> ChargeFuture<'a> {
        Box::pin(async {
            let mut asked = self.0.lock().unwrap();
            let times = asked.entry(payback.reference.clone()).or_insert(0);
            *times += 1;
            match *times {
                1 => Err(ChargeError::Unknown { reason: "forgot".to_owned() }),
                _ => Ok(format!("back_{}", payback.reference)),
            }
        })
    }
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_asked_for_again_under_the_same_name() {
    let provider = Arc::new(Forgetful::default());
    let (app, viewer) = TestApp::with_payments(Arc::clone(&provider) as _).await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(100, 5).await;
    let order = paid(&viewer, &product, 2, None).await;
    assert_eq!(refund(&stall.host, &order, &part(0, 1), "r").await.problem(), "503 busy");
    assert_eq!(refund(&stall.host, &order, &part(0, 1), "other").await.problem(), "409 refund_running");
    let parcel = json!({"carrier": "SF", "tracking": "1"});
    let ship = stall.host.post_keyed(&format!("/api/v1/orders/{}/ship", order.id), "s", &parcel).await;
    assert_eq!(ship.problem(), "409 refund_running");
    let done: Refund = refund(&stall.host, &order, &part(0, 1), "r").await.created().json();
    assert_eq!((done.status, provider.times()), (RefundStatus::Done, vec![2]));
    assert_eq!((see(&viewer, &order).await.refunded, stall.stock(&product).await), (Some(cny(100)), 4));
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_refund_under_way_when_the_power_went_is_done_once() {
    let provider = Arc::new(Forgetful::default());
    let (app, viewer) = TestApp::with_payments(Arc::clone(&provider) as _).await.with_user().await;
    let mut stall: Stall = app.stall().await;
    let product = stall.product(100, 5).await;
    let order = paid(&viewer, &product, 2, None).await;
    assert_eq!(refund(&stall.host, &order, &part(0, 1), "r").await.problem(), "503 busy");
    // Settled by the new process; the host asks again, as nobody answered.
    let app = app.restart().await;
    stall.host = Client { session: stall.host.session, ..app.guest() };
    let done: Refund = refund(&stall.host, &order, &part(0, 1), "r").await.created().json();
    assert_eq!(done.status, RefundStatus::Done);
    let after = see(&stall.host, &order).await;
    assert_eq!((after.refunded, stall.stock(&product).await), (Some(cny(100)), 4));
    all_is_well(&app).await;
}
