//! `/api/openapi.json`.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

use crate::auth::key as keys;
use crate::catalog::{coupons, feeds, products, shipping, variants};
use crate::extract::Json;
use crate::gifts::api as gifts;
use crate::hooks::api as hooks;
use crate::orders::{api as orders, fulfil, lists, quote, refund, sales};
use crate::room::shows::{api as shows, bundle, comments};
use crate::room::{api as rooms, reports};
use crate::users;
use crate::wallet::withdrawals::{api as withdrawals, review};
use crate::wallet::{api as wallet, leaderboard, packets::api as packets, spending, webhooks};

/// The HTTP API as OpenAPI describes it.
#[derive(OpenApi)]
#[openapi(
    info(title = "Livestall", description = "A live shop: rooms, cards and orders. Errors are RFC 9457 problem \
        details; clients branch on `code`. Writes take `Idempotency-Key`."),
    paths(
        users::register, users::log_in, users::log_out, users::me,
        rooms::list, rooms::create, rooms::get, rooms::key, rooms::rotate_key, rooms::command, rooms::events,
        reports::create, reports::list,
        shows::list, shows::get, shows::events, comments::export, comments::import, bundle::get,
        products::list, products::create, products::change, products::stock, feeds::export, feeds::import,
        variants::create, variants::change,
        shipping::get, shipping::put, quote::create,
        coupons::list, coupons::create, coupons::counts, coupons::claim, coupons::claims, coupons::claim_code,
        gifts::get, gifts::put, gifts::upload,
        orders::place, lists::of_room, lists::own, lists::export, orders::get, orders::pay, orders::cancel,
        fulfil::ship, fulfil::deliver, fulfil::history, refund::create,
        wallet::get, wallet::packages, wallet::recharge, wallet::get_recharge, webhooks::receive,
        packets::create, packets::list, packets::get, packets::take,
        withdrawals::create, withdrawals::list, withdrawals::get, withdrawals::cancel,
        review::list, review::review, review::settlement,
        leaderboard::get, leaderboard::naming, leaderboard::set_naming,
        hooks::create, hooks::list, hooks::delete, hooks::enable, hooks::deliveries, hooks::replay,
        keys::create, keys::list, keys::revoke, sales::get,
        spending::get, spending::set, spending::confirm_spending, spending::income,
    ),
    modifiers(&Security),
    security(("bearer" = []), ("cookie" = [])),
)]
pub(crate) struct Api;

struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A session's token, or an API key (`lsk_…`, see `POST /api/v1/keys`). A key opens what its scopes \
                 name: `orders:` for orders and sales, `products:` for products and coupons, `wallet:` for the wallet, \
                 withdrawals and red packets; `read` for GET, `write` for the rest.",
            ))
            .build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("livestall_session"));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    }
}

/// Answers the description.
pub(crate) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}
