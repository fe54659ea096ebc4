use axum::http::Method;
use futures_util::future::join_all;
use protocol::{EventBody, PacketShare, RedPacket, ServerFrame, ServerTime, SharedPacket, Spending};
use serde_json::{Value, json};
use server::{clock, store, wallet};

use crate::support::{Answer, Client, Socket, TestApp};

const PACKETS: &str = "/api/v1/rooms/tea/packets";

async fn send(user: &Client, key: &str, packet: &Value) -> Answer {
    user.post_keyed(PACKETS, key, packet).await
}

fn lucky(coins: i64, shares: i64) -> Value {
    json!({"coins": coins, "shares": shares, "split": "luck", "seconds": 60})
}

async fn grab(user: &Client, packet: &RedPacket) -> Answer {
    user.post(&format!("{PACKETS}/{}/shares", packet.id), &json!({})).await
}

async fn look(user: &Client, packet: &RedPacket) -> SharedPacket {
    user.get(&format!("{PACKETS}/{}", packet.id)).await.ok().json()
}

async fn later(app: &TestApp) -> usize {
    let later = ServerTime(clock::now().0 + 61_000);
    wallet::packets::end_due(&app.app, later).await.unwrap()
}

#[tokio::test]
async fn a_packet_is_charged_before_it_shows_once_at_the_picture_that_its_sender_saw() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let ann = app.rich(100).await;
    let at = clock::now().0 - 2_000;
    let asked = json!({"coins": 60, "shares": 3, "split": "equal", "seconds": 60, "at": at});
    let first = send(&ann, "k", &asked).await.created();
    assert_eq!(send(&ann, "k", &asked).await.created().body, first.body);
    let packet: RedPacket = first.json();
    assert_eq!((packet.coins_left, packet.shares_left, packet.user.id), (60, 3, ann.id()));
    assert_eq!(ann.coins().await, 40);
    let events = stall.events(|events| !events.is_empty()).await;
    assert_eq!((events[0].at.0, &events[0].body), (at, &EventBody::RedPacketSent { packet: packet.clone() }));
    assert_eq!(events.len(), 1);
    assert_eq!(send(&ann, "l", &lucky(41, 3)).await.problem(), "409 insufficient_funds");
    assert_eq!(send(&ann, "m", &lucky(2, 3)).await.problem(), "422 bad_packet");
    let spending: Spending = ann.get("/api/v1/wallet/limits").await.ok().json();
    assert_eq!(spending.spent, 60, "a packet counts as a gift does");
    app.nothing_is_wrong().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_grab_ten_shares_and_ten_have_them_to_the_last_coin() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let ann = app.rich(1_000).await;
    let packet: RedPacket = send(&ann, "k", &lucky(997, 10)).await.created().json();
    let mut crowd = Vec::new();
    for _ in 0..200 {
        crowd.push(app.viewer().await);
    }
    let answers = join_all(crowd.iter().map(|user| grab(user, &packet))).await;
    let mut shares = Vec::new();
    for answer in &answers {
        match answer.status {
            200 => shares.push(answer.json::<PacketShare>()),
            _ => assert_eq!(answer.problem(), "409 packet_gone"),
        }
    }
    assert_eq!((answers.len(), shares.len()), (200, 10));
    assert_eq!(shares.iter().map(|share| share.coins).sum::<i64>(), 997);
    let seen = look(&ann, &packet).await;
    assert!(seen.packet.ended.is_some());
    let by_user = |mut shares: Vec<PacketShare>| {
        shares.sort_by_key(|share| share.user.id);
        shares
    };
    assert_eq!(by_user(seen.taken), by_user(shares.clone()));
    for share in &shares {
        let taker = crowd.iter().find(|user| user.id() == share.user.id).unwrap();
        assert_eq!(taker.coins().await, share.coins);
        assert_eq!(grab(taker, &packet).await.ok().json::<PacketShare>(), *share);
    }
    let finished = EventBody::RedPacketFinished { packet: packet.id, coins_back: 0 };
    let events = stall.events(|events| events.iter().any(|event| event.body == finished)).await;
    let grabbed = |event: &&protocol::Event| matches!(event.body, EventBody::RedPacketGrabbed { .. });
    assert_eq!(events.iter().filter(grabbed).count(), 10);
    assert_eq!(later(&app).await, 0, "a packet that is taken does not end again");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn what_nobody_took_goes_back_when_the_time_is_up_also_after_a_crash() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let (ann, bob) = (app.rich(100).await, app.viewer().await);
    let packet: RedPacket = send(&ann, "k", &lucky(100, 4)).await.created().json();
    let share: PacketShare = grab(&bob, &packet).await.ok().json();
    assert_eq!(later(&app).await, 1);
    let app = app.restart().await;
    let [ann, bob, host] = [ann, bob, stall.host].map(|user| Client { session: user.session, ..app.guest() });
    assert_eq!(later(&app).await, 0);
    assert_eq!((ann.coins().await, bob.coins().await), (100 - share.coins, share.coins));
    assert_eq!(grab(&bob, &packet).await.ok().json::<PacketShare>(), share);
    assert_eq!(grab(&host, &packet).await.problem(), "409 packet_over");
    let stall = crate::support::Stall { host };
    let finished = EventBody::RedPacketFinished { packet: packet.id, coins_back: 100 - share.coins };
    stall.events(|events| events.iter().any(|event| event.body == finished)).await;
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn guests_take_nothing_and_there_is_nothing_in_another_room() {
    let app = TestApp::init().await;
    app.stall().await;
    let ann = app.rich(100).await;
    let packet: RedPacket = send(&ann, "k", &lucky(100, 4)).await.created().json();
    assert_eq!(grab(&app.guest(), &packet).await.problem(), "401 log_in_required");
    assert_eq!(grab(&ann, &RedPacket { id: 1, ..packet.clone() }).await.problem(), "404 unknown_packet");
    let elsewhere = format!("/api/v1/rooms/jade/packets/{}/shares", packet.id);
    assert_eq!(ann.post(&elsewhere, &json!({})).await.problem(), "404 unknown_room");
    let without_key = ann.raw(Method::POST, PACKETS, &[], lucky(1, 1).to_string()).await;
    assert_eq!(without_key.problem(), "401 log_in_required");
    app.nothing_is_wrong().await;
}

