//! What handlers take from a request. Refusals are problems, whatever part of the request they are about.

use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use protocol::LIMITS;
use serde::{Deserialize, Serialize};

use crate::auth::{Host, Viewer};
use crate::error::ApiError;
use crate::state::App;
use crate::store::{self, rooms::RoomRow};

/// A JSON body, both ways.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub struct Json<T>(pub T);

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
        let found = store::rooms::by_id(&mut *app.store.read().await?, &room).await?;
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
