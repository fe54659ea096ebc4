//! Every URL of the server on one page.

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post};
use axum::{Router, middleware};
use metrics_exporter_prometheus::PrometheusHandle;
use protocol::LIMITS;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::auth::key;
use crate::catalog::{coupons, feeds, products, shipping, variants};
use crate::error::ApiError;
use crate::gifts::{self, api as gift};
use crate::hooks::api as hooks;
use crate::orders::{api as orders, fulfil, lists, quote, refund, sales};
use crate::room::shows::{api as shows, bundle, comments};
use crate::room::{api as rooms, reports};
use crate::state::App;
use crate::wallet::packets::api as packets;
use crate::wallet::withdrawals::{api as withdrawals, review};
use crate::{openapi, pages, recordings, room, telemetry, users, wallet};

/// Longer than a payment provider may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The server's routes.
pub fn router(app: App) -> Router {
    let live = app.live.router().merge(recordings::router(app.clone()));
    let metrics = telemetry::metrics();
    Router::new()
        .nest("/api/v1", api())
        .route("/api/openapi.json", get(openapi::serve))
        .route("/gifts/{asset}", get(gifts::serve))
        .merge(pages::routes())
        .layer(CompressionLayer::new())
        .route("/ws/room/{room}", get(room::connect))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(pages::ready))
        .route("/metrics", get(async move || metrics.map(PrometheusHandle::render).unwrap_or_default()))
        .with_state(app)
        .merge(live)
        .layer(middleware::from_fn(without_nul))
        .layer(middleware::from_fn(telemetry::measure))
        .layer(CatchPanicLayer::custom(|_| ApiError::internal().into_response()))
}