#[tokio::test]
async fn a_late_joiner_finds_the_packets_that_are_open() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let ann = app.rich(200).await;
    let packet: RedPacket = send(&ann, "k", &lucky(100, 4)).await.created().json();
    let taken: RedPacket = send(&ann, "l", &lucky(1, 1)).await.created().json();
    grab(&ann, &taken).await.ok();
    let events = stall.events(|events| events.len() == 4).await;
    // As if it all had happened before everybody's picture.
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE room_events SET time = time - 200000").execute(&mut *tx).await.unwrap();
    store::commit(tx).await.unwrap();
    let app = app.restart().await;
    let socket = Socket::open(&app.listen().await, "").await;
    let ServerFrame::Welcome { seq, .. } = &socket.welcome else { panic!("no welcome") };
    assert_eq!(*seq, 4);
    let open = &socket.snapshot().unwrap().packets;
    assert_eq!(
        open.iter().map(|open| (&open.packet, open.at)).collect::<Vec<_>>(),
        [(&packet, events[0].at)]
    );
}

#[tokio::test]
async fn the_audit_finds_a_share_that_was_never_paid_out() {
    let app = TestApp::init().await;
    app.stall().await;
    let ann = app.rich(100).await;
    let packet: RedPacket = send(&ann, "k", &lucky(10, 1)).await.created().json();
    grab(&ann, &packet).await.ok();
    let mut tx = app.app.store.write().await.unwrap();
    sqlx::query("UPDATE red_packet_shares SET coins = 9").execute(&mut *tx).await.unwrap();
    store::commit(tx).await.unwrap();
    let found = server::audit::audit(&app.app.store).await.unwrap().sentences();
    assert_eq!(found.len(), 2, "{found:?}");
}
