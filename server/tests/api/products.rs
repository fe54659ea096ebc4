use protocol::{EventBody, Order, Pricing, Product, ProductChange, StockLevel};
use serde_json::json;

use crate::support::{TestApp, cny};

const PRODUCTS: &str = "/api/v1/rooms/tea/products";

#[tokio::test]
async fn a_changed_product_is_in_the_list_and_in_the_log() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(19_900, 5).await;
    let path = format!("{PRODUCTS}/{}", product.id);
    let change = ProductChange {
        price: Some(Pricing { now: cny(17_900), before: Some(cny(19_900)) }),
        restock: Some(-2),
        ..ProductChange::default()
    };
    let changed: Product = stall.host.patch(&path, &change).await.ok().json();
    assert_eq!((changed.price, changed.stock, &changed.title), (cny(17_900), 3, &product.title));
    let listed: Vec<Product> = stall.host.get(PRODUCTS).await.ok().json();
    assert_eq!(listed, std::slice::from_ref(&changed));
    let told = EventBody::ProductChanged { product: changed };
    stall.events(|events| events.iter().any(|event| event.body == told)).await;
}

#[tokio::test]
async fn the_host_sees_where_the_items_of_each_variant_are() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let plain = stall.product(100, 9).await;
    let size = |value| json!({"options": [{"name": "size", "value": value}], "stock": 3});
    let shirt = json!({"title": "Shirt", "price": cny(500), "variants": [size("S"), size("L")]});
    let shirt: Product = stall.host.post(PRODUCTS, &shirt).await.created().json();
    let order: Order = viewer.order(&plain, "held").await.created().json();
    let levels: Vec<StockLevel> = stall.host.get(&format!("{PRODUCTS}/stock")).await.ok().json();
    let told = |level: &StockLevel| (level.product, level.variant, level.on_hand, level.held, level.sold);
    let of = |index: usize| Some(shirt.variants[index].id);
    assert_eq!(
        levels.iter().map(told).collect::<Vec<_>>(),
        [(plain.id, None, 9, 1, 0), (shirt.id, of(0), 3, 0, 0), (shirt.id, of(1), 3, 0, 0)]
    );
    viewer.pay(&order, "sandbox_ok", "paid").await.ok();
    let levels: Vec<StockLevel> = stall.host.get(&format!("{PRODUCTS}/stock")).await.ok().json();
    assert_eq!((levels[0].held, levels[0].sold), (0, 1));
    assert_eq!(viewer.get(&format!("{PRODUCTS}/stock")).await.status, 403);
}

#[tokio::test]
async fn an_order_at_the_price_before_is_refused_and_never_charged_silently() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(1_999, 5).await;
    let path = format!("{PRODUCTS}/{}", product.id);
    stall.host.patch(&path, &json!({"price": {"now": cny(2_999)}})).await.ok();
    let viewer = app.viewer().await;
    assert_eq!(viewer.order(&product, "k").await.problem(), "409 price_changed");
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(1_999, 5).await;
    let path = format!("{PRODUCTS}/{}", product.id);
    let dollars = json!({"amount": 100, "currency": "USD"});
    for (change, refusal) in [
        (json!({"restock": -6}), "422 quantity_out_of_range"),
        (json!({"price": {"now": cny(0)}}), "422 amount_out_of_range"),
        (json!({"price": {"now": cny(100), "before": cny(100)}}), "422 compare_at_too_low"),
        (json!({"price": {"now": dollars}}), "422 currency_mismatch"),
        (json!({"title": " "}), "422 empty"),
        (json!({"titel": "Longjing"}), "422 nothing_to_change"),
    ] {
        assert_eq!(stall.host.patch(&path, &change).await.problem(), refusal, "{change}");
    }
    assert_eq!(app.viewer().await.patch(&path, &json!({"restock": 1})).await.status, 403);
    let elsewhere = format!("{PRODUCTS}/{}", product.id + 1);
    assert_eq!(stall.host.patch(&elsewhere, &json!({"restock": 1})).await.status, 404);
    let listed: Vec<Product> = stall.host.get(PRODUCTS).await.ok().json();
    assert_eq!(listed, [product]);
}
