//! What a room has on sale: products and coupons. What their numbers may be is `shop`'s business.

pub mod coupons;
pub mod feeds;
pub mod products;
pub mod shipping;
pub mod variants;

use axum::http::StatusCode;

use crate::error::{ApiError, ApiResult};

/// Where a picture is: an absolute https address, a path on this server, or nothing.
///
/// # Errors
/// 422 `bad_picture` for anything else.
pub fn picture(what: &str, text: &str) -> ApiResult<String> {
    const MOST: usize = 2_048;
    let path = text.starts_with('/') && !text.starts_with("//");
    // Browsers read a backslash as a slash: `/\host` would be another server's.
    let strange = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    let fits = text.len() <= MOST && !text.chars().any(strange);
    if fits && (text.is_empty() || path || text.starts_with("https://")) {
        return Ok(text.to_owned());
    }
    let detail = format!(
        "{what}: expected an https:// address, a path on this server, or nothing, up to {MOST} bytes"
    );
    Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_picture", detail))
}
