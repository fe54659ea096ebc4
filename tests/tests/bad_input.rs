//! Hostile and mistaken input: a clear refusal, and everything goes on.

use anyhow::{Result, ensure};
use protocol::{EventBody, LIMITS, ServerFrame};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{
    api::{PASSWORD, problem},
    show::{ROOM, Show},
    socket::Socket,
};

const MARKUP: &str = "<img src=x onerror=alert(1)>";

/// A refusal is a client error that says what was wrong, in words and as a code.
async fn refused(show: &Show, path: &str, body: &Value) -> Result<()> {
    let (status, problem) = show.host.refused(path, body).await?;
    ensure!(status.is_client_error(), "{path} {body}: {status}");
    ensure!(!problem.code.is_empty() && problem.detail.len() > 10, "{path} {body}: unclear: {problem:?}");
    ensure!(problem.status == status.as_u16());
    Ok(())
}

#[tokio::test]
async fn bad_bodies_are_refused_with_problem_details() -> Result<()> {
    let show = Show::prepare().await?;
    let commands = format!("/api/v1/rooms/{ROOM}/commands");
    let products = format!("/api/v1/rooms/{ROOM}/products");
    let orders = format!("/api/v1/rooms/{ROOM}/orders");
    let say = |text: &str| json!({"type": "say", "client_id": "1", "text": text});
    let price = |amount: i64| json!({"amount": amount, "currency": "CNY"});
    let product = |title: &str, amount: i64, stock: i64| json!({"title": title, "price": price(amount), "stock": stock});
    let order = |product: i64, quantity: i64| json!({"product": product, "quantity": quantity, "expected_total": price(1)});
    let cases: Vec<(&str, Value)> = vec![
        (&commands, say(&"长".repeat(LIMITS.comment_chars + 1))),
        (&commands, say("")),
        (&commands, json!({"type": "explode"})),
        (&commands, json!({"type": "say", "client_id": "x".repeat(65), "text": "hi"})),
        (&commands, json!({"type": "pin_product", "product": 999_999})),
        (&commands, json!({"type": "pin_product", "product": "1; DROP TABLE products"})),
        (&commands, json!([])),
        (&commands, Value::Null),
        (&products, product("", 100, 1)),
        (&products, product("tea", -1, 1)),
        (&products, product("tea", 100, -1)),
        (&products, product(&"x".repeat(LIMITS.title_chars + 1), 100, 1)),
        (&products, json!({"title": "tea", "price": {"amount": 1, "currency": "yuan"}, "stock": 1})),
        (&products, json!({"title": "tea", "price": {"amount": 1.5, "currency": "CNY"}, "stock": 1})),
        (&products, json!({"title": "tea", "price": price(1), "stock": 1, "image": "javascript:alert(1)"})),
        (&orders, order(show.tea.id, 0)),
        (&orders, order(show.tea.id, -1)),
        (&orders, order(show.tea.id, 100)),
        (&orders, order(999_999, 1)),
        (&orders, order(show.tea.id, 1)),
        ("/api/v1/users", json!({"name": "x".repeat(LIMITS.name_chars + 1), "password": PASSWORD})),
        ("/api/v1/users", json!({"name": "short", "password": "1234567"})),
        ("/api/v1/users", json!({"name": "long", "password": "x".repeat(LIMITS.password_max_bytes + 1)})),
        ("/api/v1/users", json!({"name": "lin", "password": PASSWORD})),
        ("/api/v1/session", json!({"name": "lin", "password": "wrong password"})),
        ("/api/v1/rooms", json!({"id": "../etc", "title": "x"})),
        ("/api/v1/rooms", json!({"id": ROOM, "title": "taken"})),
        ("/api/v1/rooms/no-such-room/commands", say("hi")),
    ];
    for (path, body) in &cases {
        refused(&show, path, body).await?;
    }
    Ok(())
}

