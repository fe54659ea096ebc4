//! The built pages of `www`: inside the binary in release, from the disk in debug. Knows files, not what they show.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::clock::hex;
use crate::error::{ApiError, ApiResult};
use crate::state::App;
use crate::store;

#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
struct Files;

/// Scripts, styles and WebAssembly come from here alone; pictures, streams and sockets from wherever the merchant keeps
/// them. Inline styles are the overlay's.
const POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; \
    worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' https: data: blob:; \
    media-src 'self' https: http: blob:; connect-src *; frame-ancestors 'self'; base-uri 'none'; object-src 'none'";

/// What `storefront.html` calls the shop's origin.
const SHOP: &str = "https://shop.example";

/// Pages and their files.
pub(crate) fn routes() -> Router<App> {
    let pages = ["/", "/login", "/orders", "/admin", "/room/{room}", "/studio", "/studio/{room}"];
    let shell = pages.into_iter().fold(Router::new(), |router, path| router.route(path, get(index)));
    shell
        .route("/storefront", get(storefront))
        .fallback(file)
        .layer(middleware::map_response(with_security_headers))
}

/// Whether the server can do its work: the store answers.
pub(crate) async fn ready(State(app): State<App>) -> ApiResult<&'static str> {
    store::rooms::list(&mut *app.store.read().await?, 1).await?;
    Ok("ready\n")
}

async fn index(headers: HeaderMap) -> Response {
    page("index.html", &headers)
}

/// The sample merchant's page names its shop by a placeholder; seen from here, the shop is this origin.
async fn storefront() -> Response {
    match Files::get("storefront.html") {
        Some(found) => Html(String::from_utf8_lossy(&found.data).replace(SHOP, "")).into_response(),
        None => not_built(),
    }
}

fn page(name: &str, headers: &HeaderMap) -> Response {
    match Files::get(name) {
        Some(found) => send(name, &found, headers),
        None => not_built(),
    }
}

fn not_built() -> Response {
    const MESSAGE: &str =
        "The pages are not built: run `trunk build` (or `cargo xtask demo`), then start the server again.\n";
    (StatusCode::SERVICE_UNAVAILABLE, MESSAGE).into_response()
}

async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    match Files::get(path) {
        Some(found) => send(path, &found, &headers),
        None => ApiError::unknown("unknown_address", "there is nothing at this address").into_response(),
    }
}

fn send(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex(file.metadata.sha256_hash().get(..16).unwrap_or_default()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let fresh =
        known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = file.data.clone().into_owned();
        ([(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)))], bytes).into_response()
    };
    let head = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        head.insert(header::ETAG, tag);
    }
    // Names stay the same from build to build, so that browsers ask each time; a tag makes the asking cheap.
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    if path.starts_with("embed/") || path.starts_with("assets/") {
        head.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        head.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
    }
    response
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

async fn with_security_headers(mut response: Response) -> Response {
    let set = [
        ("content-security-policy", POLICY),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-content-type-options", "nosniff"),
    ];
    for (name, value) in set {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
