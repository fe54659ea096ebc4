use super::{Api, ApiError, IdempotencyKey};
use gloo::net::http::{Method, RequestBuilder, Response};
use protocol::Problem;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::AbortSignal;

/// A phone on a train answers late; longer than this it is gone, and the shopper wants to hear so.
const TIMEOUT_MS: u32 = 15_000;

/// Far above any answer of the server's (a page of 1,000 events is 300 kB).
const ANSWER_BYTES: usize = 4 * 1024 * 1024;

const JSON: &str = "application/json";

impl Api {
    /// `GET /api/v1{path}`.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let (address, response) = self.send(Method::GET, path, None, None).await?;
        parse(address, response).await
    }

    /// `POST /api/v1{path}` with a JSON body.
    pub(super) async fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
        key: &IdempotencyKey,
    ) -> Result<T, ApiError> {
        self.write(Method::POST, path, body, key).await
    }

    /// `PATCH /api/v1{path}` with a JSON body.
    pub(super) async fn patch<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
        key: &IdempotencyKey,
    ) -> Result<T, ApiError> {
        self.write(Method::PATCH, path, body, key).await
    }

    /// Writes by `method` to `/api/v1{path}` with a JSON body.
    pub(super) async fn write<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
        key: &IdempotencyKey,
    ) -> Result<T, ApiError> {
        let body = serde_json::to_string(body).map_err(|e| ApiError::Unexpected {
            address: path.to_owned(),
            status: 0,
            cause: e.to_string(),
        })?;
        let (address, response) = self.send(method, path, Some((JSON, body)), Some(key)).await?;
        parse(address, response).await
    }

    /// Writes by `method` to `/api/v1{path}` with a text of any format.
    pub(super) async fn write_text<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        text: String,
        key: &IdempotencyKey,
    ) -> Result<T, ApiError> {
        let body = ("text/plain;charset=utf-8", text);
        let (address, response) = self.send(method, path, Some(body), Some(key)).await?;
        parse(address, response).await
    }

    /// `POST /api/v1{path}` with a new key and without a body.
    pub(super) async fn post_empty<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.post(path, &serde_json::Map::new(), &IdempotencyKey::random()).await
    }

    /// `POST /api/v1{path}` with a new key and a JSON body, whatever it answers.
    pub(super) async fn post_unanswered<B: Serialize>(&self, path: &str, body: &B) -> Result<(), ApiError> {
        // Plain types of ours always encode.
        let body = serde_json::to_string(body).unwrap_or_default();
        self.send(Method::POST, path, Some((JSON, body)), Some(&IdempotencyKey::random())).await.map(drop)
    }

    /// `DELETE /api/v1{path}`, whatever it answers.
    pub(super) async fn delete(&self, path: &str) -> Result<(), ApiError> {
        self.send(Method::DELETE, path, None, Some(&IdempotencyKey::random())).await.map(drop)
    }

    /// Sends a body of some type, if there is one, and turns every refusal into an error.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, String)>,
        key: Option<&IdempotencyKey>,
    ) -> Result<(String, Response), ApiError> {
        let address = format!("{}/api/v1{path}", self.server);
        let unreachable =
            |e: gloo::net::Error| ApiError::Unreachable { address: address.clone(), cause: e.to_string() };
        let mut request = RequestBuilder::new(&address)
            .method(method)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
            .header("accept", "application/json");
        if let Some(token) = self.token() {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key.as_str());
        }
        let response = match body {
            Some((kind, body)) => {
                let request = request.header("content-type", kind).body(body);
                request.map_err(&unreachable)?.send().await
            }
            None => request.send().await,
        };
        let response = response.map_err(&unreachable)?;
        if response.ok() { Ok((address, response)) } else { Err(refusal(address, &response).await) }
    }
}

async fn parse<T: DeserializeOwned>(address: String, response: Response) -> Result<T, ApiError> {
    let status = response.status();
    let text = response
        .text()
        .await
        .map_err(|e| ApiError::Unreachable { address: address.clone(), cause: e.to_string() })?;
    let unexpected = |cause: String| ApiError::Unexpected { address: address.clone(), status, cause };
    if text.len() > ANSWER_BYTES {
        return Err(unexpected(format!("expected at most {ANSWER_BYTES} bytes, found {}", text.len())));
    }
    serde_json::from_str(&text).map_err(|e| unexpected(e.to_string()))
}

async fn refusal(address: String, response: &Response) -> ApiError {
    let status = response.status();
    let text = response.text().await.unwrap_or_default();
    serde_json::from_str::<Problem>(&text).map_or_else(
        |_| ApiError::Unexpected { address, status, cause: "expected problem details".to_owned() },
        ApiError::Refused,
    )
}
