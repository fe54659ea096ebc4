use protocol::{Order, OrderStatus, Sales, Show};
use serde_json::json;
use server::store;
use std::collections::BTreeMap;

use crate::support::{Stall, TestApp};

async fn sales(stall: &Stall, query: &str) -> Sales {
    stall.host.get(&format!("/api/v1/rooms/tea/sales{query}")).await.ok().json()
}

/// Puts the time at which an order was paid.
async fn paid_at(app: &TestApp, order: &Order, time: i64) {
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE orders SET paid = $2 WHERE id = $1")
        .bind(&order.id)
        .bind(time)
        .execute(&mut *tx)
        .await
        .unwrap();
    store::commit(tx).await.unwrap();
}

#[tokio::test]
async fn sales_are_the_orders_to_the_last_unit_by_show_product_and_minute() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let teas = [stall.product(1_234, 100).await, stall.product(777, 100).await];
    let coupon = stall.coupon(100, 500, 3).await;
    let ann = app.viewer().await;
    let mut starts = Vec::new();
    for show in 0..2 {
        app.begin_show().await;
        let shows: Vec<Show> = stall.host.get("/api/v1/rooms/tea/shows").await.ok().json();
        starts.push(shows[0].start.0);
        for turn in 0..8_usize {
            let tea = &teas[turn % 2];
            let key = format!("{show} {turn}");
            let order: Order = if turn == 3 {
                let buyer = app.viewer().await;
                buyer.claim(coupon.id).await.ok();
                let total = tea.price.amount - 100;
                let held: Order = buyer.order_with(tea, Some(coupon.id), total, &key).await.created().json();
                buyer.pay(&held, "sandbox_ok", &format!("p {key}")).await.ok().json()
            } else {
                let held: Order = ann.order(tea, &key).await.created().json();
                match turn {
                    4 => ann.cancel(&held, &format!("c {key}")).await.ok().json(),
                    5 => held,
                    _ => ann.pay(&held, "sandbox_ok", &format!("p {key}")).await.ok().json(),
                }
            };
            // Minutes 0, 1, 2 … of the first show, while it is still on.
            if order.status == OrderStatus::Paid && show == 0 {
                paid_at(&app, &order, starts[0] + i64::try_from(turn).unwrap() * 30_000).await;
            }
        }
        if show == 0 {
            stall.command(json!({"type": "end_show"})).await.accepted();
            // As late as the last of them was paid.
            let mut tx = app.app.store.write().await.unwrap();
            sqlx::query("UPDATE room_events SET time = time + 300000 WHERE kind = 'show_ended'")
                .execute(&mut *tx)
                .await
                .unwrap();
            store::commit(tx).await.unwrap();
        }
    }
    let mut tx = app.app.store.write().await.unwrap();
    // The second show's are paid after the first one's end.
    sqlx::query("UPDATE orders SET paid = paid + 400000 WHERE paid IS NOT NULL AND placed >= $1")
        .bind(starts[1])
        .execute(&mut *tx)
        .await
        .unwrap();
    store::commit(tx).await.unwrap();
    let orders: Vec<Order> = stall.host.get("/api/v1/rooms/tea/orders").await.ok().json();
    let paid: Vec<&Order> = orders.iter().filter(|order| order.status == OrderStatus::Paid).collect();
    assert_eq!(paid.len(), 12);
    let whole = sales(&stall, "").await;
    let total = &whole.totals[0];
    let sum = |of: fn(&Order) -> i64| paid.iter().map(|order| of(order)).sum::<i64>();
    assert_eq!((whole.totals.len(), total.orders), (1, 12));
    assert_eq!(total.subtotal, sum(|order| order.subtotal.amount));
    assert_eq!(total.discount, sum(|order| order.discount.amount));
    assert_eq!(total.discount, 200);
    assert_eq!(total.total, sum(|order| order.total.amount));
    let mut products: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for line in paid.iter().flat_map(|order| &order.lines) {
        let of = products.entry(line.product).or_default();
        *of = (of.0 + i64::from(line.quantity), of.1 + line.unit_price.amount * i64::from(line.quantity));
    }
    let told: BTreeMap<i64, (i64, i64)> =
        whole.products.iter().map(|one| (one.product, (one.items, one.subtotal))).collect();
    assert_eq!(told, products);
    let shows: Vec<Show> = stall.host.get("/api/v1/rooms/tea/shows").await.ok().json();
    let mut parts = Vec::new();
    for show in &shows {
        let one = sales(&stall, &format!("?show={}", show.id)).await;
        let minutes: i64 = one.minutes.iter().map(|minute| minute.sum.total).sum();
        assert_eq!(minutes, one.totals[0].total);
        let products: i64 = one.products.iter().map(|product| product.subtotal).sum();
        assert_eq!(products, one.totals[0].subtotal);
        parts.push((one.totals[0].orders, one.totals[0].total));
        if show.start.0 == starts[0] {
            // Turns 0 to 7 but 4 and 5, two a minute.
            let minutes: Vec<_> = one.minutes.iter().map(|one| (one.minute, one.sum.orders)).collect();
            assert_eq!(minutes, [(0, 2), (1, 2), (3, 2)]);
        }
    }
    assert_eq!(parts.iter().map(|part| part.0).collect::<Vec<_>>(), [6, 6]);
    assert_eq!(parts.iter().map(|part| part.1).sum::<i64>(), total.total);
    let stranger = app.user("stranger", protocol::Role::Host).await;
    assert_eq!(stranger.get("/api/v1/rooms/tea/sales").await.problem(), "403 not_host");
    assert_eq!(stall.host.get("/api/v1/rooms/tea/sales?show=99999").await.problem(), "404 unknown_show");
}

#[tokio::test]
async fn what_sending_costs_and_what_was_paid_back_is_told_beside_the_sales() {
    let (app, ann) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(1_000, 10).await;
    let rule = json!({"fee": {"amount": 600, "currency": "CNY"}});
    stall.host.put("/api/v1/rooms/tea/shipping", &rule).await.ok();
    let address = json!({"name": "Ann", "phone": "1", "country": "CN", "postcode": "1", "region": "浙江",
        "city": "杭州", "street": "1 Lake Road"});
    let new = json!({"product": tea.id, "quantity": 2, "expected_total": {"amount": 2_600, "currency": "CNY"},
        "address": address});
    let held: Order = ann.post_keyed("/api/v1/rooms/tea/orders", "place", &new).await.created().json();
    let paid: Order = ann.pay(&held, "sandbox_ok", "pay").await.ok().json();
    let parcel = json!({"carrier": "SF Express", "tracking": "SF 1"});
    stall.host.post_keyed(&format!("/api/v1/orders/{}/ship", paid.id), "ship", &parcel).await.ok();
    let part = json!({"lines": [{"line": 0, "quantity": 1}], "restock": false, "reason": "broken"});
    stall.host.post_keyed(&format!("/api/v1/orders/{}/refunds", paid.id), "back", &part).await.created();
    let sum = sales(&stall, "").await.totals[0];
    assert_eq!((sum.orders, sum.items, sum.subtotal, sum.discount), (1, 2, 2_000, 0));
    assert_eq!((sum.shipping, sum.total, sum.refunded), (600, 2_600, 1_000));
}
