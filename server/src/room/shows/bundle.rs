//! A whole show as one tar file: what a shop takes with it when it leaves.

use ::room::comments::{self, Format};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::{Problem, Product, ServerTime};
use serde_json::json;
use tokio::task::spawn_blocking;

use super::Span;
use super::api::{ShowPath, chapters_vtt, find, replay_of};
use super::comments::{each_event, filed_comment};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{OwnRoom, Path};
use crate::state::App;
use crate::store::{self, rooms::RoomRow};

/// The version of what is in the file.
const VERSION: u32 = 1;

/// A show as a tar file: `manifest.json`, `events.jsonl`, `comments.xml`, `.ass` and `.json`, `chapters.vtt`,
/// `products.jsonld` (the room's host).
#[utoipa::path(get, path = "/api/v1/rooms/{room}/shows/{show}/bundle", tag = "shows",
    params(("room" = String, Path), ("show" = u64, Path)),
    responses((status = 200, body = String, content_type = "application/x-tar"), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<App>, own: OwnRoom, Path(path): Path<ShowPath>) -> ApiResult<Response> {
    let span = find(&mut *app.store.read().await?, &own.room.id, path.show).await?;
    let name = format!("attachment; filename=\"{}-{}.tar\"", own.room.id, span.id);
    let tar = make(&app, &own.room, span).await?;
    let headers =
        [(header::CONTENT_TYPE, "application/x-tar".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, tar).into_response())
}

/// Packs a show.
///
/// # Errors
/// When the store or the recordings fail.
pub async fn make(app: &App, room: &RoomRow, span: Span) -> ApiResult<Vec<u8>> {
    let _turn = super::comments::turn().await?;
    let replay = replay_of(app, &room.id, span).await?;
    let mut db = app.store.read().await?;
    let (mut events, mut comments) = (String::new(), Vec::new());
    each_event(&mut db, &room.id, span, |event| {
        events.push_str(&json_of(&event)?);
        events.push('\n');
        comments.extend(filed_comment(event, span, replay.as_deref()));
        Ok(())
    })
    .await?;
    comments.sort_by_key(|comment| comment.at_ms);
    let products = store::products::list(&mut db, &room.id).await?;
    drop(db);
    let time = |millis: i64| ServerTime(millis).to_string();
    let manifest = json!({
        "format": "livestall-show",
        "version": VERSION,
        "made": time(now().0),
        "made_by": concat!("livestall ", env!("CARGO_PKG_VERSION")),
        "room": { "id": room.id, "title": room.title, "host": room.host.name },
        "show": {
            "id": span.id,
            "start": time(replay.as_ref().and_then(|r| r.start()).unwrap_or(span.start).0),
            "end": span.end.map(|end| time(replay.as_ref().and_then(|r| r.end()).unwrap_or(end).0)),
            "duration_ms": replay.as_ref().map(|replay| u64::try_from(replay.vod.duration().as_millis()).unwrap_or(u64::MAX)),
        },
        "comments": comments.len(),
    });
    let mut tar = Tar { bytes: Vec::new(), time: now().0.div_euclid(1_000) };
    tar.add("manifest.json", &json_of(&manifest)?);
    tar.add("events.jsonl", &events);
    let title = room.title.clone();
    let files = spawn_blocking(move || {
        Format::ALL.map(|format| (format, comments::write(format, &title, &comments)))
    });
    for (format, file) in files.await.map_err(|_| ApiError::internal())? {
        tar.add(&format!("comments.{}", format.suffix()), &file);
    }
    if let Some(replay) = &replay {
        tar.add("chapters.vtt", &chapters_vtt(app, &room.id, span, replay).await?);
    }
    let products: Vec<_> = products.iter().map(linked_data).collect();
    tar.add("products.jsonld", &json_of(&json!({ "@context": "https://schema.org", "@graph": products }))?);
    Ok(tar.finish())
}

/// A product as schema.org has it.
fn linked_data(product: &Product) -> serde_json::Value {
    let in_stock = if product.stock > 0 { "InStock" } else { "SoldOut" };
    json!({
        "@type": "Product",
        "productID": product.id.to_string(),
        "name": product.title,
        "description": product.description,
        "image": product.image,
        "offers": {
            "@type": "Offer",
            "price": product.price.decimal(),
            "priceCurrency": product.price.currency,
            "availability": format!("https://schema.org/{in_stock}"),
        },
    })
}

fn json_of(value: &impl serde::Serialize) -> ApiResult<String> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "A show could not be packed");
        ApiError::internal()
    })
}

/// A tar file (POSIX.1-1988 ustar): names of ours, contents under 8 GB.
struct Tar {
    bytes: Vec<u8>,
    /// Seconds since the Unix epoch.
    time: i64,
}

impl Tar {
    fn add(&mut self, name: &str, text: &str) {
        let mut head = [0_u8; 512];
        let mut put = |at: usize, value: &[u8]| {
            head.iter_mut().skip(at).zip(value).for_each(|(place, byte)| *place = *byte);
        };
        put(0, name.as_bytes());
        put(100, b"0000644\0");
        put(108, b"0000000\0");
        put(116, b"0000000\0");
        put(124, format!("{:011o}\0", text.len()).as_bytes());
        put(136, format!("{:011o}\0", self.time.max(0)).as_bytes());
        // The sum counts its own field as spaces.
        put(148, b"        ");
        put(156, b"0");
        put(257, b"ustar\x0000");
        let sum: u32 = head.iter().copied().map(u32::from).sum();
        let mut put = |at: usize, value: &[u8]| {
            head.iter_mut().skip(at).zip(value).for_each(|(place, byte)| *place = *byte);
        };
        put(148, format!("{sum:06o}\0 ").as_bytes());
        self.bytes.extend_from_slice(&head);
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + 1_024, 0);
        self.bytes
    }
}
