use protocol::{ClientFrame, Command, Event, EventBody, Product, Say, ServerFrame};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Client, Socket, TestApp};

fn say(id: u64, text: &str) -> ClientFrame {
    let say = Say {
        client_id: format!("c{id}"),
        text: text.to_owned(),
        at: None,
        mode: protocol::DanmakuMode::Scroll,
        color: None,
    };
    ClientFrame::Command { id, command: Command::Say(say) }
}

fn query(client: &Client) -> String {
    format!("?token={}", client.token())
}

fn text(event: &Event) -> &str {
    match &event.body {
        EventBody::Chat(chat) => &chat.text,
        other => panic!("expected a comment, found {other:?}"),
    }
}

#[tokio::test]
async fn a_comment_of_one_viewer_reaches_the_other() {
    let (app, ann) = TestApp::init().await.with_user().await;
    app.stall().await;
    let address = app.listen().await;
    let mut watching = Socket::open(&address, "").await;
    let mut talking = Socket::open(&address, &query(&ann)).await;
    let ServerFrame::Welcome { user, room, .. } = &talking.welcome else { unreachable!() };
    assert_eq!(user.as_ref(), ann.session.as_ref().map(|session| &session.user));
    assert_eq!(room.viewers, 2);
    talking.send(&say(9, "<b>好茶</b>\n")).await;
    let event = watching.event().await;
    assert_eq!((event.seq, text(&event)), (1, "<b>好茶</b>"));
    loop {
        match talking.frame().await {
            ServerFrame::Accepted { id, seq } => break assert_eq!((id, seq), (9, 1)),
            ServerFrame::Event(event) => assert_eq!(event.seq, 1),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_guest_may_watch_but_not_speak() {
    let app = TestApp::init().await;
    app.stall().await;
    let mut socket = Socket::open(&app.listen().await, "").await;
    socket.send(&say(1, "hello")).await;
    let ServerFrame::Refused { id, problem } = socket.frame().await else { panic!("not refused") };
    assert_eq!((id, problem.code.as_str(), problem.status), (1, "log_in_required", 401));
}

#[tokio::test]
async fn whoever_logs_out_speaks_no_more_on_a_socket_that_was_opened_before() {
    let (app, ann) = TestApp::init().await.with_user().await;
    app.stall().await;
    let mut socket = Socket::open(&app.listen().await, &query(&ann)).await;
    assert_eq!(ann.delete("/api/v1/session").await.status, 204);
    for (id, code) in [(1, "bad_token"), (2, "log_in_required")] {
        socket.send(&say(id, "still here")).await;
        let ServerFrame::Refused { problem, .. } = socket.frame().await else { panic!("not refused") };
        assert_eq!((problem.code.as_str(), problem.status), (code, 401));
    }
}

#[tokio::test]
async fn a_reconnect_resumes_by_sequence_with_nothing_lost_and_nothing_twice() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let address = app.listen().await;
    let mut socket = Socket::open(&address, "").await;
    let talk = async |from: u64, to: u64| {
        for n in from..to {
            stall.host.say(&format!("c{n}"), &format!("comment {n}")).await.accepted();
        }
    };
    talk(1, 6).await;
    let mut seen = socket.events_until(5).await;
    drop(socket);
    talk(6, 11).await;
    let (mut socket, ()) = tokio::join!(Socket::open(&address, "?after=5"), talk(11, 31));
    assert_eq!(socket.snapshot(), None);
    seen.extend(socket.events_until(30).await);
    assert_eq!(seen.iter().map(|event| event.seq).collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
    assert!(seen.iter().all(|event| text(event) == format!("comment {}", event.seq)));
}

#[tokio::test]
async fn a_viewer_resumes_after_the_server_came_back() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    for n in 1..=3 {
        stall.host.say(&format!("c{n}"), &format!("comment {n}")).await.accepted();
    }
    let app = app.restart().await;
    let mut socket = Socket::open(&app.listen().await, "?after=1").await;
    assert_eq!(socket.snapshot(), None);
    let seen = socket.events_until(3).await;
    assert_eq!(seen.iter().map(|event| event.seq).collect::<Vec<_>>(), [2, 3]);
}

#[tokio::test]
async fn a_number_from_the_future_gets_a_fresh_start() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    stall.host.say("c", "hello").await.accepted();
    let socket = Socket::open(&app.listen().await, "?after=999").await;
    assert!(socket.snapshot().is_some());
}

#[tokio::test]
async fn a_joiner_finds_products_coupons_and_the_pinned_one() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(1999, 3).await, stall.coupon(300, 1000, 5).await);
    stall.command(json!({"type": "pin_product", "product": product.id})).await.accepted();
    let mut socket = Socket::open(&app.listen().await, "").await;
    assert_eq!(socket.snapshot().unwrap().products, *std::slice::from_ref(&product));
    let events = socket.events_until(2).await;
    assert_eq!(events[0].body, EventBody::CouponReleased { coupon });
    assert_eq!(events[1].body, EventBody::ProductPinned { product });
}

