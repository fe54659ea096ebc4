use protocol::{
    ClientFrame, Command, CommentLikes, Event, EventBody, Gift, GiftCatalogue, GiftFormat, GiftName,
    GiftSent, GiftTier, Role, ServerFrame,
};
use serde_json::{Value, json};
use std::time::Duration;

use crate::support::{Answer, Client, Socket, TestApp};

const COMMANDS: &str = "/api/v1/rooms/tea/commands";
const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg'/>";

fn gift(id: i64, price: u32, asset: &str) -> Gift {
    Gift {
        id,
        name: GiftName { zh_cn: "一盏茶".to_owned(), en: "A cup of tea".to_owned() },
        price,
        tier: GiftTier::Small,
        format: GiftFormat::Image,
        asset: asset.to_owned(),
        icon: String::new(),
        duration_ms: None,
        valid_from: None,
        valid_to: None,
    }
}

async fn upload(client: &Client, body: &str) -> Answer {
    let bearer = format!("Bearer {}", client.token());
    client
        .raw(axum::http::Method::POST, "/api/v1/gifts/assets", &[("authorization", &bearer)], body.to_owned())
        .await
}

async fn put(admin: &Client, gifts: &[Gift]) -> Answer {
    let bearer = format!("Bearer {}", admin.token());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = json!({ "gifts": gifts }).to_string();
    admin.raw(axum::http::Method::PUT, "/api/v1/gifts", &headers, body).await
}

/// The room `tea`, and an admin who has put a free gift and one of 9 coins in force.
async fn shop() -> (TestApp, Client, String) {
    let app = TestApp::init().await;
    app.stall().await;
    let admin = app.user("admin", Role::Admin).await;
    let asset = upload(&admin, DRAWING).await.created().json::<Value>()["asset"].as_str().unwrap().to_owned();
    put(&admin, &[gift(1, 0, &asset), gift(2, 9, &asset)]).await.ok();
    (app, admin, asset)
}

fn send(id: &str, gift: i64, version: u64) -> Value {
    json!({"type": "send_gift", "client_id": id, "gift": gift, "count": 1, "combo": "k", "catalogue_version": version})
}

fn sent(event: &Event) -> Option<&GiftSent> {
    match &event.body {
        EventBody::GiftSent(sent) => Some(sent),
        _ => None,
    }
}

async fn events(client: &Client) -> Vec<Event> {
    client.get("/api/v1/rooms/tea/events?limit=1000").await.ok().json()
}

