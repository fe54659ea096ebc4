//! The server is killed with SIGKILL, over and over, while people send gifts, grab red packets, claim, buy, give up and are
//! paid back. After each restart what was acknowledged holds, what nobody knows is found out by asking again under the same
//! key, every wallet has the coins that follow from it, and the audit finds nothing.
//!
//! `LIVESTALL_CRASH_ROUNDS=100` for more rounds than the suite's.

mod deed;
mod person;

use anyhow::{Context, Result, ensure};
use deed::{Deed, Known};
use person::Person;
use protocol::{Event, EventBody, Order, OrderStatus, SharedPacket};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::{
    api::{Api, PASSWORD},
    server::Server,
};
use tokio::task::JoinSet;

const ROOM: &str = "tea";
const PEOPLE: usize = 8;
/// What one gift costs, and what a red packet holds, in coins.
const GIFT: i64 = 5;
const PACKET: i64 = 30;
/// What the product costs, in fen, and how many there are: fewer than are wanted in many rounds.
const PRICE: i64 = 1_000;
const STOCK: i64 = 500;
/// Why somebody may be refused.
const FAIR: [&str; 5] = ["packet_gone", "slow_down", "too_many_packets", "insufficient_funds", "sold_out"];

/// Orders that a list is sure to have.
const LISTED: usize = 100;

/// Numbers of the packets that somebody was told of.
type Board = Arc<Mutex<Vec<i64>>>;

/// What is on sale.
#[derive(Debug, Clone, Copy)]
struct Shelf {
    product: i64,
    coupon: i64,
}

