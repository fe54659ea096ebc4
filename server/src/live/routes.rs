//! `GET` and `HEAD` below `/live/`: playlists, parts, segments. Every answer is the same for every viewer, so that caches
//! between us may keep it.

pub(crate) mod respond;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_LENGTH, DATE, RANGE};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::get;
use packager::{Answer, Directives};
use tokio::sync::watch;
use tokio::time::timeout;
use tower_http::cors::{Any, CorsLayer};

use crate::extract::Path;
use crate::live::Live;
use crate::live::address::File;
use crate::live::edition::Edition;
use respond::{Miss, accepts_gzip};

/// A publisher who was just accepted shows something to play within this time.
const FIRST_PART: Duration = Duration::from_secs(5);

type Editions = watch::Receiver<Option<Arc<Edition>>>;

pub(crate) fn router(live: Live) -> Router {
    Router::new().route("/live/{room}/{file}", get(file)).layer(cors()).with_state(live)
}

/// Pages of any origin may play.
pub(crate) fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([RANGE])
        .expose_headers([DATE, CONTENT_LENGTH])
        .max_age(Duration::from_secs(86_400))
}

/// The multivariant playlist of what is on, or was on a moment ago.
pub(crate) async fn index(live: &Live, room: &str, headers: &HeaderMap) -> Result<Response, Miss> {
    let channel = live.existing_channel(room).ok_or(Miss::NoStream)?;
    let edition = playable(&mut channel.editions(), FIRST_PART).await?;
    let text = edition.multivariant_playlist().ok_or(Miss::NoStream)?;
    Ok(respond::playlist(text, accepts_gzip(headers), respond::Age::Reload))
}

async fn file(
    State(live): State<Live>,
    Path((room, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Miss> {
    let file = File::from_name(&name).ok_or(Miss::NoSuchFile)?;
    if file == File::Multivariant {
        return index(&live, &room, &headers).await;
    }
    let channel = live.existing_channel(&room).ok_or(Miss::NoStream)?;
    let mut editions = channel.editions();
    // Three target durations (RFC 8216bis 6.2.5.2).
    let patience = live.config().target_duration * 3;
    match file {
        File::Multivariant | File::Media => {
            let directives =
                Directives::from_query(query.as_deref().unwrap_or_default()).map_err(Miss::Directive)?;
            let edition = answering(&mut editions, directives, patience).await?;
            let age = if directives.msn.is_some() { respond::Age::Blocking } else { respond::Age::Reload };
            Ok(respond::playlist(edition.media_playlist(directives.skip), accepts_gzip(&headers), age))
        }
        File::Init(number) => {
            let edition = current(&editions).ok_or(Miss::NoStream)?;
            edition.snapshot.init(number).map(|init| respond::init(init)).ok_or(Miss::Removed)
        }
        File::Segment(number) => {
            let edition = current(&editions).ok_or(Miss::NoStream)?;
            edition.snapshot.segment(number).map(|segment| respond::segment(segment)).ok_or(Miss::Removed)
        }
        File::Part(number) => {
            let edition = with_part(&mut editions, number, patience).await?;
            edition.snapshot.part(number).map(|part| respond::part(part)).ok_or(Miss::Removed)
        }
    }
}

fn current(editions: &Editions) -> Option<Arc<Edition>> {
    editions.borrow().clone()
}

/// The current edition, once there is something to play.
async fn playable(editions: &mut Editions, patience: Duration) -> Result<Arc<Edition>, Miss> {
    let is_playable =
        |edition: &Option<Arc<Edition>>| edition.as_ref().is_some_and(|e| e.snapshot.is_playable());
    when(editions, is_playable, patience).await.ok_or(Miss::NoStream)
}

/// The first edition that answers the directives.
async fn answering(
    editions: &mut Editions,
    directives: Directives,
    patience: Duration,
) -> Result<Arc<Edition>, Miss> {
    let edition = playable(editions, FIRST_PART).await?;
    if directives.answer(&edition.snapshot).map_err(Miss::Directive)? == Answer::Now {
        return Ok(edition);
    }
    // What may be waited for now is not too far ahead later either.
    let answers = |edition: &Option<Arc<Edition>>| {
        edition.as_ref().is_none_or(|edition| directives.answer(&edition.snapshot) != Ok(Answer::Wait))
    };
    when(editions, answers, patience).await.ok_or(Miss::NotYet)
}

/// An edition that has the part, if it is there or is the next to come.
async fn with_part(editions: &mut Editions, number: u64, patience: Duration) -> Result<Arc<Edition>, Miss> {
    let edition = current(editions).ok_or(Miss::NoStream)?;
    if edition.snapshot.next_part() != number || edition.snapshot.is_over() {
        return Ok(edition);
    }
    let settled = |edition: &Option<Arc<Edition>>| {
        edition.as_ref().is_none_or(|e| e.snapshot.next_part() > number || e.snapshot.is_over())
    };
    when(editions, settled, patience).await.ok_or(Miss::NotYet)
}

async fn when(
    editions: &mut Editions,
    is_it: impl Fn(&Option<Arc<Edition>>) -> bool,
    patience: Duration,
) -> Option<Arc<Edition>> {
    timeout(patience, editions.wait_for(is_it)).await.ok()?.ok()?.clone()
}
