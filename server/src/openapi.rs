//! `/api/openapi.json`.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

use crate::catalog::{coupons, products};
use crate::extract::Json;
use crate::gifts::api as gifts;
use crate::orders::api as orders;
use crate::room::shows::{api as shows, bundle, comments};
use crate::room::{api as rooms, reports};
use crate::users;
use crate::wallet::{api as wallet, spending, webhooks};

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
        products::list, products::create, products::change,
        coupons::list, coupons::create, coupons::claim, coupons::claims,
        gifts::get, gifts::put, gifts::upload,
        orders::place, orders::of_room, orders::list, orders::get, orders::pay, orders::cancel,
        wallet::get, wallet::packages, wallet::recharge, wallet::get_recharge, webhooks::receive,
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
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("livestall_session"));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    }
}

/// Answers the description.
pub(crate) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}
