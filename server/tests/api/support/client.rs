use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use protocol::{NewOrder, Order, Product, Session};
use serde::Serialize;
use serde_json::json;
use tower::ServiceExt;

use super::{Answer, cny};

/// Somebody who sends requests.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) router: Router,
    pub(crate) session: Option<Session>,
}

impl Client {
    pub(crate) fn new(router: Router, session: Option<Session>) -> Self {
        Self { router, session }
    }

    pub(crate) fn token(&self) -> &str {
        &self.session.as_ref().unwrap().token
    }

    /// A request with these headers, without the session.
    pub(crate) async fn raw(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "shop.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn send(&self, method: Method, path: &str, key: Option<&str>, body: String) -> Answer {
        let bearer = self.session.as_ref().map(|session| format!("Bearer {}", session.token));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        headers.extend(key.map(|key| ("idempotency-key", key)));
        self.raw(method, path, &headers, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, String::new()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, String::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        self.send(Method::POST, path, None, serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        self.send(Method::PUT, path, None, serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &impl Serialize) -> Answer {
        self.send(Method::PATCH, path, None, serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn post_keyed(&self, path: &str, key: &str, body: &impl Serialize) -> Answer {
        self.send(Method::POST, path, Some(key), serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn say(&self, client_id: &str, text: &str) -> Answer {
        let say = json!({"type": "say", "client_id": client_id, "text": text});
        self.post("/api/v1/rooms/tea/commands", &say).await
    }

    /// Orders one of a product at its price.
    pub(crate) async fn order(&self, product: &Product, key: &str) -> Answer {
        self.order_with(product, None, product.price.amount, key).await
    }

    pub(crate) async fn order_with(
        &self,
        product: &Product,
        coupon: Option<i64>,
        total: i64,
        key: &str,
    ) -> Answer {
        let new = NewOrder { product: product.id, quantity: 1, coupon, expected_total: cny(total) };
        self.post_keyed("/api/v1/rooms/tea/orders", key, &new).await
    }

    pub(crate) async fn pay(&self, order: &Order, method: &str, key: &str) -> Answer {
        let path = format!("/api/v1/orders/{}/pay", order.id);
        self.post_keyed(&path, key, &json!({"method": method})).await
    }

    pub(crate) async fn cancel(&self, order: &Order, key: &str) -> Answer {
        self.post_keyed(&format!("/api/v1/orders/{}/cancel", order.id), key, &json!({})).await
    }

    pub(crate) async fn claim(&self, coupon: i64) -> Answer {
        self.post(&format!("/api/v1/rooms/tea/coupons/{coupon}/claims"), &json!({})).await
    }
}
