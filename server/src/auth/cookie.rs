use axum::http::{HeaderMap, HeaderValue, header};

use super::session::LASTS_MS;

/// The session's cookie.
const NAME: &str = "livestall_session";

/// The session token that the request's cookies carry.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then_some(value))
}

fn cookie(value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{NAME}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}");
    // Tokens are hexadecimal, so that this always is a header.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Sets the session's cookie.
pub fn session_cookie(token: &str, secure: bool) -> HeaderValue {
    cookie(token, LASTS_MS / 1_000, secure)
}

/// Takes the session's cookie away.
pub fn clear_cookie(secure: bool) -> HeaderValue {
    cookie("", 0, secure)
}
