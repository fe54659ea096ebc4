//! `GET` and `HEAD` of what is over: `/live/ROOM/shows/SHOW/` has a replay's playlists and chapters,
//! `/live/ROOM/recordings/NUMBER/` the media. `/live/ROOM/index.m3u8` is the newest replay once the show is over.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::{Place, Replay};
use crate::extract::Path;
use crate::live::respond::{Age, Miss, accepts_gzip, kept, playlist};
use crate::live::{self, File, Text};
use crate::room::shows::{self, Span};
use crate::state::App;
use crate::store::StoreError;

/// The routes; `app` has the recordings.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/live/{room}/index.m3u8", get(index))
        .route("/live/{room}/shows/{show}/{file}", get(of_show))
        .route("/live/{room}/recordings/{recording}/{file}", get(media))
        .layer(live::cors())
        .with_state(app)
}

/// What is on; once it is over, its replay.
async fn index(
    State(app): State<App>,
    Path(room): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Miss> {
    if !app.live.is_on(&room)
        && let Some((show, replay)) = newest(&app, &room).await?
        && let Some(text) = replay.vod.multivariant_playlist(&format!("shows/{}/media.m3u8", show.id))
    {
        return Ok(playlist(&Text::new(text), accepts_gzip(&headers), Age::Reload));
    }
    live::index(&app.live, &room, &headers).await
}

async fn of_show(
    State(app): State<App>,
    Path((room, show, file)): Path<(String, u64, String)>,
    headers: HeaderMap,
) -> Result<Response, Miss> {
    let span = async { shows::span(&mut *app.store.read().await?, &room, show).await };
    let span = span.await.map_err(|error| unreadable(&error))?.ok_or(Miss::NoReplay)?;
    let replay = replay(&app, &room, span).await?.ok_or(Miss::NoReplay)?;
    let gzip = accepts_gzip(&headers);
    match file.as_str() {
        "index.m3u8" => {
            let text = replay.vod.multivariant_playlist("media.m3u8").ok_or(Miss::NoReplay)?;
            Ok(playlist(&Text::new(text), gzip, Age::Kept))
        }
        "media.m3u8" => Ok(playlist(&replay.media, gzip, Age::Kept)),
        "chapters.vtt" => {
            let text = shows::api::chapters_vtt(&app, &room, span, &replay).await;
            let text = text.map_err(|error| unreadable(&error))?;
            let headers = [(CONTENT_TYPE, "text/vtt; charset=utf-8"), (CACHE_CONTROL, "public, max-age=300")];
            Ok((headers, text).into_response())
        }
        _ => Err(Miss::NoSuchFile),
    }
}

async fn media(
    State(app): State<App>,
    Path((room, recording, file)): Path<(String, u64, String)>,
) -> Result<Response, Miss> {
    let file = File::from_name(&file).filter(|file| matches!(file, File::Init(_) | File::Segment(_)));
    let file = file.ok_or(Miss::NoSuchFile)?;
    let place = Place::new(&room, recording).ok_or(Miss::NoReplay)?;
    let recordings = app.replays.as_ref().ok_or(Miss::NoReplay)?.recordings().clone();
    let read = tokio::task::spawn_blocking(move || recordings.file(&place, file)).await;
    match read.map_err(|error| unreadable(&error))? {
        Ok(data) => Ok(kept(file, data)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Miss::NoReplay),
        Err(error) => Err(unreadable(&error)),
    }
}

/// The newest show of a room, if it is over and was recorded.
async fn newest(app: &App, room: &str) -> Result<Option<(Span, Arc<Replay>)>, Miss> {
    let spans = async { shows::spans(&mut *app.store.read().await?, room).await };
    let spans: Result<_, StoreError> = spans.await;
    let Some(show) = spans.map_err(|error| unreadable(&error))?.pop() else { return Ok(None) };
    Ok(replay(app, room, show).await?.map(|replay| (show, replay)))
}

async fn replay(app: &App, room: &str, show: Span) -> Result<Option<Arc<Replay>>, Miss> {
    let Some(replays) = &app.replays else { return Ok(None) };
    replays.get(room, show).await.map_err(|error| unreadable(&error))
}

/// Logged once, here; whoever asks learns no more than that.
fn unreadable(error: &dyn std::fmt::Display) -> Miss {
    tracing::error!(%error, "A replay could not be read");
    Miss::Unreadable
}
