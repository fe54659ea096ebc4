//! Products as files, out and in, over HTTP. An import is shown first; what is then applied is what was shown, or nothing.

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{ImportRefusal, ImportReport, Problem};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shop::feed::{self, Action, Format, Item, MOST_BYTES, Plan};

use super::{picture, products, variants};
use crate::clock::hex;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Json, MaybeKey, OwnRoom, Query};
use crate::once::{Begun, Once};
use crate::state::App;
use crate::store::{self, Db};

/// Which format.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct FormatQuery {
    /// `tsv` or `xml` (Google Merchant's), `csv` or `json`.
    format: String,
}

/// Which format, and what is to be done.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct ImportQuery {
    /// `tsv` or `xml` (Google Merchant's), `csv` or `json`.
    format: String,
    /// The name of the plan to be applied; left out, nothing is changed.
    apply: Option<String>,
}

fn format(word: &str) -> ApiResult<Format> {
    let known = Format::ALL.into_iter().find(|format| format.suffix() == word);
    known.ok_or_else(|| {
        ApiError::new(StatusCode::BAD_REQUEST, "bad_query", "format: expected tsv, csv, xml or json")
    })
}

/// What the room has on sale, as a file: a row for each product, or for each of its variants.
#[utoipa::path(get, path = "/api/v1/rooms/{room}/products/export", tag = "shop", params(("room" = String, Path), FormatQuery),
    responses((status = 200, body = String), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn export(
    State(app): State<App>,
    InRoom(room): InRoom,
    Query(asked): Query<FormatQuery>,
) -> ApiResult<Response> {
    let format = format(&asked.format)?;
    let products = store::products::list(&mut *app.store.read().await?, &room.id).await?;
    let kind = match format {
        Format::Tsv => "text/tab-separated-values; charset=utf-8",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xml => "application/xml; charset=utf-8",
        Format::Json => "application/json",
    };
    // A room's name needs no quoting.
    let name = format!("attachment; filename=\"{}-products.{}\"", room.id, format.suffix());
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((StatusCode::OK, headers, feed::write(format, &products)).into_response())
}

/// Import products from a file (the room's host). Without `apply` it shows what would change, and names the plan; with that
/// name it is done, if it is still the same. Products that the file does not name stay; rows that make no sense are left out.
#[utoipa::path(post, path = "/api/v1/rooms/{room}/products/import", tag = "shop",
    params(("room" = String, Path), ImportQuery, ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = ImportReport), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn import(
    State(app): State<App>,
    own: OwnRoom,
    MaybeKey(key): MaybeKey,
    Query(asked): Query<ImportQuery>,
    body: Body,
) -> ApiResult<Response> {
    let format = format(&asked.format)?;
    let too_large = |_| {
        let detail = format!("expected a file of at most {MOST_BYTES} bytes");
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    };
    let file = to_bytes(body, MOST_BYTES).await.map_err(too_large)?;
    let text = std::str::from_utf8(&file).map_err(|error| bad_file(format!("not UTF-8: {error}")))?;
    let room = &own.room.id;
    let Some(apply) = &asked.apply else {
        let (plan, name) = look(&mut *app.store.read().await?, room, format, text).await?;
        return Ok(Json(report(plan, name, false)).into_response());
    };
    let what = &(room, format.suffix(), apply, hex(&Sha256::digest(&file)));
    let mut once = match Once::begin(&app, own.host.id, key, "import products", what).await? {
        Begun::Kept(answer) => return Ok(answer),
        Begun::Fresh(once) => once,
    };
    let done = perform(once.db(), room, format, text, apply).await;
    let answer = once.finish(StatusCode::OK, done).await;
    app.rooms.wake(room);
    answer
}

fn bad_file(reason: String) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_file", reason)
}

/// What a file would change now, and the name of that.
async fn look(db: &mut Db, room: &str, format: Format, text: &str) -> ApiResult<(Plan, String)> {
    let on_sale = store::products::list(db, room).await?;
    let rows = feed::read(format, text).map_err(|error| bad_file(error.to_string()))?;
    let (mut items, mut refused) = (Vec::new(), Vec::new());
    for row in rows {
        let line = row.line;
        match feed::item(&row).and_then(|item| cleaned(item).map_err(|error| error.problem().detail)) {
            Ok(item) => items.push(item),
            Err(reason) => refused.push(ImportRefusal { line, reason }),
        }
    }
    let mut plan = feed::plan(&on_sale, items);
    plan.refused.append(&mut refused);
    plan.refused.sort_by_key(|refusal| refusal.line);
    let name = hex(&Sha256::digest(format!("{plan:?}")))[..32].to_owned();
    Ok((plan, name))
}

/// The same texts that a product typed by hand may have.
fn cleaned(item: Item) -> ApiResult<Item> {
    Ok(Item {
        id: room::one_line("id", &item.id, variants::SKU)?,
        group: item.group.map(|group| room::one_line("item_group_id", &group, variants::SKU)).transpose()?,
        title: room::title(&item.title)?,
        description: item.description.map(|text| products::description(&text)).transpose()?,
        image: item.image.map(|text| picture("image_link", &text)).transpose()?,
        options: item.options.iter().map(variants::option).collect::<ApiResult<_>>()?,
        ..item
    })
}

async fn perform(
    db: &mut Db,
    room: &str,
    format: Format,
    text: &str,
    apply: &str,
) -> ApiResult<ImportReport> {
    let (plan, name) = look(db, room, format, text).await?;
    if name != apply {
        let detail =
            "the file or what is on sale is another than was shown; look at the new plan, then apply that";
        return Err(ApiError::new(StatusCode::CONFLICT, "plan_changed", detail));
    }
    for action in plan.planned.iter().flat_map(|planned| &planned.actions) {
        match action {
            Action::Create(new) => {
                products::make(db, room, new.clone()).await?;
            }
            Action::Change(product, change) => {
                products::apply(db, room, *product, change.clone()).await?;
            }
            Action::AddVariant(product, new) => {
                variants::add(db, room, *product, new).await?;
            }
            Action::ChangeVariant(product, variant, change) => {
                variants::apply(db, room, (*product, *variant), change).await?;
            }
        }
    }
    Ok(report(plan, name, true))
}

fn report(plan: Plan, name: String, applied: bool) -> ImportReport {
    let changes = plan.planned.into_iter().map(|planned| planned.shown).collect();
    ImportReport { plan: name, applied, same: plan.same, changes, refused: plan.refused }
}
