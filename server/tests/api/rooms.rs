use protocol::{EventBody, Problem, Role, Room, RoomStatus, RoomWithKey, StreamTime};
use serde_json::json;
use server::clock::now;

use crate::support::TestApp;

#[tokio::test]
async fn a_host_makes_a_room_and_gets_its_stream_key() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let room: Room = app.guest().get("/api/v1/rooms/tea").await.ok().json();
    assert_eq!((room.title.as_str(), room.status, room.viewers), ("Autumn tea", RoomStatus::Idle, 0));
    let key: RoomWithKey = stall.host.get("/api/v1/rooms/tea/key").await.ok().json();
    assert_eq!(key.publish_url, format!("rtmp://127.0.0.1:1935/live/{}", key.stream_key));
    let other: RoomWithKey = stall.host.post("/api/v1/rooms/tea/key", &json!({})).await.ok().json();
    assert_ne!(key.stream_key, other.stream_key);
}

#[tokio::test]
async fn a_server_on_every_address_says_the_one_it_was_reached_by() {
    let app = TestApp::with_config(|config| config.rtmp = ([0, 0, 0, 0], 1935).into()).await;
    let stall = app.stall().await;
    let key: RoomWithKey = stall.host.get("/api/v1/rooms/tea/key").await.ok().json();
    assert_eq!(key.publish_url, format!("rtmp://shop.example:1935/live/{}", key.stream_key));
    assert_eq!(app.app.publish_host(None), "127.0.0.1:1935");
}

#[tokio::test]
async fn a_stream_key_is_changed_once_under_one_idempotency_key() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let change =
        async |key: &str| stall.host.post_keyed("/api/v1/rooms/tea/key", key, &json!({})).await.ok().body;
    let first = change("k").await;
    assert_eq!(change("k").await, first);
    assert_ne!(change("l").await, first);
}

#[tokio::test]
async fn a_room_s_key_is_its_host_s_alone() {
    let app = TestApp::init().await;
    app.stall().await;
    let (viewer, other) = (app.viewer().await, app.user("other", Role::Host).await);
    assert_eq!(app.guest().get("/api/v1/rooms/tea/key").await.problem(), "401 log_in_required");
    assert_eq!(viewer.get("/api/v1/rooms/tea/key").await.problem(), "403 host_required");
    assert_eq!(other.get("/api/v1/rooms/tea/key").await.problem(), "403 not_host");
    let admin = app.user("admin", Role::Admin).await;
    admin.get("/api/v1/rooms/tea/key").await.ok();
}

#[tokio::test]
async fn a_viewer_makes_no_room_unless_the_shop_is_open() {
    let room = json!({"id": "mine", "title": "Mine"});
    let (_app, viewer) = TestApp::init().await.with_user().await;
    assert_eq!(viewer.post("/api/v1/rooms", &room).await.problem(), "403 host_required");
    let (_app, viewer) = TestApp::with_config(|config| config.open_hosts = true).await.with_user().await;
    let made: RoomWithKey = viewer.post("/api/v1/rooms", &room).await.created().json();
    assert_eq!(made.room.host.role, Role::Host);
    assert_eq!(viewer.post("/api/v1/rooms", &room).await.problem(), "409 room_taken");
    assert_eq!(
        viewer.post("/api/v1/rooms", &json!({"id": "../x", "title": "x"})).await.problem(),
        "422 bad_character"
    );
}

#[tokio::test]
async fn only_the_host_pins() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 3).await;
    let pin = json!({"type": "pin_product", "product": product.id});
    let path = "/api/v1/rooms/tea/commands";
    assert_eq!(app.guest().post(path, &pin).await.problem(), "401 log_in_required");
    assert_eq!(viewer.post(path, &pin).await.problem(), "403 not_host");
    stall.command(pin).await.accepted();
    assert_eq!(
        stall.command(json!({"type": "pin_product", "product": 1})).await.problem(),
        "404 unknown_product"
    );
    assert_eq!(
        stall.command(json!({"type": "unpin_product", "product": 1})).await.problem(),
        "409 not_pinned"
    );
    assert_eq!(stall.command(json!({"type": "end_show"})).await.problem(), "409 not_live");
    let events = stall.events(|events| !events.is_empty()).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].body, EventBody::ProductPinned { product });
}

#[tokio::test]
async fn a_card_belongs_to_a_picture_that_somebody_may_be_watching() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 3).await;
    let pin = async |at: StreamTime| {
        stall.command(json!({"type": "pin_product", "product": product.id, "at": at})).await.accepted();
    };
    let before = StreamTime(now().0);
    pin(before.plus(-5_000)).await;
    pin(before.plus(3_600_000)).await;
    pin(StreamTime(0)).await;
    let at: Vec<i64> =
        stall.events(|events| events.len() == 3).await.iter().map(|e| e.at.0 - before.0).collect();
    assert_eq!(at[0], -5_000);
    assert!((0..5_000).contains(&at[1]), "{at:?}");
    assert!((-60_000..-55_000).contains(&at[2]), "{at:?}");
}

#[tokio::test]
async fn a_flood_of_comments_is_slowed_down() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    app.stall().await;
    for n in 0..5 {
        viewer.say(&format!("c{n}"), &format!("comment {n}")).await.accepted();
    }
    let slowed = viewer.say("c5", "comment 5").await;
    assert_eq!(slowed.problem(), "429 slow_down");
    assert!(slowed.json::<Problem>().detail.contains("5 in 5000 ms"));
    viewer.say("c0", "comment 0").await.accepted();
    let other = app.viewer().await;
    other.say("c", "666").await.accepted();
    assert_eq!(other.say("d", "666").await.problem(), "429 repeated");
}

#[tokio::test]
async fn a_comment_sent_again_is_accepted_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let first = viewer.say("c1", "hello").await.accepted();
    let again = viewer.say("c1", "hello").await.accepted();
    assert_eq!(first.body, again.body);
    let app = app.restart().await;
    let viewer = crate::support::Client { session: viewer.session, ..app.guest() };
    assert_eq!(viewer.say("c1", "hello").await.accepted().body, first.body);
    let host = crate::support::Client { session: stall.host.session, ..app.guest() };
    let events: Vec<protocol::Event> = host.get("/api/v1/rooms/tea/events").await.ok().json();
    assert_eq!(events.len(), 1);
}

#[tokio::test]
async fn a_publisher_who_came_while_the_log_could_not_be_written_is_told_of_once_it_can() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let rename = async |from: &str, to: &str| {
        let mut tx = app.app.store.write().await.unwrap();
        let statement = sqlx::AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
        server::store::commit(tx).await.unwrap();
    };
    rename("room_events", "away").await;
    app.app.rooms.open("tea").live(room::LiveChange::On).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    rename("away", "room_events").await;
    let events = stall.events(|events| !events.is_empty()).await;
    assert_eq!(events[0].body, EventBody::PublisherOn);
}