/// The whole log of the room.
async fn log(api: &Api) -> Result<Vec<Event>> {
    let mut all: Vec<Event> = Vec::new();
    loop {
        let more = api.events(ROOM, all.last().map_or(0, |event| event.seq)).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}

/// Every gift of the log, once, is one that was acknowledged, and the other way round.
async fn check_gifts(guest: &Api, people: &[Person]) -> Result<()> {
    let mut shown = Vec::new();
    for event in log(guest).await? {
        if let EventBody::GiftSent(sent) = event.body {
            shown.push((sent.user.id, sent.client_id));
        }
    }
    let once: BTreeSet<_> = shown.iter().cloned().collect();
    ensure!(once.len() == shown.len(), "a gift is shown twice");
    let mut acknowledged = BTreeSet::new();
    for person in people {
        for (deed, known) in &person.deeds {
            if let (Deed::Gift { client_id }, Known::Done) = (deed, known) {
                acknowledged.insert((person.user, client_id.clone()));
            }
        }
    }
    ensure!(once == acknowledged, "shown {} gifts, acknowledged {}", once.len(), acknowledged.len());
    Ok(())
}

/// Every packet adds up, and has the shares that were acknowledged.
async fn check_packets(guest: &Api, people: &[Person]) -> Result<()> {
    let mut packets: BTreeMap<i64, SharedPacket> = BTreeMap::new();
    for person in people {
        for (deed, known) in &person.deeds {
            let packet = match (deed, known) {
                (_, Known::Packet(packet)) | (Deed::Grab { packet }, Known::Share(_)) => *packet,
                _ => continue,
            };
            if let Entry::Vacant(unseen) = packets.entry(packet) {
                let path = format!("/api/v1/rooms/{ROOM}/packets/{packet}");
                unseen.insert(guest.get(&path).await.context("a packet is lost")?);
            }
            let seen = packets.get(&packet).context("a packet is lost")?;
            let taken: i64 = seen.taken.iter().map(|share| share.coins).sum();
            ensure!(taken + seen.packet.coins_left == PACKET, "packet {packet} does not add up");
            if let Known::Share(coins) = known {
                let own = seen.taken.iter().filter(|share| share.user.id == person.user);
                let own: Vec<_> = own.map(|share| share.coins).collect();
                ensure!(own == [*coins], "{} was told of {coins}, the packet says {own:?}", person.user);
            }
        }
    }
    Ok(())
}

/// Every order that was acknowledged stands where that left it.
async fn check_orders(person: &Person) -> Result<()> {
    let mut expected: BTreeMap<&str, OrderStatus> = BTreeMap::new();
    for (deed, known) in &person.deeds {
        match (deed, known) {
            (_, Known::Order(order)) => _ = expected.insert(order, OrderStatus::Held),
            (Deed::Pay { order, .. }, Known::Done) => _ = expected.insert(order, OrderStatus::Paid),
            (Deed::Cancel { order, .. }, Known::Done) => _ = expected.insert(order, OrderStatus::Cancelled),
            (Deed::Refund { order, .. }, Known::Done) => _ = expected.insert(order, OrderStatus::Refunded),
            _ => {}
        }
    }
    // The list has the newest; the audit looks at all.
    let orders: Vec<Order> = person.api.orders().await?;
    for order in &orders {
        let expected =
            expected.get(order.id.as_str()).with_context(|| format!("{} came of nothing", order.id))?;
        ensure!(order.status == *expected, "{} is {:?}, should be {expected:?}", order.id, order.status);
    }
    ensure!(
        expected.len() > LISTED || orders.len() == expected.len(),
        "{} orders of {}",
        orders.len(),
        expected.len()
    );
    let claims: Vec<Value> = person.api.get(&format!("/api/v1/rooms/{ROOM}/claims")).await?;
    let claimed = person.deeds.iter().any(|deed| matches!(deed, (Deed::Claim { .. }, Known::Done)));
    ensure!(claims.len() == usize::from(claimed), "{} claims, acknowledged: {claimed}", claims.len());
    Ok(())
}

/// What was acknowledged is there, and nothing else.
async fn check(server: &Server, people: &[Person]) -> Result<()> {
    let guest = server.api()?;
    check_gifts(&guest, people).await?;
    check_packets(&guest, people).await?;
    for person in people {
        check_orders(person).await?;
        let (coins, expected) = (person.coins().await?, person.expected());
        ensure!(coins == expected, "{} has {coins} coins, should have {expected}", person.user);
    }
    server.admin(&["audit"]).await.context("the audit found something")?;
    Ok(())
}

/// A server with a room, a gift, things on sale and people with coins.
async fn prepare() -> Result<(Server, Shelf, Vec<Person>)> {
    let server = Server::start().await?;
    server.admin(&["user", "create", "root", "--role", "admin", "--password", PASSWORD]).await?;
    let root = server.api()?.log_in("root").await?;
    let room = json!({"id": ROOM, "title": "Autumn tea", "cover": ""});
    let _: Value = root.post("/api/v1/rooms", &room).await?;
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    let kept = root.request(Method::POST, "/api/v1/gifts/assets").body(drawing).send().await?;
    let kept: Value = kept.error_for_status()?.json().await?;
    let gift = json!({"id": 1, "name": {"zh-CN": "茶", "en": "Tea"}, "price": GIFT, "tier": "small",
        "format": "image", "asset": kept["asset"]});
    let put = root.request(Method::PUT, "/api/v1/gifts").json(&json!({"gifts": [gift]})).send().await?;
    ensure!(put.status() == StatusCode::OK, "gifts: {}", put.text().await?);
    let money = |amount: i64| json!({"amount": amount, "currency": "CNY"});
    let tea = json!({"title": "Longjing", "price": money(PRICE), "stock": STOCK});
    let tea: Value = root.post(&format!("/api/v1/rooms/{ROOM}/products"), &tea).await?;
    let off = json!({"title": "Off", "amount_off": money(1), "min_spend": money(0), "total": PEOPLE});
    let off: Value = root.post(&format!("/api/v1/rooms/{ROOM}/coupons"), &off).await?;
    let release = json!({"type": "release_coupon", "coupon": off["id"]});
    let _: Value = root.post(&format!("/api/v1/rooms/{ROOM}/commands"), &release).await?;
    let [product, coupon] = [&tea, &off].map(|made| made["id"].as_i64().unwrap_or(0));
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        people.push(Person::join(&server, &root, format!("person{number}")).await?);
    }
    Ok((server, Shelf { product, coupon }, people))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_acknowledged_holds_however_often_the_server_is_killed() -> Result<()> {
    let rounds = std::env::var("LIVESTALL_CRASH_ROUNDS").ok().map(|text| text.parse::<u64>()).transpose()?;
    let (mut server, shelf, mut people) = prepare().await?;
    let board = Board::default();
    for round in 0..rounds.unwrap_or(10) {
        let mut running = JoinSet::new();
        for person in people.drain(..) {
            running.spawn(person.go(Arc::clone(&board), shelf));
        }
        // At another moment each time.
        tokio::time::sleep(Duration::from_millis(100 + round * 37 % 300)).await;
        server.kill().await?;
        people = running.join_all().await;
        server.restart().await?;
        for person in &mut people {
            person.resolve().await.with_context(|| format!("round {round}"))?;
        }
        check(&server, &people).await.with_context(|| format!("round {round}"))?;
    }
    let deeds = || people.iter().flat_map(|person| &person.deeds);
    let did = |what: fn(&(Deed, Known)) -> bool| deeds().filter(|deed| what(deed)).count();
    let done = [
        did(|deed| matches!(deed, (Deed::Gift { .. }, Known::Done))),
        did(|deed| matches!(deed, (_, Known::Share(_)))),
        did(|deed| matches!(deed, (Deed::Pay { .. }, Known::Done))),
        did(|deed| matches!(deed, (Deed::Cancel { .. }, Known::Done))),
        did(|deed| matches!(deed, (Deed::Refund { .. }, Known::Done))),
    ];
    ensure!(
        done.iter().all(|count| *count > 3),
        "too little happened: {done:?} gifts, shares, paid, cancelled, paid back"
    );
    println!("{done:?} gifts, shares, orders paid, cancelled and paid back held");
    let is_unfair =
        |known: &Known| matches!(known, Known::Refused(why) if !FAIR.iter().any(|code| why.contains(code)));
    let unfair = deeds().find(|(_, known)| is_unfair(known));
    ensure!(unfair.is_none(), "refused for no good reason: {unfair:?}");
    Ok(())
}
