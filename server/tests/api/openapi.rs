use axum::http::Method;
use serde_json::Value;

use crate::support::TestApp;

#[tokio::test]
async fn every_address_that_the_description_names_is_served() {
    let app = TestApp::init().await;
    let api: Value = app.guest().get("/api/openapi.json").await.ok().json();
    let paths = api["paths"].as_object().unwrap();
    assert_eq!(paths.values().map(|methods| methods.as_object().unwrap().len()).sum::<usize>(), 83);
    for (path, methods) in paths {
        let path = path
            .replace("{room}", "tea")
            .replace("{coupon}", "1")
            .replace("{product}", "1")
            .replace("{variant}", "1")
            .replace("{show}", "1")
            .replace("{packet}", "1")
            .replace("{withdrawal}", "1")
            .replace("{verb}", "approve")
            .replace("{hook}", "1")
            .replace("{delivery}", "1")
            .replace("{key}", "1")
            .replace("{order}", "x");
        for method in methods.as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = app.guest().raw(method.clone(), &path, &[], String::new()).await;
            assert_ne!(answer.status, 405, "{method} {path}");
            assert!(!answer.body.contains("unknown_address"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_type_that_the_description_names_is_described() {
    let app = TestApp::init().await;
    let text = app.guest().get("/api/openapi.json").await.ok().body;
    let api: Value = serde_json::from_str(&text).unwrap();
    for part in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
}
