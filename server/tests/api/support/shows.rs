use ::room::LiveChange;
use axum::http::Method;
use protocol::{Gift, GiftFormat, GiftName, GiftTier, Role, RoomStatus};
use serde_json::{Value, json};
use server::store;

use super::{Answer, Client, Stall, TestApp};

/// Coins for one of the gift that the tests send.
pub(crate) const PRICE: u32 = 9;

impl TestApp {
    /// The room `tea`, where gift 2 costs [`PRICE`].
    pub(crate) async fn with_gifts(&self) -> Stall {
        let stall = self.stall().await;
        let gift = Gift {
            id: 2,
            name: GiftName { zh_cn: "一盏茶".to_owned(), en: "A cup of tea".to_owned() },
            price: PRICE,
            tier: GiftTier::Small,
            format: GiftFormat::Image,
            asset: String::new(),
            icon: String::new(),
            duration_ms: None,
            valid_from: None,
            valid_to: None,
        };
        let admin = self.user("admin", Role::Admin).await;
        let bearer = format!("Bearer {}", admin.token());
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned();
        let headers = [("authorization", bearer.as_str())];
        let asset = admin.raw(Method::POST, "/api/v1/gifts/assets", &headers, drawing).await.created();
        let asset = asset.json::<Value>()["asset"].as_str().unwrap().to_owned();
        admin.put("/api/v1/gifts", &json!({"gifts": [Gift { asset, ..gift }]})).await.ok();
        stall
    }

    /// A publisher comes to the room `tea`.
    pub(crate) async fn begin_show(&self) {
        self.app.rooms.open("tea").live(LiveChange::On).await;
        let mut db = self.app.store.read().await.unwrap();
        while store::log::status(&mut db, "tea").await.unwrap() != RoomStatus::Live {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

impl Client {
    /// Sends so many of the gift to the room `tea`.
    pub(crate) async fn give(&self, client_id: &str, count: u32) -> Answer {
        let command = json!({"type": "send_gift", "client_id": client_id, "gift": 2, "count": count,
            "combo": "k", "catalogue_version": 1});
        self.post("/api/v1/rooms/tea/commands", &command).await
    }
}