#[tokio::test]
async fn a_ping_is_answered_with_the_clock_and_the_crowd() {
    let app = TestApp::init().await;
    app.stall().await;
    let address = app.listen().await;
    let (mut one, _two) = (Socket::open(&address, "").await, Socket::open(&address, "").await);
    let before = server::clock::now();
    one.send(&ClientFrame::Ping { id: 7 }).await;
    let ServerFrame::Pong { id, time, viewers } = one.frame().await else { panic!("no pong") };
    assert_eq!((id, viewers), (7, 2));
    assert!(time >= before && time.0 < before.0 + 5_000);
}

#[tokio::test]
async fn frames_that_make_no_sense_are_refused_and_then_the_socket_closed() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let address = app.listen().await;
    let mut socket = Socket::open(&address, "").await;
    for _ in 0..20 {
        socket.send_text("{\"frame\":\"dance\"}".to_owned()).await;
        let ServerFrame::Refused { id, problem } = socket.frame().await else { panic!("not refused") };
        assert_eq!((id, problem.code.as_str()), (0, "bad_frame"));
    }
    socket.send_text("{".to_owned()).await;
    assert!(matches!(socket.message().await, Message::Close(Some(frame)) if u16::from(frame.code) == 1008));
    stall.host.say("c", "still here").await.accepted();
}

#[tokio::test]
async fn an_over_long_comment_is_refused_and_an_over_long_frame_ends_the_socket() {
    let (app, ann) = TestApp::init().await.with_user().await;
    app.stall().await;
    let mut socket = Socket::open(&app.listen().await, &query(&ann)).await;
    socket.send(&say(1, &"长".repeat(101))).await;
    let ServerFrame::Refused { problem, .. } = socket.frame().await else { panic!("not refused") };
    assert_eq!(problem.code, "too_long");
    assert!(problem.detail.contains("101") && problem.detail.contains("100"), "{}", problem.detail);
    socket.send_text("x".repeat(9_000)).await;
    socket.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_who_reads_too_slowly_is_dropped_and_comes_back_with_nothing_lost() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let address = app.listen().await;
    let mut slow = Socket::open(&address, "").await;
    // More than the sockets' own buffers and the queue behind them hold together: 3 KB an event.
    let tea = json!({"title": "Tea", "description": "长".repeat(1_000), "stock": 1,
        "price": {"amount": 1, "currency": "CNY"}});
    let tea: Product = stall.host.post("/api/v1/rooms/tea/products", &tea).await.created().json();
    let mut last = 0;
    for _ in 0..35 {
        let pins = (0..100).map(|_| stall.command(json!({"type": "pin_product", "product": tea.id})));
        for answer in futures_util::future::join_all(pins).await {
            last = last.max(answer.accepted().json::<serde_json::Value>()["seq"].as_u64().unwrap());
        }
    }
    let seen = slow.seen_until_the_end().await;
    assert!(seen < last, "saw {seen} of {last}, and was not dropped");
    let mut again = Socket::open(&address, &format!("?after={}", last - 3_000)).await;
    let events = again.events_until(last).await;
    assert_eq!(
        events.iter().map(|event| event.seq).collect::<Vec<_>>(),
        (last - 2_999..=last).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_cookie_from_a_page_of_another_origin_makes_a_guest() {
    let (app, ann) = TestApp::init().await.with_user().await;
    app.stall().await;
    let address = app.listen().await;
    let cookie = ("cookie", format!("livestall_session={}", ann.token()));
    let open = async |origin: String| {
        let headers = [cookie.clone(), ("origin", origin)];
        let socket = Socket::with_headers(&address, "", &headers).await;
        let ServerFrame::Welcome { user, .. } = socket.welcome else { unreachable!() };
        user.is_some()
    };
    assert!(open(format!("http://{address}")).await);
    assert!(!open("https://evil.example".to_owned()).await);
}
