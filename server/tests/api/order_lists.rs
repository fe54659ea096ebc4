use protocol::Order;
use serde_json::json;

use crate::support::{TestApp, cny};

const ORDERS: &str = "/api/v1/rooms/tea/orders";

#[tokio::test]
async fn a_list_goes_on_after_its_last_order_and_names_each_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(100, 9).await;
    let mut placed = Vec::new();
    for number in 0..5 {
        let order: Order = viewer.order(&product, &format!("k{number}")).await.created().json();
        placed.push(order.id);
    }
    for (client, list) in [(&stall.host, ORDERS), (&viewer, "/api/v1/orders")] {
        let (mut seen, mut path) = (Vec::new(), format!("{list}?limit=2"));
        loop {
            let page: Vec<Order> = client.get(&path).await.ok().json();
            let Some(last) = page.last() else { break };
            path = format!("{list}?limit=2&after={}", last.id);
            seen.extend(page.into_iter().map(|order| order.id));
        }
        seen.sort();
        placed.sort();
        assert_eq!(seen, placed);
    }
    assert_eq!(stall.host.get(&format!("{ORDERS}?after=none")).await.problem(), "404 unknown_order");
    let other = app.viewer().await;
    assert_eq!(
        other.get(&format!("/api/v1/orders?after={}", placed[0])).await.problem(),
        "404 unknown_order"
    );
}

#[tokio::test]
async fn a_list_of_one_status_goes_on_within_it() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(100, 9).await;
    let mut paid = Vec::new();
    for number in 0..6 {
        let order: Order = viewer.order(&product, &format!("k{number}")).await.created().json();
        if number % 2 == 0 {
            paid.push(viewer.pay(&order, "sandbox_ok", &format!("p{number}")).await.ok().json::<Order>().id);
        }
    }
    let (mut seen, mut path) = (Vec::new(), format!("{ORDERS}?limit=1&status=paid"));
    loop {
        let page: Vec<Order> = stall.host.get(&path).await.ok().json();
        let Some(last) = page.last() else { break };
        path = format!("{ORDERS}?limit=1&status=paid&after={}", last.id);
        seen.extend(page.into_iter().map(|order| order.id));
    }
    seen.sort();
    paid.sort();
    assert_eq!(seen, paid);
    let held: Vec<Order> = stall.host.get(&format!("{ORDERS}?status=held")).await.ok().json();
    assert_eq!(held.len(), 3);
    let own: Vec<Order> = viewer.get("/api/v1/orders?status=refunded").await.ok().json();
    assert_eq!(own, []);
    assert_eq!(stall.host.get(&format!("{ORDERS}?status=lost")).await.problem(), "400 bad_query");
    let file: Vec<Order> =
        stall.host.get(&format!("{ORDERS}/export?format=json&status=paid")).await.ok().json();
    assert_eq!(file.len(), 3);
}

#[tokio::test]
async fn orders_are_exported_without_formulas() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1_999, 9).await;
    let cart = json!({
        "lines": [{"product": product.id, "quantity": 2}],
        "expected_total": cny(3_998),
        "address": {"name": "=HYPERLINK(\"x\")", "phone": "+86 1", "country": "CN", "street": "1, Lake Road"},
    });
    let order: Order = viewer.post_keyed(ORDERS, "k", &cart).await.created().json();
    let csv = stall.host.get(&format!("{ORDERS}/export?format=csv")).await.ok();
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let rows = shop::csv::read(&csv.body, ',', 9).unwrap();
    assert_eq!((rows.len(), rows[0].1[0].as_str()), (2, "order"));
    assert!(csv.body.contains("\"'=HYPERLINK(\"\"x\"\")\",'+86 1,CN"), "{}", csv.body);
    assert!(csv.body.contains(",2,19.99,"), "{}", csv.body);
    let json: Vec<Order> = stall.host.get(&format!("{ORDERS}/export?format=json")).await.ok().json();
    assert_eq!(json, [order]);
    assert_eq!(viewer.get(&format!("{ORDERS}/export?format=csv")).await.status, 403);
    assert_eq!(stall.host.get(&format!("{ORDERS}/export?format=xls")).await.problem(), "400 bad_query");
}
