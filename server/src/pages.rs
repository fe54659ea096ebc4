//! The built pages of `www`: inside the binary in release, from the disk in debug. Knows files, not what they show.

mod files;
mod packed;
mod policy;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};

use crate::error::{ApiError, ApiResult};
use crate::state::App;
use crate::store;

/// What `storefront.html` calls the shop's origin.
const SHOP: &str = "https://shop.example";

/// Pages and their files.
pub(crate) fn routes() -> Router<App> {
    let pages = [
        "/",
        "/login",
        "/orders",
        "/admin",
        "/room/{room}",
        "/studio",
        "/studio/{room}",
        "/studio/{room}/shop",
        "/studio/{room}/shop/{part}",
    ];
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
    match files::send("index.html", &headers) {
        Some(page) => page,
        None => not_built(),
    }
}

/// The sample merchant's page names its shop by a placeholder; seen from here, the shop is this origin.
async fn storefront() -> Response {
    match files::text("storefront.html") {
        Some(page) => {
            let page = page.replace(SHOP, "");
            ([policy::header(&policy::of(&page))], Html(page)).into_response()
        }
        None => not_built(),
    }
}

fn not_built() -> Response {
    const MESSAGE: &str =
        "The pages are not built: run `trunk build` (or `cargo xtask demo`), then start the server again.\n";
    (StatusCode::SERVICE_UNAVAILABLE, MESSAGE).into_response()
}

async fn file(uri: Uri, headers: HeaderMap) -> Response {
    files::send(uri.path().trim_start_matches('/'), &headers).unwrap_or_else(|| {
        ApiError::unknown("unknown_address", "there is nothing at this address").into_response()
    })
}

async fn with_security_headers(mut response: Response) -> Response {
    let set = [("referrer-policy", "strict-origin-when-cross-origin"), ("x-content-type-options", "nosniff")];
    for (name, value) in set {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
