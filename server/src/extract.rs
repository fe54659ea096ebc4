//! What handlers take from a request. Refusals are problems, whatever part of the request they are about.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use protocol::LIMITS;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::convert::Infallible;

use crate::auth::{Host, Viewer};
use crate::error::ApiError;
use crate::state::App;
use crate::store::rooms::RoomRow;

/// A JSON body, both ways.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let body = whole(body).await?;
        if holds_nul(&body) {
            return Err(ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_body",
                "a text holds the character U+0000, expected none",
            ));
        }
        let request = Request::from_parts(parts, Body::from(body));
        let axum::Json(value) = axum::Json::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// Whether a text of this JSON holds U+0000, which no text means and PostgreSQL cannot keep. As it is by itself, it is no
/// JSON.
fn holds_nul(json: &[u8]) -> bool {
    const NUL: &[u8] = b"u0000";
    let mut escaped = false;
    json.iter().enumerate().any(|(at, byte)| {
        let begins = escaped && json.get(at..).is_some_and(|rest| rest.starts_with(NUL));
        escaped = *byte == b'\\' && !escaped;
        begins
    })
}

/// A body of at most [`LIMITS`]`.body_bytes`. One that is longer is read on for a while and thrown away: were the
/// connection closed with bytes on their way, the client would see it break, and not our answer.
async fn whole(body: Body) -> Result<Bytes, ApiError> {
    let (mut kept, mut length) = (BytesMut::new(), 0_usize);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            ApiError::new(StatusCode::BAD_REQUEST, "bad_body", "the body ended before its time")
        })?;
        length = length.saturating_add(chunk.len());
        if length <= LIMITS.body_bytes {
            kept.extend_from_slice(&chunk);
        } else if length > DRAINED {
            break;
        }
    }
    if length > LIMITS.body_bytes {
        let detail = format!("expected a body of at most {} bytes", LIMITS.body_bytes);
        return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
    }
    Ok(kept.freeze())
}

/// How much of a body that is too long is read before the connection is given up: what a client has in its buffers.
const DRAINED: usize = 16 * LIMITS.body_bytes;

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(pub T);

/// The query.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub struct Query<T>(pub T);

/// The room that the path names.
pub struct InRoom(pub RoomRow);

#[derive(Deserialize)]
struct RoomPath {
    room: String,
}

impl FromRequestParts<App> for InRoom {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Path(RoomPath { room }) = Path::from_request_parts(parts, app).await?;
        let found = app.store.room(&room).await?;
        found.map(Self).ok_or_else(|| ApiError::unknown("unknown_room", "there is no room of this name"))
    }
}

/// The room that the path names, asked about by its own host or an admin.
pub struct OwnRoom {
    /// The room.
    pub room: RoomRow,
    /// Who asks.
    pub host: Viewer,
}

impl FromRequestParts<App> for OwnRoom {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Host(host) = Host::from_request_parts(parts, app).await?;
        let InRoom(room) = InRoom::from_request_parts(parts, app).await?;
        if host.owns(&room) { Ok(Self { room, host }) } else { Err(room::Refusal::NotHost.into()) }
    }
}

/// The host by which the client reached the server, without the port.
pub struct AskedHost(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for AskedHost {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let said = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        let authority = said.and_then(|text| text.parse::<Authority>().ok());
        Ok(Self(authority.map(|authority| authority.host().to_owned()).filter(|host| !host.is_empty())))
    }
}

/// `Idempotency-Key`, if there is one.
pub struct MaybeKey(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for MaybeKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let good = |key: &&str| (1..=LIMITS.idempotency_key_chars).contains(&key.len());
        match value.to_str().ok().filter(good) {
            Some(key) => Ok(Self(Some(key.to_owned()))),
            None => Err(ApiError::new(
                StatusCode::BAD_REQUEST,
                "bad_idempotency_key",
                format!("Idempotency-Key: expected 1 to {} visible characters", LIMITS.idempotency_key_chars),
            )),
        }
    }
}

/// `Idempotency-Key` where money is at stake.
pub struct Key(pub String);

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let MaybeKey(key) = MaybeKey::from_request_parts(parts, state).await?;
        key.map(Self).ok_or_else(|| {
            ApiError::new(
                StatusCode::BAD_REQUEST,
                "idempotency_key_required",
                "send an Idempotency-Key header, the same one when you send the same request again",
            )
        })
    }
}
