//! The golden JSON of `vectors/`: what it says is what the types read, and what they write is what it says. A change
//! here is a change for every client.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

use protocol::{
    ApiKey, ClientFrame, Command, CouponClaim, DanmakuMode, Event, GiftCatalogue, Hook, HookDelivery,
    Leaderboard, NewOrder, NewProduct, NewRedPacket, Order, Problem, Product, ProductChange, Recharge,
    Report, Room, RoomWithKey, Sales, Say, ServerFrame, Session, SharedPacket, Show, Wallet, Withdrawal,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn both_ways<T: Serialize + DeserializeOwned>(golden: &str) {
    let golden: Vec<Value> = serde_json::from_str(golden).unwrap();
    assert!(!golden.is_empty());
    for value in golden {
        let read: T =
            serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"));
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

macro_rules! golden {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                both_ways::<$type>(include_str!(concat!("../vectors/", stringify!($name), ".json")));
            }
        )*
    };
}

golden! {
    api_keys: ApiKey,
    client_frames: ClientFrame,
    commands: Command,
    coupon_claims: CouponClaim,
    events: Event,
    gift_catalogues: GiftCatalogue,
    hook_deliveries: HookDelivery,
    hooks: Hook,
    leaderboards: Leaderboard,
    new_orders: NewOrder,
    new_red_packets: NewRedPacket,
    orders: Order,
    problems: Problem,
    product_changes: ProductChange,
    products: Product,
    reports: Report,
    recharges: Recharge,
    rooms: Room,
    rooms_with_key: RoomWithKey,
    server_frames: ServerFrame,
    sales: Sales,
    sessions: Session,
    shared_packets: SharedPacket,
    shows: Show,
    wallets: Wallet,
    withdrawals: Withdrawal,
}

#[test]
fn what_a_client_leaves_out_has_its_default() {
    let say: Command =
        serde_json::from_value(json!({"type": "say", "client_id": "1", "text": "hi"})).unwrap();
    let mode = DanmakuMode::Scroll;
    let expected = Say { client_id: "1".to_owned(), text: "hi".to_owned(), at: None, mode, color: None };
    assert_eq!(say, Command::Say(expected));
    let pin: Command = serde_json::from_value(json!({"type": "pin_product", "product": 7})).unwrap();
    assert_eq!(pin, Command::PinProduct { product: 7, at: None });
    let price = json!({"amount": 1, "currency": "JPY"});
    let product: NewProduct =
        serde_json::from_value(json!({"title": "Tea", "price": price, "stock": 1})).unwrap();
    assert_eq!((product.description.as_str(), product.image.as_str(), product.compare_at), ("", "", None));
}

#[test]
fn what_nobody_knows_yet_is_passed_over() {
    let later = json!({"frame": "ping", "id": 1, "from_the_future": true});
    assert_eq!(serde_json::from_value::<ClientFrame>(later).unwrap(), ClientFrame::Ping { id: 1 });
}
