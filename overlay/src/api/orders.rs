use super::{Api, ApiError, IdempotencyKey};
use protocol::{Checkout, NewQuote, Order, PayOrder, Quote};

impl Api {
    /// What a cart comes to now, with the coupons that are named or else the user's best. Nothing is held by it.
    pub async fn quote(&self, room: &str, cart: &NewQuote) -> Result<Quote, ApiError> {
        self.post(&format!("/rooms/{room}/quotes"), cart, &IdempotencyKey::random()).await
    }

    /// Places an order: stock is held. The same `key` again gives the same order.
    pub async fn place(&self, room: &str, order: &Checkout, key: &IdempotencyKey) -> Result<Order, ApiError> {
        self.post(&format!("/rooms/{room}/orders"), order, key).await
    }

    /// Pays a held order. Refused with 402 `payment_declined`: the order stays held, and may be paid another way
    /// under another `key`.
    pub async fn pay(&self, order: &str, pay: &PayOrder, key: &IdempotencyKey) -> Result<Order, ApiError> {
        self.post(&format!("/orders/{order}/pay"), pay, key).await
    }

    /// Gives a held order up; its stock is back.
    pub async fn cancel(&self, order: &str) -> Result<Order, ApiError> {
        self.post_empty(&format!("/orders/{order}/cancel")).await
    }

    /// One order of the user's own.
    pub async fn order(&self, order: &str) -> Result<Order, ApiError> {
        self.get(&format!("/orders/{order}")).await
    }

    /// The user's own orders, newest first.
    pub async fn my_orders(&self) -> Result<Vec<Order>, ApiError> {
        self.get("/orders").await
    }

    /// The orders of a room (its host), newest first.
    pub async fn room_orders(&self, room: &str) -> Result<Vec<Order>, ApiError> {
        self.get(&format!("/rooms/{room}/orders")).await
    }
}
