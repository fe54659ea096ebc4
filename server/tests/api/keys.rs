use protocol::{ApiKey, ApiKeyWithToken, Scope, Session};
use serde_json::json;
use server::admin;
use server::cli::{Job, KeyJob};

use crate::support::{Client, TestApp};

const KEYS: &str = "/api/v1/keys";

async fn key(user: &Client, scopes: &[&str]) -> (Client, ApiKeyWithToken) {
    let made: ApiKeyWithToken =
        user.post(KEYS, &json!({"name": "till", "scopes": scopes})).await.created().json();
    let session = Session { token: made.token.clone(), ..user.session.clone().unwrap() };
    (Client { session: Some(session), ..user.clone() }, made)
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_in_its_users_name_and_no_more() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let (reader, made) = key(&stall.host, &["orders:read", "products:read"]).await;
    assert!(made.token.starts_with(&made.key.prefix) && made.key.prefix.len() == 10);
    reader.get("/api/v1/orders").await.ok();
    reader.get("/api/v1/rooms/tea/orders").await.ok();
    let new = json!({"title": "Tea", "price": {"amount": 1, "currency": "CNY"}, "stock": 1});
    assert_eq!(reader.post("/api/v1/rooms/tea/products", &new).await.problem(), "403 scope_required");
    assert_eq!(reader.get("/api/v1/wallet").await.problem(), "403 scope_required");
    for closed in [KEYS, "/api/v1/me", "/api/v1/rooms/tea/key", "/api/v1/hooks"] {
        assert_eq!(reader.get(closed).await.problem(), "403 scope_required", "{closed}");
    }
    assert_eq!(reader.say("a", "hello").await.problem(), "403 scope_required");
    let (writer, _) = key(&stall.host, &["products:write"]).await;
    writer.post("/api/v1/rooms/tea/products", &new).await.created();
    let (viewers, _) = key(&app.viewer().await, &["orders:read", "products:write"]).await;
    assert_eq!(viewers.get("/api/v1/rooms/tea/orders").await.problem(), "403 host_required");
}

#[tokio::test]
async fn a_key_is_kept_as_a_hash_shown_by_its_beginning_and_revoked() {
    let app = TestApp::init().await;
    let host = app.stall().await.host;
    let (till, made) = key(&host, &["wallet:read"]).await;
    let unused: Vec<ApiKey> = host.get(KEYS).await.ok().json();
    assert_eq!((&unused[..], unused[0].last_used), (std::slice::from_ref(&made.key), None));
    till.get("/api/v1/wallet").await.ok();
    assert!(host.get(KEYS).await.ok().json::<Vec<ApiKey>>()[0].last_used.is_some());
    let secret = made.token.trim_start_matches(&made.key.prefix);
    let kept: Vec<String> = sqlx::query_scalar("SELECT token_hash || prefix || name FROM api_keys")
        .fetch_all(&mut *app.app.store.read().await.unwrap())
        .await
        .unwrap();
    assert!(kept.len() == 1 && !kept[0].contains(secret));
    let path = format!("{KEYS}/{}", made.key.id);
    assert_eq!(app.viewer().await.delete(&path).await.problem(), "404 unknown_key");
    assert_eq!(host.delete(&path).await.status, 204);
    assert_eq!(till.get("/api/v1/wallet").await.problem(), "401 bad_token");
    assert!(host.get(KEYS).await.ok().json::<Vec<ApiKey>>()[0].revoked.is_some());
    assert_eq!(host.post(KEYS, &json!({"name": "x", "scopes": []})).await.problem(), "422 bad_scopes");
    assert_eq!(host.post(KEYS, &json!({"name": "", "scopes": ["orders:read"]})).await.problem(), "422 empty");
}

#[tokio::test]
async fn a_script_makes_and_revokes_keys_and_reads_sales() {
    let app = TestApp::init().await;
    let host = app.stall().await.host;
    let run =
        async |job: Job| admin::run(app.app.config.clone(), job).await.map_err(|error| error.to_string());
    let user = || "host".to_owned();
    let scopes = vec![Scope::OrdersRead];
    run(Job::Key { job: KeyJob::Create { user: user(), name: "till".to_owned(), scopes } }).await.unwrap();
    run(Job::Key { job: KeyJob::List { user: user() } }).await.unwrap();
    let key = host.get(KEYS).await.ok().json::<Vec<ApiKey>>().remove(0);
    assert_eq!((key.name.as_str(), &key.scopes[..], key.revoked), ("till", &[Scope::OrdersRead][..], None));
    let revoke = |key| Job::Key { job: KeyJob::Revoke { user: user(), key } };
    run(revoke(key.id)).await.unwrap();
    assert!(host.get(KEYS).await.ok().json::<Vec<ApiKey>>()[0].revoked.is_some());
    assert!(run(revoke(1)).await.unwrap_err().contains("no key 1"));
    run(Job::Sales { room: "tea".to_owned(), show: None }).await.unwrap();
    assert!(run(Job::Sales { room: "jade".to_owned(), show: None }).await.unwrap_err().contains("jade"));
}
