use super::{Api, ApiError, IdempotencyKey};
use protocol::{
    ClaimCode, Command, Coupon, CouponClaim, Event, GiftCatalogue, NewCoupon, NewProduct, NewReport, NewRoom,
    Product, ProductChange, Room, RoomWithKey, Show,
};
use serde::Deserialize;

/// Answer to a command: where its event is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Accepted {
    seq: u64,
}

impl Api {
    /// Every room.
    pub async fn rooms(&self) -> Result<Vec<Room>, ApiError> {
        self.get("/rooms").await
    }

    /// One room.
    pub async fn room(&self, room: &str) -> Result<Room, ApiError> {
        self.get(&format!("/rooms/{room}")).await
    }

    /// Makes a room (hosts).
    pub async fn create_room(&self, room: &NewRoom) -> Result<RoomWithKey, ApiError> {
        self.post("/rooms", room, &IdempotencyKey::random()).await
    }

    /// The room with its stream key (its host).
    pub async fn room_key(&self, room: &str) -> Result<RoomWithKey, ApiError> {
        self.get(&format!("/rooms/{room}/key")).await
    }

    /// Gives the room another stream key; the old one is worth nothing from then on (its host).
    pub async fn rotate_key(&self, room: &str) -> Result<RoomWithKey, ApiError> {
        self.post_empty(&format!("/rooms/{room}/key")).await
    }

    /// What is on sale in a room, with price and stock as of now.
    pub async fn products(&self, room: &str) -> Result<Vec<Product>, ApiError> {
        self.get(&format!("/rooms/{room}/products")).await
    }

    /// Puts a product on sale (the room's host).
    pub async fn create_product(&self, room: &str, product: &NewProduct) -> Result<Product, ApiError> {
        self.post(&format!("/rooms/{room}/products"), product, &IdempotencyKey::random()).await
    }

    /// Changes a product on sale (the room's host).
    pub async fn change_product(
        &self,
        room: &str,
        product: i64,
        change: &ProductChange,
    ) -> Result<Product, ApiError> {
        self.patch(&format!("/rooms/{room}/products/{product}"), change, &IdempotencyKey::random()).await
    }

    /// The room's coupons: all for its host, the released ones for others.
    pub async fn coupons(&self, room: &str) -> Result<Vec<Coupon>, ApiError> {
        self.get(&format!("/rooms/{room}/coupons")).await
    }

    /// Makes a coupon, to be released later (the room's host).
    pub async fn create_coupon(&self, room: &str, coupon: &NewCoupon) -> Result<Coupon, ApiError> {
        self.post(&format!("/rooms/{room}/coupons"), coupon, &IdempotencyKey::random()).await
    }

    /// Claims a coupon; the same claim again when there is one already.
    pub async fn claim(&self, room: &str, coupon: i64) -> Result<CouponClaim, ApiError> {
        self.post_empty(&format!("/rooms/{room}/coupons/{coupon}/claims")).await
    }

    /// Claims the coupon of a code, whether it is out or not.
    pub async fn claim_code(&self, room: &str, code: &ClaimCode) -> Result<CouponClaim, ApiError> {
        self.post(&format!("/rooms/{room}/claims"), code, &IdempotencyKey::random()).await
    }

    /// The coupons of the room that the user holds.
    pub async fn claims(&self, room: &str) -> Result<Vec<CouponClaim>, ApiError> {
        self.get(&format!("/rooms/{room}/claims")).await
    }

    /// The gifts that can be sent.
    pub async fn gifts(&self) -> Result<GiftCatalogue, ApiError> {
        self.get("/gifts").await
    }

    /// Gives a command without a socket; answers its event's number in the log.
    pub async fn command(&self, room: &str, command: &Command) -> Result<u64, ApiError> {
        let accepted: Accepted =
            self.post(&format!("/rooms/{room}/commands"), command, &IdempotencyKey::random()).await?;
        Ok(accepted.seq)
    }

    /// Tells the room's host that the comment `seq` should not be.
    pub async fn report(&self, room: &str, seq: u64) -> Result<(), ApiError> {
        let report = NewReport { seq, reason: String::new() };
        self.post_unanswered(&format!("/rooms/{room}/reports"), &report).await
    }

    /// The room's shows, the newest first.
    pub async fn shows(&self, room: &str) -> Result<Vec<Show>, ApiError> {
        self.get(&format!("/rooms/{room}/shows")).await
    }

    /// Up to `limit` events of a show's log after number `after`.
    pub async fn show_events(
        &self,
        room: &str,
        show: u64,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Event>, ApiError> {
        self.get(&format!("/rooms/{room}/shows/{show}/events?after={after}&limit={limit}")).await
    }

    /// Up to `limit` events of the room's log after number `after`.
    pub async fn events(&self, room: &str, after: u64, limit: u32) -> Result<Vec<Event>, ApiError> {
        self.get(&format!("/rooms/{room}/events?after={after}&limit={limit}")).await
    }
}
