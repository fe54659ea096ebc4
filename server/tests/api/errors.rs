use axum::http::Method;
use serde_json::json;

use crate::support::TestApp;

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn whatever_is_wrong_is_told_as_a_problem() {
    let app = TestApp::init().await;
    let guest = app.guest();
    let post = async |headers: &[(&str, &str)], body: &str| {
        guest.raw(Method::POST, "/api/v1/users", headers, body.to_owned()).await.problem()
    };
    assert_eq!(post(&[JSON], "{").await, "400 bad_json");
    assert_eq!(post(&[JSON], "{}").await, "422 bad_body");
    assert_eq!(post(&[], "{}").await, "415 not_json");
    assert_eq!(post(&[JSON], &format!("\"{}\"", "a".repeat(70_000))).await, "413 too_large");
    assert_eq!(guest.get("/api/v1/nothing").await.problem(), "404 unknown_address");
    assert_eq!(guest.get("/api/v1/rooms/none").await.problem(), "404 unknown_room");
    assert_eq!(guest.delete("/api/v1/users").await.problem(), "405 method_not_allowed");
    assert_eq!(guest.get("/nothing.js").await.problem(), "404 unknown_address");
    let bad = [JSON, ("authorization", "Basic eDp5")];
    assert_eq!(guest.raw(Method::GET, "/api/v1/me", &bad, String::new()).await.problem(), "401 bad_token");
}

#[tokio::test]
async fn a_nul_is_refused_wherever_it_comes_and_what_looks_like_one_is_taken() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    for address in ["/api/v1/rooms/%00", "/api/v1/orders/a%00b", "/api/v1/rooms/tea/orders?after=%00"] {
        assert_eq!(stall.host.get(address).await.problem(), "400 bad_path", "{address}");
    }
    let product = |sku: &str| json!({"title": "Tea", "price": {"amount": 1, "currency": "CNY"}, "stock": 1, "sku": sku});
    assert_eq!(
        stall.host.post("/api/v1/rooms/tea/products", &product("a\0b")).await.problem(),
        "422 bad_body"
    );
    stall.host.post("/api/v1/rooms/tea/products", &product("\\u0000")).await.created();
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_passed_over() {
    let app = TestApp::init().await;
    let later = json!({"name": "ann", "password": "correct horse", "from_the_future": [1, 2]});
    app.guest().post("/api/v1/users", &later).await.created();
}

#[tokio::test]
async fn numbers_that_make_no_sense_are_refused() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let create = async |price: i64, currency: &str, stock: i64| {
        let body = json!({"title": "Tea", "price": {"amount": price, "currency": currency}, "stock": stock});
        stall.host.post("/api/v1/rooms/tea/products", &body).await.problem()
    };
    assert_eq!(create(-1, "CNY", 1).await, "422 amount_out_of_range");
    assert_eq!(create(i64::MAX, "CNY", 1).await, "422 amount_out_of_range");
    assert_eq!(create(1, "CNY", -1).await, "422 quantity_out_of_range");
    assert_eq!(create(1, "yuan", 1).await, "422 bad_body");
    for image in ["javascript:alert(1)", "/\\evil.example/x.png", "//evil.example/x.png"] {
        let body =
            json!({"title": "Tea", "price": {"amount": 1, "currency": "CNY"}, "stock": 1, "image": image});
        let refused = stall.host.post("/api/v1/rooms/tea/products", &body).await;
        assert_eq!(refused.problem(), "422 bad_picture", "{image}");
    }
}

#[tokio::test]
async fn pages_of_any_origin_may_use_the_api_with_a_token() {
    let app = TestApp::init().await;
    let ask = [
        ("origin", "https://merchant.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type,idempotency-key"),
    ];
    let answer = app.guest().raw(Method::OPTIONS, "/api/v1/orders", &ask, String::new()).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    for name in ["authorization", "content-type", "idempotency-key"] {
        assert!(answer.header("access-control-allow-headers").contains(name));
    }
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let app = TestApp::init().await;
    let guest = app.guest();
    guest.get("/healthz").await.ok();
    guest.get("/readyz").await.ok();
    guest.get("/api/v1/rooms").await.ok();
    let metrics = guest.get("/metrics").await.ok();
    assert!(metrics.body.contains("livestall_http_requests_total{method=\"GET\",route=\"/api/v1/rooms\""));
}

#[tokio::test]
async fn a_made_up_method_adds_nothing_to_the_metrics_but_one() {
    let app = TestApp::init().await;
    let guest = app.guest();
    for name in ["BREW", "WHEN"] {
        let method = Method::from_bytes(name.as_bytes()).unwrap();
        guest.raw(method, "/api/v1/rooms", &[], String::new()).await;
    }
    let metrics = guest.get("/metrics").await.ok().body;
    assert!(metrics.contains("method=\"other\"") && !metrics.contains("BREW"), "{metrics}");
}
