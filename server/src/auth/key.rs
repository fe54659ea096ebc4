//! API keys: made, looked at and revoked by whose they are, and taken as bearer tokens.

use axum::extract::{MatchedPath, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use protocol::{ApiKey, ApiKeyWithToken, LIMITS, NewApiKey, Problem, Scope};
use serde::Deserialize;

use super::{Viewer, scope, token_hash};
use crate::clock::{next_id, now, secret};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path};
use crate::state::App;
use crate::store::{self, Db, keys};

/// How every key begins, so that one that leaked is found by who looks for them.
pub(super) const PREFIX: &str = "lsk_";
/// Characters of a key that are shown later: enough to know it again, too few to guess the rest.
const SHOWN: usize = PREFIX.len() + 6;
/// Good keys of one user.
const MOST: i64 = 20;
/// Keys in a list, those that are revoked too.
pub const MOST_LISTED: i64 = 100;

/// The user for whom a key speaks, if the request is one that it opens.
pub(super) async fn viewer(app: &App, token: &str, parts: &Parts) -> ApiResult<Viewer> {
    let (hash, now) = (token_hash(token), now());
    let found = keys::bearer(&mut *app.store.read().await?, &hash, now).await?;
    let found = found.ok_or_else(|| {
        ApiError::new(StatusCode::UNAUTHORIZED, "bad_token", "the key is wrong or revoked; make a new one")
    })?;
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let forbidden = |detail: String| ApiError::new(StatusCode::FORBIDDEN, "scope_required", detail);
    let needed = scope::needed(&parts.method, path)
        .ok_or_else(|| forbidden("no API key opens this address; log in instead".to_owned()))?;
    if !found.scopes.contains(&needed) {
        return Err(forbidden(format!("this takes a key with the scope {}", needed.as_str())));
    }
    if found.is_stale {
        let mut tx = app.store.write().await?;
        keys::used(&mut tx, found.id, now).await?;
        store::commit(tx).await?;
    }
    Ok(Viewer { user: found.user, session: hash })
}

/// Make an API key. Its token is in the answer, and nowhere else: it is kept as a hash.
#[utoipa::path(post, path = "/api/v1/keys", tag = "keys", request_body = NewApiKey,
    responses((status = 201, body = ApiKeyWithToken), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<App>,
    viewer: Viewer,
    Json(new): Json<NewApiKey>,
) -> ApiResult<Response> {
    let mut tx = app.store.write().await?;
    let made = make(&mut tx, viewer.id, &new).await?;
    store::commit(tx).await?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Adds a key of a user's, inside a write.
///
/// # Errors
/// 422 for a name or scopes that will not do, 409 `too_many_keys`.
pub async fn make(db: &mut Db, user: i64, new: &NewApiKey) -> ApiResult<ApiKeyWithToken> {
    let name = room::one_line("name", &new.name, LIMITS.name_chars)?;
    let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| new.scopes.contains(scope)).collect();
    if scopes.is_empty() {
        let detail = "scopes has 0 items; expected 1 or more";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_scopes", detail));
    }
    if keys::count(db, user).await? >= MOST {
        let detail = format!("you have {MOST} keys; revoke one first");
        return Err(ApiError::new(StatusCode::CONFLICT, "too_many_keys", detail));
    }
    let token = format!("{PREFIX}{}", secret::<32>());
    let prefix = token.chars().take(SHOWN).collect();
    let key = ApiKey { id: next_id(), name, prefix, scopes, created: now(), last_used: None, revoked: None };
    keys::insert(db, user, &key, &token_hash(&token)).await?;
    Ok(ApiKeyWithToken { key, token })
}

/// One's own API keys, newest first.
#[utoipa::path(get, path = "/api/v1/keys", tag = "keys",
    responses((status = 200, body = Vec<ApiKey>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<ApiKey>>> {
    Ok(Json(keys::by_user(&mut *app.store.read().await?, viewer.id, MOST_LISTED).await?))
}

/// Parts of a key's path.
#[derive(Debug, Deserialize)]
pub struct KeyPath {
    key: i64,
}

/// Revoke an API key: it is good for nothing from now on.
#[utoipa::path(delete, path = "/api/v1/keys/{key}", tag = "keys", params(("key" = i64, Path)),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn revoke(
    State(app): State<App>,
    viewer: Viewer,
    Path(KeyPath { key }): Path<KeyPath>,
) -> ApiResult<Response> {
    let mut tx = app.store.write().await?;
    if !keys::revoke(&mut tx, viewer.id, key, now()).await? {
        return Err(ApiError::unknown("unknown_key", "you have no key of this number"));
    }
    store::commit(tx).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
