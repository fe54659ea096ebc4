use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;

use super::{packed, policy};
use crate::clock::hex;

#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
struct Files;

/// A file as text.
pub(super) fn text(path: &str) -> Option<String> {
    Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// Answers a file: whole, packed for those who can unpack, or that the client's copy is good.
pub(super) fn send(path: &str, asked: &HeaderMap) -> Option<Response> {
    let file = Files::get(path)?;
    let tag = format!("\"{}\"", hex(file.metadata.sha256_hash().get(..16).unwrap_or_default()));
    let policy = path.ends_with(".html").then(|| policy::of(&String::from_utf8_lossy(&file.data)));
    let mut response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(path, file, &tag, accepts_brotli(asked))
    };
    let head = response.headers_mut();
    // Weak: the same file may come packed or not.
    if let Ok(tag) = HeaderValue::from_str(&format!("W/{tag}")) {
        head.insert(header::ETAG, tag);
    }
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping(path)));
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if path.starts_with("embed/") || path.starts_with("assets/") {
        let anybody = HeaderName::from_static("cross-origin-resource-policy");
        head.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        head.insert(anybody, HeaderValue::from_static("cross-origin"));
    }
    if let Some(policy) = policy {
        head.extend([policy::header(&policy)]);
    }
    Some(response)
}

/// What is named by its contents may be kept for good. Of all else browsers ask each time, and the tag makes that cheap.
fn keeping(path: &str) -> &'static str {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let hash = stem.rsplit_once('-').map(|(_, hash)| hash).unwrap_or_default();
    if path.starts_with("embed/") && hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=0, must-revalidate"
    }
}

fn body(path: &str, file: EmbeddedFile, tag: &str, brotli: bool) -> Response {
    let whole = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    let kind = content_type(path);
    let kind_header = (header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let packed = if brotli && is_worth_packing(kind) { packed::get(path, tag, &whole) } else { None };
    match packed {
        Some(packed) => {
            let encoding = (header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            ([kind_header, encoding], packed).into_response()
        }
        None => ([kind_header], whole).into_response(),
    }
}

fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
}

fn accepts_brotli(asked: &HeaderMap) -> bool {
    let accepted =
        asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = accepted.split(',').map(str::trim).find(|one| one.split(';').next() == Some("br"));
    named.is_some_and(|one| !one.replace(' ', "").ends_with(";q=0"))
}

fn is_worth_packing(kind: &str) -> bool {
    kind.starts_with("text/") || matches!(kind, "application/wasm" | "application/json" | "image/svg+xml")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_by_its_contents_is_kept_and_the_entry_is_not() {
        assert!(keeping("embed/player-539d4da8014b7b85.wasm").contains("immutable"));
        for asked_again in
            ["embed/live-stall.js", "embed/player-worker.js", "index.html", "a-539d4da8014b7b85.js"]
        {
            assert!(keeping(asked_again).contains("max-age=0"), "{asked_again}");
        }
    }
}
