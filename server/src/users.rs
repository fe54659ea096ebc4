//! Registering, logging in and out.

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Credentials, Problem, Role, Session, User};
use std::net::IpAddr;

use crate::auth::{self, Viewer};
use crate::clock::{next_id, now};
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::state::App;
use crate::store;

/// The answer to a log-in: the session, and its cookie for our own pages.
fn answer(app: &App, status: StatusCode, headers: &HeaderMap, session: Session) -> Response {
    let cookie = auth::session_cookie(&session.token, app.config.secure_cookies);
    let mut response = (status, Json(session)).into_response();
    if !auth::is_cross_origin(headers) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Adds a user of this name. Names that nobody can tell apart are the same.
///
/// # Errors
/// 422 for a bad name or password, 409 `name_taken`.
pub async fn create(app: &App, name: &str, password: Option<String>, role: Role) -> ApiResult<User> {
    let name = room::user_name(name)?;
    let hash = match password {
        Some(password) => {
            auth::check_length(&password)?;
            Some(app.passwords.hash(password).await?)
        }
        None => None,
    };
    let user = User { id: next_id(), name, role };
    let key = room::name_key(&user.name);
    let mut tx = app.store.write().await?;
    match store::users::insert(&mut tx, &user, &key, hash.as_deref(), now()).await {
        Err(error) if error.is_taken() => {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "name_taken",
                "somebody has this name already; take another",
            ));
        }
        other => other?,
    }
    store::commit(tx).await?;
    Ok(user)
}

fn slow_down(wait: i64) -> ApiError {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "slow_down",
        format!("too many attempts; try again in {wait} seconds"),
    )
    .retry_after(wait)
}

/// Register, and log in.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = Credentials,
    responses((status = 201, body = Session), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn register(
    State(app): State<App>,
    parts: Parts,
    Json(credentials): Json<Credentials>,
) -> ApiResult<Response> {
    let from = auth::peer(&parts);
    if let Some(wait) = app.registrations.wait(&from, now()) {
        return Err(slow_down(wait));
    }
    app.registrations.note(from, now());
    let user = create(&app, &credentials.name, Some(credentials.password), Role::Viewer).await?;
    let session = open(&app, user).await?;
    Ok(answer(&app, StatusCode::CREATED, &parts.headers, session))
}

async fn open(app: &App, user: User) -> ApiResult<Session> {
    let mut tx = app.store.write().await?;
    let session = auth::open(&mut tx, user, now()).await?;
    store::commit(tx).await?;
    Ok(session)
}

/// Log in.
#[utoipa::path(post, path = "/api/v1/session", tag = "users", request_body = Credentials,
    responses((status = 200, body = Session), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn log_in(
    State(app): State<App>,
    parts: Parts,
    Json(credentials): Json<Credentials>,
) -> ApiResult<Response> {
    let user = check(&app, credentials, auth::peer(&parts)).await?;
    let session = open(&app, user).await?;
    Ok(answer(&app, StatusCode::OK, &parts.headers, session))
}

/// The user of these credentials. The answer is the same, and takes as long, for a wrong name and a wrong password.
async fn check(app: &App, credentials: Credentials, from: IpAddr) -> ApiResult<User> {
    let wrong =
        || ApiError::new(StatusCode::UNAUTHORIZED, "wrong_credentials", "the name or the password is wrong");
    let Ok(name) = room::user_name(&credentials.name) else { return Err(wrong()) };
    if credentials.password.len() > protocol::LIMITS.password_max_bytes {
        return Err(wrong());
    }
    let key = (room::name_key(&name), from);
    if let Some(wait) = app.log_ins.wait(&key, now()).max(app.log_ins_from.wait(&from, now())) {
        return Err(slow_down(wait));
    }
    // Noted before the password is looked at, so that guesses side by side count too.
    app.log_ins.note(key.clone(), now());
    app.log_ins_from.note(from, now());
    let found = store::users::by_name(&mut *app.store.read().await?, &key.0).await?;
    let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), hash));
    let fits = app.passwords.verify(credentials.password, hash).await?;
    let user = user.filter(|_| fits).ok_or_else(wrong)?;
    app.log_ins.forget(&key);
    app.log_ins_from.take_back(&from);
    Ok(user)
}

/// Log out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "users", responses((status = 204)))]
pub async fn log_out(State(app): State<App>, viewer: Viewer) -> ApiResult<Response> {
    let mut tx = app.store.write().await?;
    store::sessions::delete(&mut tx, &viewer.session).await?;
    store::commit(tx).await?;
    let cookie = auth::clear_cookie(app.config.secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who the server takes the caller for.
#[utoipa::path(get, path = "/api/v1/me", tag = "users",
    responses((status = 200, body = User), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn me(viewer: Viewer) -> Json<User> {
    Json(viewer.user)
}
