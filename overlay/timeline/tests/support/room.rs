//! What the tests of this folder make rooms of.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its share")]

use protocol::{
    ChatMessage, Coupon, Currency, DanmakuMode, Event, EventBody, Money, OrderToast, PacketSplit, Product,
    RedPacket, Role, ServerTime, StreamTime, User,
};
use timeline::{Stage, Timeline};

pub const STAGE: Stage = Stage { width: 800.0, rows: 4, duration_ms: 8_000, gap: 20.0 };

/// 20 px a character.
pub fn timeline() -> Timeline {
    Timeline::new(STAGE, |comment| 20.0 * comment.text.chars().count() as f64)
}

pub fn at(millis: i64) -> StreamTime {
    StreamTime(millis)
}

pub fn event(seq: u64, at: i64, body: EventBody) -> Event {
    Event { seq, time: ServerTime(at), at: StreamTime(at), body }
}

pub fn said(user: i64, text: &str, mode: DanmakuMode) -> EventBody {
    let role = if user == 0 { Role::Host } else { Role::Viewer };
    let user = User { id: user, name: format!("u{user}"), role };
    let (text, client_id) = (text.to_owned(), String::new());
    EventBody::Chat(ChatMessage { user, text, client_id, mode, color: 0xff_ffff })
}

pub fn chat(user: i64, text: &str) -> EventBody {
    said(user, text, DanmakuMode::Scroll)
}

pub fn product(id: i64, stock: i64) -> Product {
    Product::plain(id, format!("p{id}"), Money::new(5_900, Currency::CNY), stock)
}

pub fn coupon(id: i64, remaining: i64) -> Coupon {
    let (amount_off, min_spend) = (Money::new(500, Currency::CNY), Money::new(0, Currency::CNY));
    Coupon { remaining, ..Coupon::plain(id, format!("c{id}"), amount_off, min_spend, 100) }
}

pub fn packet(id: i64, shares_left: i64) -> RedPacket {
    RedPacket {
        id,
        user: User { id: 1, name: "mei".to_owned(), role: Role::Viewer },
        split: PacketSplit::Luck,
        coins: 100,
        shares: 10,
        coins_left: 100,
        shares_left,
        created: ServerTime(0),
        expires: ServerTime(60_000),
        ended: None,
    }
}

pub fn toast(buyer: &str) -> EventBody {
    let (buyer, title) = (buyer.to_owned(), "tea".to_owned());
    EventBody::OrderPaid(OrderToast { buyer, product: 7, title, quantity: 1 })
}