/// The HTTP API. Pages of any origin may use it with a bearer token; none gets the cookie's rights.
fn api() -> Router<App> {
    Router::new()
        .route("/users", post(users::register))
        .route("/session", post(users::log_in).delete(users::log_out))
        .route("/me", get(users::me))
        .route("/rooms", get(rooms::list).post(rooms::create))
        .route("/rooms/{room}", get(rooms::get))
        .route("/rooms/{room}/key", get(rooms::key).post(rooms::rotate_key))
        .route("/rooms/{room}/commands", post(rooms::command))
        .route("/rooms/{room}/events", get(rooms::events))
        .route("/rooms/{room}/reports", get(reports::list).post(reports::create))
        .route("/rooms/{room}/shows", get(shows::list))
        .route("/rooms/{room}/shows/{show}", get(shows::get))
        .route("/rooms/{room}/shows/{show}/events", get(shows::events))
        .route("/rooms/{room}/shows/{show}/comments", get(comments::export).post(comments::import))
        .route("/rooms/{room}/shows/{show}/bundle", get(bundle::get))
        .route("/rooms/{room}/products", get(products::list).post(products::create))
        .route("/rooms/{room}/products/stock", get(products::stock))
        .route("/rooms/{room}/products/export", get(feeds::export))
        .route("/rooms/{room}/products/import", post(feeds::import))
        .route("/rooms/{room}/products/{product}", patch(products::change))
        .route("/rooms/{room}/coupons", get(coupons::list).post(coupons::create))
        .route("/rooms/{room}/coupons/counts", get(coupons::counts))
        .route("/rooms/{room}/coupons/{coupon}/claims", post(coupons::claim))
        .route("/rooms/{room}/products/{product}/variants", post(variants::create))
        .route("/rooms/{room}/products/{product}/variants/{variant}", patch(variants::change))
        .route("/rooms/{room}/shipping", get(shipping::get).put(shipping::put))
        .route("/rooms/{room}/quotes", post(quote::create))
        .route("/rooms/{room}/claims", get(coupons::claims).post(coupons::claim_code))
        .route("/rooms/{room}/orders", get(lists::of_room).post(orders::place))
        .route("/rooms/{room}/packets", get(packets::list).post(packets::create))
        .route("/rooms/{room}/packets/{packet}", get(packets::get))
        .route("/rooms/{room}/packets/{packet}/shares", post(packets::take))
        .route("/rooms/{room}/leaderboard", get(wallet::leaderboard::get))
        .route("/rooms/{room}/sales", get(sales::get))
        .route("/gifts", get(gift::get).put(gift::put))
        .route("/gifts/assets", post(gift::upload).layer(DefaultBodyLimit::max(LIMITS.gift_asset_bytes)))
        .route("/rooms/{room}/orders/export", get(lists::export))
        .route("/orders", get(lists::own))
        .route("/orders/{order}", get(orders::get))
        .route("/orders/{order}/pay", post(orders::pay))
        .route("/orders/{order}/cancel", post(orders::cancel))
        .route("/orders/{order}/ship", post(fulfil::ship))
        .route("/orders/{order}/deliver", post(fulfil::deliver))
        .route("/orders/{order}/history", get(fulfil::history))
        .route("/orders/{order}/refunds", post(refund::create))
        .route("/wallet", get(wallet::api::get))
        .route("/wallet/packages", get(wallet::api::packages))
        .route("/wallet/recharges", post(wallet::api::recharge))
        .route("/wallet/recharges/{recharge}", get(wallet::api::get_recharge))
        .route("/wallet/income", get(wallet::spending::income))
        .route("/wallet/limits", get(wallet::spending::get).put(wallet::spending::set))
        .route("/wallet/limits/confirmations", post(wallet::spending::confirm_spending))
        .route("/wallet/naming", get(wallet::leaderboard::naming).put(wallet::leaderboard::set_naming))
        .route("/wallet/withdrawals", get(withdrawals::list).post(withdrawals::create))
        .route("/wallet/withdrawals/{withdrawal}", get(withdrawals::get))
        .route("/wallet/withdrawals/{withdrawal}/cancel", post(withdrawals::cancel))
        .route("/withdrawals", get(review::list))
        .route("/withdrawals/settlement", get(review::settlement))
        .route("/withdrawals/{withdrawal}/{verb}", post(review::review))
        .route("/keys", get(key::list).post(key::create))
        .route("/keys/{key}", delete(key::revoke))
        .route("/hooks", get(hooks::list).post(hooks::create))
        .route("/hooks/{hook}", delete(hooks::delete))
        .route("/hooks/{hook}/enable", post(hooks::enable))
        .route("/hooks/{hook}/deliveries", get(hooks::deliveries))
        .route("/hooks/{hook}/deliveries/{delivery}/replay", post(hooks::replay))
        .route("/webhooks/{provider}", post(wallet::receive))
        .fallback(async || {
            ApiError::unknown("unknown_address", "see /api/openapi.json for the addresses that are")
        })
        .method_not_allowed_fallback(async || {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "see /api/openapi.json for the methods that this address takes",
            )
        })
        .layer(DefaultBodyLimit::max(LIMITS.body_bytes))
        .layer(middleware::from_fn(in_time))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(cors())
}

/// Refuses an address that holds U+0000: nothing is called so, and PostgreSQL cannot look for it.
async fn without_nul(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00")) {
        let detail = "the address holds the character U+0000, expected none";
        return ApiError::new(StatusCode::BAD_REQUEST, "bad_path", detail).into_response();
    }
    next.run(request).await
}

/// Answers in [`PATIENCE`], or says that it cannot: a body that trickles in holds nothing for long.
async fn in_time(request: Request, next: Next) -> Response {
    let slow = |_| {
        let detail = "the request took too long; send it faster, with the same Idempotency-Key";
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "too_slow", detail).into_response()
    };
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(slow)
}

fn cors() -> CorsLayer {
    const DAY: Duration = Duration::from_secs(86_400);
    let key = HeaderName::from_static("idempotency-key");
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, key])
        .expose_headers([header::RETRY_AFTER, HeaderName::from_static("idempotency-replayed")])
        .max_age(DAY)
}
