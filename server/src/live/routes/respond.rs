//! Answers: their types, how long caches may keep them, and what is said when there is nothing.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use packager::{DirectiveError, Init, Part, Segment};
use protocol::Problem;

use crate::live::File;
use crate::live::edition::Text;

/// The bytes behind an address never change, and a segment is gone within minutes.
const IMMUTABLE: &str = "public, max-age=3600, immutable";

/// How a playlist was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Whatever is newest: caches may hand it out for a second, browsers not at all.
    Reload,
    /// For one segment or part: later answers differ only by what came since.
    Blocking,
    /// Of a show that is over: it stays as it is, until the recording is removed.
    Kept,
}

pub(crate) fn playlist(text: &Text, gzip: bool, age: Age) -> Response {
    let cache = match age {
        Age::Reload => "public, max-age=0, s-maxage=1",
        Age::Blocking => "public, max-age=10",
        Age::Kept => "public, max-age=300",
    };
    let headers =
        [(CONTENT_TYPE, "application/vnd.apple.mpegurl"), (CACHE_CONTROL, cache), (VARY, "accept-encoding")];
    if gzip && !text.gzip.is_empty() {
        return (headers, [(CONTENT_ENCODING, "gzip")], text.gzip.clone()).into_response();
    }
    (headers, text.plain.clone()).into_response()
}

pub(crate) fn init(init: &Init) -> Response {
    ([(CONTENT_TYPE, "video/mp4"), (CACHE_CONTROL, IMMUTABLE)], init.data.clone()).into_response()
}

pub(crate) fn part(part: &Part) -> Response {
    ([(CONTENT_TYPE, "video/iso.segment"), (CACHE_CONTROL, IMMUTABLE)], part.data.clone()).into_response()
}

/// A file of a show that is over: nothing else will ever be at its address.
pub(crate) fn kept(file: File, data: Bytes) -> Response {
    let kind = if matches!(file, File::Init(_)) { "video/mp4" } else { "video/iso.segment" };
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], data).into_response()
}

/// Its parts one after another, without copying them together.
pub(crate) fn segment(segment: &Segment) -> Response {
    let parts: Vec<_> = segment.parts.iter().map(|part| Ok::<_, Infallible>(part.data.clone())).collect();
    let headers = [(CONTENT_TYPE, "video/iso.segment"), (CACHE_CONTROL, IMMUTABLE)];
    let body = Body::from_stream(futures_util::stream::iter(parts));
    (headers, [(CONTENT_LENGTH, segment.size().to_string())], body).into_response()
}

/// Whether the client takes gzip.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let refused =
            weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        matches!(name.trim(), "gzip" | "*") && !refused
    })
}

/// Why there is nothing to send.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Miss {
    #[error(
        "streams have index.m3u8, media.m3u8, init-N.mp4, seg-N.m4s and part-N.m4s, replays chapters.vtt besides"
    )]
    NoSuchFile,
    #[error("nobody is publishing in this room: try again once its show has begun")]
    NoStream,
    #[error("this show has no replay: it is still on, was not recorded, or its recording was removed")]
    NoReplay,
    #[error("the recording could not be read: try again in a moment")]
    Unreadable,
    #[error("no playlist lists this address: it left the window, or never was; reload the playlist")]
    Removed,
    #[error("{0}; reload the playlist without directives")]
    Directive(DirectiveError),
    #[error("nothing new came in time: the publisher may be away; ask again")]
    NotYet,
}

impl IntoResponse for Miss {
    fn into_response(self) -> Response {
        let (status, code, title) = match self {
            Self::NoSuchFile => (StatusCode::NOT_FOUND, "no_such_file", "no such file"),
            Self::NoStream => (StatusCode::NOT_FOUND, "no_stream", "no stream"),
            Self::NoReplay => (StatusCode::NOT_FOUND, "no_replay", "no replay"),
            Self::Unreadable => (StatusCode::INTERNAL_SERVER_ERROR, "unreadable", "recording unreadable"),
            Self::Removed => (StatusCode::NOT_FOUND, "not_in_window", "not in the window"),
            Self::Directive(_) => (StatusCode::BAD_REQUEST, "bad_directive", "bad delivery directive"),
            Self::NotYet => (StatusCode::SERVICE_UNAVAILABLE, "not_yet", "not there yet"),
        };
        let problem = Problem {
            kind: format!("/problems/{code}"),
            status: status.as_u16(),
            code: code.to_owned(),
            title: title.to_owned(),
            detail: self.to_string(),
            total: None,
        };
        // A cache in between must not hold on to it: the next second may have the answer.
        let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, Json(problem)).into_response();
        for (name, value) in headers {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
