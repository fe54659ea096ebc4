use protocol::Order;
use serde_json::json;
use server::{audit, store};

use crate::support::TestApp;

/// What of orders is wrong, in the order of the checks.
async fn found(app: &TestApp) -> Vec<String> {
    let sentences = audit::audit(&app.app.store).await.unwrap().sentences();
    let what = |sentence: &String| sentence.rsplit_once('(').unwrap().1.trim_end_matches(')').to_owned();
    sentences.iter().map(what).collect()
}

#[tokio::test]
async fn the_audit_finds_what_was_done_to_orders_behind_their_back() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(1_000, 9).await, stall.coupon(100, 0, 5).await);
    viewer.claim(coupon.id).await.ok();
    let order: Order = viewer.order_with(&product, Some(coupon.id), 900, "k").await.created().json();
    viewer.pay(&order, "sandbox_ok", "p").await.ok();
    let back = json!({"restock": true, "reason": "broken"});
    let path = format!("/api/v1/orders/{}/refunds", order.id);
    stall.host.post_keyed(&path, "r", &back).await.created();
    assert_eq!(found(&app).await, Vec::<String>::new());
    for (broken, expected) in [
        (
            "UPDATE products SET sold = sold + 1",
            "what is sold is what paid orders bought and did not bring back, once",
        ),
        ("UPDATE products SET held = held + 1", "what is held is what open orders hold"),
        ("UPDATE order_lines SET discount = discount - 1", "the lines' shares of a discount sum to it"),
        (
            "UPDATE order_coupons SET discount = discount + 1",
            "what coupons take off an order is its discount",
        ),
        (
            "DELETE FROM order_steps WHERE to_status = 'paid'",
            "an order's steps follow each other, and the last is where it stands",
        ),
        (
            "UPDATE order_steps SET time = 0 WHERE to_status = 'refunded'",
            "an order's steps follow each other, and the last is where it stands",
        ),
        (
            "UPDATE refunds SET amount = amount + 1",
            "what was paid back for an order is what its refunds come to, and no more than was paid",
        ),
        (
            "UPDATE refund_lines SET amount = amount - 1",
            "a refund is the sum of its lines and of its part of the shipping fee",
        ),
        (
            "UPDATE refund_lines SET quantity = quantity + 1",
            "what of a line was paid back is what refunds of it come to",
        ),
        (
            "UPDATE coupon_claims SET order_id = (SELECT id FROM orders)",
            "a claim is used by an order of its own user that stands",
        ),
        (
            "UPDATE coupons SET claimed = claimed + 1",
            "no more of a coupon are claimed than there are, and each claim is somebody's",
        ),
    ] {
        let mut tx = app.app.store.write().await.unwrap();
        sqlx::query(broken).execute(&mut *tx).await.unwrap();
        store::commit(tx).await.unwrap();
        let sentences = found(&app).await;
        assert!(sentences.iter().any(|one| one == expected), "{broken}: {sentences:?}");
    }
}

#[tokio::test]
async fn the_tables_refuse_what_the_code_would_let_through() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let order: Order = viewer.order(&stall.product(1_000, 9).await, "k").await.created().json();
    viewer.pay(&order, "sandbox_ok", "p").await.ok();
    for broken in [
        "UPDATE orders SET refunded = total + 1",
        "UPDATE orders SET stage = 'refunded'",
        "UPDATE order_lines SET refunded = quantity + 1",
        "UPDATE order_lines SET restocked = 1",
        "UPDATE order_lines SET refunded_amount = unit_price * quantity + 1",
        "INSERT INTO order_steps (order_id, position, from_status, to_status, time, actor) \
         SELECT id, 2, 'paid', 'held', 0, 'server' FROM orders",
        "UPDATE products SET held = on_hand",
    ] {
        let mut tx = app.app.store.write().await.unwrap();
        assert!(sqlx::query(broken).execute(&mut *tx).await.is_err(), "{broken}");
    }
}
