use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use protocol::{Role, User};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::Deref;

use super::{cookie, is_cross_origin, key, token_hash};
use crate::error::{ApiError, ApiResult};
use crate::state::App;
use crate::store::rooms::RoomRow;

/// A user who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub user: User,
    /// The session's key in the store.
    pub session: String,
}

impl Deref for Viewer {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl Viewer {
    /// Whether the room is theirs: their own, or any for an admin.
    pub fn owns(&self, room: &RoomRow) -> bool {
        self.role == Role::Admin || self.id == room.host.id
    }
}

/// A user who is logged in, or a guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaybeViewer(pub Option<Viewer>);

/// A user who is a host or an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host(pub Viewer);

/// The user whom a token stands for.
///
/// # Errors
/// 401 `bad_token` when it stands for nobody.
pub async fn from_token(app: &App, token: &str) -> ApiResult<Viewer> {
    let session = token_hash(token);
    let found = app.store.user(&session).await?;
    found.map(|user| Viewer { user, session }).ok_or_else(|| {
        ApiError::new(
            StatusCode::UNAUTHORIZED,
            "bad_token",
            "the token is wrong or past its time; log in again",
        )
    })
}

/// The address that a request came from.
pub fn peer(parts: &Parts) -> IpAddr {
    parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip())
}

fn bearer(parts: &Parts) -> ApiResult<Option<&str>> {
    let Some(value) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let token = value.to_str().ok().and_then(|text| text.split_once(' '));
    match token {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        _ => Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "bad_token",
            "expected `Authorization: Bearer TOKEN`",
        )),
    }
}

impl FromRequestParts<App> for MaybeViewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if let Some(token) = bearer(parts)? {
            if token.starts_with(key::PREFIX) {
                return key::viewer(app, token, parts).await.map(|viewer| Self(Some(viewer)));
            }
            return from_token(app, token).await.map(|viewer| Self(Some(viewer)));
        }
        let Some(token) = cookie::token(&parts.headers) else { return Ok(Self(None)) };
        // A cookie travels with whatever page sends the request; only our own pages may write with it.
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if is_cross_origin(&parts.headers) {
            return match reads {
                true => Ok(Self(None)),
                false => Err(ApiError::new(
                    StatusCode::FORBIDDEN,
                    "cross_origin",
                    "pages of another origin write with a bearer token, not with the cookie",
                )),
            };
        }
        // A cookie past its time makes a guest.
        Ok(Self(from_token(app, token).await.ok()))
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let MaybeViewer(viewer) = MaybeViewer::from_request_parts(parts, app).await?;
        viewer.ok_or_else(|| room::Refusal::LogInRequired.into())
    }
}

impl FromRequestParts<App> for Host {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let viewer = Viewer::from_request_parts(parts, app).await?;
        match viewer.role {
            Role::Host | Role::Admin => Ok(Self(viewer)),
            Role::Viewer => Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "host_required",
                "only hosts may do this; ask the shop's admin to make you one",
            )),
        }
    }
}
