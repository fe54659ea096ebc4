use axum::http::Method;
use protocol::{Role, Session, User};
use serde_json::json;

use crate::support::TestApp;

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn somebody_who_registers_is_logged_in_and_logs_in_again() {
    let app = TestApp::init().await;
    let guest = app.guest();
    let credentials = json!({"name": "林 小", "password": "correct horse"});
    let registered = guest.post("/api/v1/users", &credentials).await.created();
    let cookie = registered.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert_eq!(registered.json::<Session>().user.role, Role::Viewer);
    let session: Session = guest.post("/api/v1/session", &credentials).await.ok().json();
    let viewer = crate::support::Client { session: Some(session), ..guest };
    assert_eq!(viewer.get("/api/v1/me").await.ok().json::<User>().name, "林 小");
    assert_eq!(viewer.delete("/api/v1/session").await.status, 204);
    assert_eq!(viewer.get("/api/v1/me").await.problem(), "401 bad_token");
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_the_same() {
    let app = TestApp::init().await;
    let guest = app.guest();
    guest.post("/api/v1/users", &json!({"name": "ann", "password": "correct horse"})).await.created();
    let wrong = guest.post("/api/v1/session", &json!({"name": "ann", "password": "wrong horse"})).await;
    let nobody = guest.post("/api/v1/session", &json!({"name": "eve", "password": "wrong horse"})).await;
    assert_eq!(wrong.problem(), "401 wrong_credentials");
    assert_eq!(wrong.body, nobody.body);
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let app = TestApp::init().await;
    let guest = app.guest();
    guest.post("/api/v1/users", &json!({"name": "ann", "password": "correct horse"})).await.created();
    let guess = json!({"name": "ann", "password": "wrong horse"});
    for _ in 0..10 {
        assert_eq!(guest.post("/api/v1/session", &guess).await.status, 401);
    }
    let slowed = guest.post("/api/v1/session", &guess).await;
    assert_eq!(slowed.problem(), "429 slow_down");
    assert!(slowed.header("retry-after").parse::<u32>().unwrap() <= 61);
}

#[tokio::test]
async fn guessing_one_password_for_many_names_is_slowed_down() {
    let app = TestApp::init().await;
    let guest = app.guest();
    let here = std::net::IpAddr::from([127, 0, 0, 1]);
    for _ in 0..99 {
        app.app.log_ins_from.note(here, server::clock::now());
    }
    let right = json!({"name": "ann", "password": "correct horse"});
    guest.post("/api/v1/users", &right).await.created();
    guest.post("/api/v1/session", &right).await.ok();
    let guess = |name: &str| json!({"name": name, "password": "wrong horse"});
    assert_eq!(guest.post("/api/v1/session", &guess("bob")).await.status, 401);
    assert_eq!(guest.post("/api/v1/session", &guess("eve")).await.problem(), "429 slow_down");
}

#[tokio::test]
async fn markup_in_a_name_is_refused() {
    let app = TestApp::init().await;
    let register = async |name: &str| {
        app.guest().post("/api/v1/users", &json!({"name": name, "password": "correct horse"})).await
    };
    assert_eq!(register("<img src=x>").await.problem(), "422 bad_character");
    assert_eq!(register("ann\u{202e}").await.status, 201);
    assert_eq!(register("ＡNN").await.problem(), "409 name_taken");
    assert_eq!(register(&"a".repeat(33)).await.problem(), "422 too_long");
    let short = app.guest().post("/api/v1/users", &json!({"name": "bob", "password": "short"})).await;
    assert_eq!(short.problem(), "422 password_too_short");
}

#[tokio::test]
async fn a_cookie_writes_from_our_own_pages_only() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    app.stall().await;
    let cookie = format!("livestall_session={}", viewer.token());
    let say = json!({"type": "say", "client_id": "1", "text": "hello"}).to_string();
    let send = async |origin: &str| {
        let headers = [JSON, ("cookie", cookie.as_str()), ("origin", origin)];
        viewer.raw(Method::POST, "/api/v1/rooms/tea/commands", &headers, say.clone()).await
    };
    assert_eq!(send("https://evil.example").await.problem(), "403 cross_origin");
    assert_eq!(send("https://shop.example").await.status, 202);
    let headers = [("cookie", cookie.as_str()), ("origin", "https://evil.example")];
    let read = viewer.raw(Method::GET, "/api/v1/me", &headers, String::new()).await;
    assert_eq!(read.problem(), "401 log_in_required");
}