#[tokio::test]
async fn broken_json_and_huge_bodies_are_refused_and_the_server_goes_on() -> Result<()> {
    let show = Show::prepare().await?;
    let path = format!("/api/v1/rooms/{ROOM}/commands");
    let deep = "[".repeat(20_000);
    let huge = format!("{{\"type\":\"say\",\"text\":\"{}\"}}", "x".repeat(LIMITS.body_bytes * 2));
    for body in ["{", "", "\u{0}", "{\"type\":", "nul", deep.as_str(), huge.as_str()] {
        let request = show.host.request(Method::POST, &path).header("Content-Type", "application/json");
        let (status, _) = problem(request.body(body.to_owned()).send().await?).await?;
        ensure!(status.is_client_error(), "{status} for {}", body.chars().take(20).collect::<String>());
    }
    let form =
        show.host.request(Method::POST, &path).header("Content-Type", "text/plain").body("hi").send().await?;
    ensure!(problem(form).await?.0 == StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let nowhere = show.host.request(Method::GET, "/api/v1/nowhere").send().await?;
    ensure!(problem(nowhere).await?.0 == StatusCode::NOT_FOUND);
    ensure!(show.host.room(ROOM).await?.id == ROOM);
    Ok(())
}

#[tokio::test]
async fn hostile_frames_are_refused_and_the_room_goes_on() -> Result<()> {
    let show = Show::prepare().await?;
    let origin = show.server.socket_origin();
    let mut witness = Socket::join(&origin, ROOM, None, None).await?;
    let huge = "x".repeat(LIMITS.frame_bytes * 4);
    let deep = "{\"frame\":".repeat(500);
    for frame in ["", "{", "null", "{\"frame\":\"command\",\"id\":-1}", deep.as_str(), huge.as_str()] {
        let mut attacker = Socket::join(&origin, ROOM, show.host.token(), None).await?;
        attacker.send_text(frame.to_owned()).await?;
        // Either a refusal or a closed socket; never silence.
        while let Ok(frame) = attacker.frame().await {
            if matches!(frame, ServerFrame::Refused { .. }) {
                break;
            }
        }
    }
    // A guest may watch and not speak.
    let mut guest = Socket::join(&origin, ROOM, None, None).await?;
    let say = protocol::Say {
        client_id: "1".into(),
        text: "hi".into(),
        at: None,
        mode: Default::default(),
        color: None,
    };
    guest.send(protocol::Command::Say(say)).await?;
    let refusal = loop {
        if let ServerFrame::Refused { problem, .. } = guest.frame().await? {
            break problem;
        }
    };
    ensure!(refusal.status == 401, "expected 401, found {refusal:?}");
    show.pin_tea(None).await?;
    witness.event().await?;
    Ok(())
}

#[tokio::test]
async fn markup_in_names_and_comments_stays_text() -> Result<()> {
    let show = Show::prepare().await?;
    let guest = show.server.api()?;
    // A name may be refused or kept, but never changed into something else.
    if let Ok(user) = guest.register("<b>mei</b>").await {
        let me: Value = user.get("/api/v1/me").await?;
        ensure!(me["name"] == "<b>mei</b>", "found {me}");
    }
    let mei = guest.register("mei").await?;
    let say = json!({"type": "say", "client_id": "1", "text": MARKUP});
    let _: Value = mei.post(&format!("/api/v1/rooms/{ROOM}/commands"), &say).await?;
    let events: Value = mei.get(&format!("/api/v1/rooms/{ROOM}/events?after=0&limit=10")).await?;
    ensure!(events.to_string().contains(MARKUP), "found {events}");
    Ok(())
}

#[tokio::test]
async fn a_comment_is_one_line_whatever_was_sent() -> Result<()> {
    let show = Show::prepare().await?;
    let say = json!({"type": "say", "client_id": "1", "text": "two\r\nlines\u{202e}\u{7}"});
    let _: Value = show.host.post(&format!("/api/v1/rooms/{ROOM}/commands"), &say).await?;
    let events = show.host.events(ROOM, 0).await?;
    let said: Vec<_> = events.iter().filter_map(|event| chat(&event.body)).collect();
    ensure!(said.len() == 1 && said.iter().all(|text| !text.chars().any(char::is_control)), "found {said:?}");
    Ok(())
}

fn chat(body: &EventBody) -> Option<&str> {
    if let EventBody::Chat(message) = body { Some(&message.text) } else { None }
}
