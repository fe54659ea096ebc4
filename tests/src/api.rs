//! The HTTP API as a client sees it: one method a call, typed answers, a refusal as its [`Problem`].

use anyhow::{Context, Result, anyhow};
use protocol::{
    Command, Coupon, CouponClaim, Event, NewCoupon, NewOrder, NewProduct, NewRoom, Order, PayOrder, Problem,
    Product, Room, RoomWithKey, Session,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// The password of every test user.
pub const PASSWORD: &str = "correct horse battery";

/// A client of one server, as a guest or as a user.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    origin: String,
    token: Option<String>,
}

impl Api {
    /// A guest of the server at `origin`.
    pub fn new(origin: &str) -> Result<Self> {
        let client = Client::builder().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { client, origin: origin.to_owned(), token: None })
    }

    /// The same server with this bearer token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The bearer token, for a user.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// A request with our token and, when it writes, a fresh idempotency key.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let writes = method != Method::GET;
        let mut request = self.client.request(method, format!("{}{path}", self.origin));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if writes { request.header("Idempotency-Key", fresh_key()) } else { request }
    }

    /// GETs JSON.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        read(self.request(Method::GET, path).send().await?).await
    }

    /// POSTs JSON and reads JSON.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        read(self.request(Method::POST, path).json(body).send().await?).await
    }

    /// POSTs JSON that should be refused; answers why.
    pub async fn refused(&self, path: &str, body: &impl Serialize) -> Result<(StatusCode, Problem)> {
        problem(self.request(Method::POST, path).json(body).send().await?).await
    }

    /// Registers a viewer, who is then logged in.
    pub async fn register(&self, name: &str) -> Result<Self> {
        let session: Session =
            self.post("/api/v1/users", &json!({"name": name, "password": PASSWORD})).await?;
        Ok(self.with_token(&session.token))
    }

    /// Logs a user in.
    pub async fn log_in(&self, name: &str) -> Result<Self> {
        let session: Session =
            self.post("/api/v1/session", &json!({"name": name, "password": PASSWORD})).await?;
        Ok(self.with_token(&session.token))
    }

    /// Makes a room (hosts only).
    pub async fn new_room(&self, room: &NewRoom) -> Result<RoomWithKey> {
        self.post("/api/v1/rooms", room).await
    }

    /// The room as everybody sees it.
    pub async fn room(&self, room: &str) -> Result<Room> {
        self.get(&format!("/api/v1/rooms/{room}")).await
    }

    /// Puts a product on sale.
    pub async fn new_product(&self, room: &str, product: &NewProduct) -> Result<Product> {
        self.post(&format!("/api/v1/rooms/{room}/products"), product).await
    }

    /// All that is on sale.
    pub async fn products(&self, room: &str) -> Result<Vec<Product>> {
        self.get(&format!("/api/v1/rooms/{room}/products")).await
    }

    /// Makes a coupon, not yet released.
    pub async fn new_coupon(&self, room: &str, coupon: &NewCoupon) -> Result<Coupon> {
        self.post(&format!("/api/v1/rooms/{room}/coupons"), coupon).await
    }

    /// Claims a released coupon.
    pub async fn claim(&self, room: &str, coupon: i64) -> Result<CouponClaim> {
        self.post(&format!("/api/v1/rooms/{room}/coupons/{coupon}/claims"), &json!({})).await
    }

    /// Gives the room a command; answers its event's number.
    pub async fn command(&self, room: &str, command: &Command) -> Result<u64> {
        let answer: Value = self.post(&format!("/api/v1/rooms/{room}/commands"), command).await?;
        answer["seq"].as_u64().with_context(|| format!("expected a `seq`, found {answer}"))
    }

    /// The log after `after`.
    pub async fn events(&self, room: &str, after: u64) -> Result<Vec<Event>> {
        self.get(&format!("/api/v1/rooms/{room}/events?after={after}&limit=1000")).await
    }

    /// Places an order under an idempotency key of the caller's.
    pub async fn order(&self, room: &str, order: &NewOrder, key: &str) -> Result<Order> {
        let path = format!("{}/api/v1/rooms/{room}/orders", self.origin);
        let request = self.client.post(path).bearer_auth(self.token.as_deref().unwrap_or_default());
        read(request.header("Idempotency-Key", key).json(order).send().await?).await
    }

    /// Pays an order under an idempotency key of the caller's.
    pub async fn pay(&self, order: &str, method: &str, key: &str) -> Result<Order> {
        let path = format!("{}/api/v1/orders/{order}/pay", self.origin);
        let request = self.client.post(path).bearer_auth(self.token.as_deref().unwrap_or_default());
        let body = PayOrder { method: method.to_owned() };
        read(request.header("Idempotency-Key", key).json(&body).send().await?).await
    }

    /// POSTs JSON under an idempotency key of the caller's; answers the status and the body, whatever they are. An error
    /// is that there was no answer.
    pub async fn keyed(&self, path: &str, key: &str, body: &impl Serialize) -> Result<(StatusCode, String)> {
        let path = format!("{}{path}", self.origin);
        let request = self.client.post(path).bearer_auth(self.token.as_deref().unwrap_or_default());
        let answer = request.header("Idempotency-Key", key).json(body).send().await?;
        Ok((answer.status(), answer.text().await?))
    }

    /// The user's own orders.
    pub async fn orders(&self) -> Result<Vec<Order>> {
        self.get("/api/v1/orders").await
    }

    /// Every order of a room (its host only).
    pub async fn room_orders(&self, room: &str) -> Result<Vec<Order>> {
        self.get(&format!("/api/v1/rooms/{room}/orders")).await
    }
}

/// A key that no other call of this process uses.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The JSON of an answer; a refusal becomes an error that quotes it.
async fn read<T: DeserializeOwned>(answer: Response) -> Result<T> {
    let (status, url) = (answer.status(), answer.url().path().to_owned());
    let body = answer.text().await?;
    if !status.is_success() {
        return Err(anyhow!("{url}: {status}: {body}"));
    }
    serde_json::from_str(&body).with_context(|| format!("{url}: unexpected answer: {body}"))
}

/// The problem details of a refusal; anything else is an error.
pub async fn problem(answer: Response) -> Result<(StatusCode, Problem)> {
    let status = answer.status();
    let kind =
        answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("").to_owned();
    let body = answer.text().await?;
    if status.is_success() || !kind.starts_with("application/problem+json") {
        return Err(anyhow!("expected problem details, found {status} {kind}: {body}"));
    }
    Ok((status, serde_json::from_str(&body).with_context(|| format!("unexpected problem details: {body}"))?))
}