/// The last number of likes in the log, once it is `total`.
async fn told(client: &Client, total: u64) -> Vec<u64> {
    for _ in 0..100 {
        let events = events(client).await;
        let totals = events.iter().filter_map(|event| match event.body {
            EventBody::Likes { total } => Some(total),
            _ => None,
        });
        let totals: Vec<u64> = totals.collect();
        if totals.last() == Some(&total) {
            return totals;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never {total} likes: {:?}", events(client).await);
}

#[tokio::test]
async fn a_gift_of_one_viewer_reaches_the_other_and_taps_count_together() {
    let (app, _, _) = shop().await;
    let ann = app.viewer().await;
    let address = app.listen().await;
    let mut watching = Socket::open(&address, "").await;
    ann.post(COMMANDS, &send("a", 1, 1)).await.accepted();
    ann.post(COMMANDS, &send("b", 1, 1)).await.accepted();
    let totals =
        [watching.event().await, watching.event().await].map(|event| sent(&event).unwrap().combo_total);
    assert_eq!(totals, [1, 2]);
}

#[tokio::test]
async fn a_gift_sent_again_is_accepted_once_also_after_a_restart() {
    let (app, _, _) = shop().await;
    let ann = app.viewer().await;
    let first = ann.post(COMMANDS, &send("a", 1, 1)).await.accepted();
    let app = app.restart().await;
    let ann = Client { session: ann.session, ..app.guest() };
    assert_eq!(ann.post(COMMANDS, &send("a", 1, 1)).await.accepted().body, first.body);
    assert_eq!(events(&ann).await.iter().filter_map(sent).count(), 1);
}

#[tokio::test]
async fn a_gift_that_is_not_free_is_refused_without_coins() {
    let (app, _, _) = shop().await;
    let ann = app.viewer().await;
    assert_eq!(app.guest().post(COMMANDS, &send("a", 1, 1)).await.problem(), "401 log_in_required");
    assert_eq!(ann.post(COMMANDS, &send("a", 2, 1)).await.problem(), "409 insufficient_funds");
    assert_eq!(ann.post(COMMANDS, &send("a", 3, 1)).await.problem(), "404 unknown_gift");
    assert!(events(&ann).await.is_empty());
}

#[tokio::test]
async fn who_saw_another_price_is_told_the_new_one_and_open_sockets_hear_of_it() {
    let (app, admin, asset) = shop().await;
    let ann = app.viewer().await;
    let address = app.listen().await;
    let mut watching = Socket::open(&address, "").await;
    assert!(matches!(watching.welcome, ServerFrame::Welcome { gifts: 1, .. }));
    let catalogue: GiftCatalogue = put(&admin, &[gift(1, 5, &asset)]).await.ok().json();
    assert_eq!(catalogue.version, 2);
    assert_eq!(watching.frame().await, ServerFrame::Gifts { version: 2 });
    let refused = ann.post(COMMANDS, &send("a", 1, 1)).await;
    assert_eq!(refused.problem(), "409 gifts_changed");
    assert!(refused.body.contains("costs 5 coins in version 2"), "{}", refused.body);
    let again: GiftCatalogue = put(&admin, &[gift(1, 5, &asset)]).await.ok().json();
    assert_eq!(again.version, 2);
    assert_eq!(app.guest().get("/api/v1/gifts").await.ok().json::<GiftCatalogue>(), again);
}

#[tokio::test]
async fn only_the_admin_changes_the_gifts_and_only_to_what_can_be_played() {
    let (app, admin, asset) = shop().await;
    let host = app.user("other", Role::Host).await;
    assert_eq!(put(&host, &[]).await.problem(), "403 admin_required");
    assert_eq!(upload(&host, DRAWING).await.problem(), "403 admin_required");
    assert_eq!(upload(&admin, "<html>").await.problem(), "422 bad_asset");
    assert_eq!(upload(&admin, &"x".repeat(5 << 20)).await.problem(), "413 bad_body");
    let unknown = asset.replace("/gifts/", "/gifts/../");
    for wrong in [
        gift(0, 0, &asset),
        gift(1, 2_000_000, &asset),
        gift(1, 0, &unknown),
        Gift { format: GiftFormat::Svga, ..gift(1, 0, &asset) },
        Gift { duration_ms: Some(60_000), ..gift(1, 0, &asset) },
    ] {
        assert_eq!(put(&admin, &[wrong]).await.problem(), "422 bad_gift");
    }
    assert_eq!(put(&admin, &[gift(1, 0, &asset), gift(1, 0, &asset)]).await.problem(), "422 bad_gift");
    put(&admin, &[]).await.ok();
}

#[tokio::test]
async fn an_asset_is_kept_for_good_and_runs_nothing() {
    let (app, _, asset) = shop().await;
    let answer = app.guest().get(&asset).await.ok();
    assert_eq!((answer.body.as_str(), answer.header("content-type")), (DRAWING, "image/svg+xml"));
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(app.guest().get("/gifts/..%2Flivestall.db").await.problem(), "404 unknown_asset");
}

#[tokio::test]
async fn likes_are_what_was_accepted_also_after_a_restart_and_told_twice_a_second_at_most() {
    let (app, _, _) = shop().await;
    let (ann, ben) = (app.viewer().await, app.viewer().await);
    let like = |count: u32| json!({"type": "like", "count": count});
    let begun = std::time::Instant::now();
    for _ in 0..10 {
        ann.post(COMMANDS, &like(5)).await.accepted();
        ben.post(COMMANDS, &like(6)).await.accepted();
    }
    assert_eq!(ben.post(COMMANDS, &like(1)).await.problem(), "429 slow_down");
    assert_eq!(ann.post(COMMANDS, &like(31)).await.problem(), "422 bad_count");
    assert_eq!(app.guest().post(COMMANDS, &like(1)).await.problem(), "401 log_in_required");
    let totals = told(&ann, 110).await;
    assert!(totals.is_sorted_by(|a, b| a < b), "{totals:?}");
    let most = 2 + 2 * begun.elapsed().as_millis() / 1_000;
    assert!(totals.len() as u128 <= most, "{totals:?}");

    // The server ends before it has told.
    ann.post(COMMANDS, &like(3)).await.accepted();
    let app = app.restart().await;
    let ann = Client { session: ann.session, ..app.guest() };
    ann.post(COMMANDS, &like(4)).await.accepted();
    told(&ann, 117).await;
    let address = app.listen().await;
    let late = Socket::open(&address, "").await;
    assert!(late.snapshot().is_some());
}

#[tokio::test]
async fn a_like_over_the_socket_is_answered_at_once() {
    let (app, _, _) = shop().await;
    let ann = app.viewer().await;
    let address = app.listen().await;
    let mut socket = Socket::open(&address, &format!("?token={}", ann.token())).await;
    socket.send(&ClientFrame::Command { id: 7, command: Command::Like { count: 2 } }).await;
    assert_eq!(socket.frame().await, ServerFrame::Accepted { id: 7, seq: 0 });
    assert_eq!(socket.event().await.body, EventBody::Likes { total: 2 });
}

#[tokio::test]
async fn a_comment_is_liked_once_by_each_and_everybody_hears_how_many_do() {
    let (app, _, _) = shop().await;
    let (ann, ben) = (app.viewer().await, app.viewer().await);
    let said = ann.say("c1", "is it oolong?").await.accepted().json::<serde_json::Value>();
    let comment = said["seq"].as_u64().unwrap();
    let like = |comment: u64| json!({"type": "like_comment", "comment": comment});
    let address = app.listen().await;
    let mut watching = Socket::open(&address, "").await;
    for _ in 0..2 {
        ann.post(COMMANDS, &like(comment)).await.accepted();
        ben.post(COMMANDS, &like(comment)).await.accepted();
    }
    assert_eq!(app.guest().post(COMMANDS, &like(comment)).await.problem(), "401 log_in_required");
    assert_eq!(ben.post(COMMANDS, &like(comment + 900)).await.problem(), "404 unknown_comment");
    let mut likes = 0;
    while likes < 2 {
        let comments = match watching.event().await.body {
            EventBody::CommentsLiked { comments } => comments,
            EventBody::Chat(_) => continue,
            other => panic!("{other:?}"),
        };
        let [told] = comments[..] else { panic!("{comments:?}") };
        assert_eq!(told.comment, comment);
        assert!(told.likes > likes && told.likes <= 2, "{told:?} after {likes}");
        likes = told.likes;
    }
    let event = events(&ann).await.into_iter().rev().find(|event| !matches!(event.body, EventBody::Chat(_)));
    let liked = event.unwrap().seq;
    assert_eq!(ben.post(COMMANDS, &like(liked)).await.problem(), "404 unknown_comment");
    // Who joins later hears it with the comment.
    let mut late = Socket::open(&address, "").await;
    loop {
        if let EventBody::CommentsLiked { comments } = late.event().await.body
            && comments == [CommentLikes { comment, likes: 2 }]
        {
            break;
        }
    }
    let mut db = app.app.store.read().await.unwrap();
    let likes = server::store::comment_likes::of(&mut db, "tea", comment, comment).await.unwrap();
    assert_eq!(likes, [CommentLikes { comment, likes: 2 }]);
}

#[tokio::test]
async fn gifts_are_imported_from_a_file_with_its_assets_beside_it() {
    let (app, _, asset) = shop().await;
    let folder = tempfile::tempdir().unwrap();
    let name = json!({"zh-CN": "莲", "en": "Lotus"});
    let catalogue = json!({"gifts": [
        {"id": 4, "name": name, "price": 0, "tier": "small", "format": "image", "asset": "lotus.svg"},
    ]});
    let file = folder.path().join("gifts.json");
    std::fs::write(&file, catalogue.to_string()).unwrap();
    let missing = server::gifts::import::import(&app.app, &file).await.unwrap_err();
    assert!(format!("{missing:#}").contains("lotus.svg"), "{missing:#}");
    std::fs::write(folder.path().join("lotus.svg"), DRAWING).unwrap();
    let imported = server::gifts::import::import(&app.app, &file).await.unwrap();
    assert_eq!((imported.version, imported.gifts[0].asset.as_str()), (2, asset.as_str()));
}
