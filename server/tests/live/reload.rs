use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use server::live::LiveConfig;

use super::studio::{Studio, body, key, parse};

async fn running() -> (Studio, tokio::process::Child) {
    let studio = Studio::open(LiveConfig::default()).await;
    let encoder = studio.ffmpeg(&key("tea"), 30, &["-tune", "zerolatency"]);
    studio.until_segments("tea", 1).await;
    (studio, encoder)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_a_part_gets_the_playlist_with_it_and_all_get_the_same() {
    let (studio, _encoder) = running().await;
    for _ in 0..10 {
        let media = studio.media("tea").await;
        let open = media.segments.last().unwrap();
        let (mut msn, mut part) = (media.next_number(), 0);
        if open.uri.is_none() {
            (msn, part) = (msn - 1, open.parts.len());
        }
        let file = format!("media.m3u8?_HLS_msn={msn}&_HLS_part={part}");
        let begun = Instant::now();
        let answers = futures_util::future::join_all((0..20).map(|_| studio.text("tea", &file))).await;
        assert!(begun.elapsed() < Duration::from_millis(1_000), "{:?}", begun.elapsed());
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        let hint = &media.preload_hints[0].uri;
        assert!(parse(&answers[0]).segments.iter().flat_map(|s| &s.parts).any(|part| part.uri == *hint));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hinted_part_can_be_asked_for_before_it_is_there() {
    let (studio, _encoder) = running().await;
    for _ in 0..15 {
        let hint = studio.media("tea").await.preload_hints[0].uri.clone();
        let response = studio.get("tea", &hint).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "video/iso.segment");
        assert_eq!(&body(response).await[4..8], b"moof");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_is_the_sum_of_its_parts() {
    let (studio, _encoder) = running().await;
    let media = studio.media("tea").await;
    let segment = &media.segments[0];
    let mut sum = Vec::new();
    for part in &segment.parts {
        sum.extend(body(studio.get("tea", &part.uri).await).await);
    }
    let response = studio.get("tea", segment.uri.as_ref().unwrap()).await;
    assert_eq!(response.headers()[CONTENT_LENGTH], sum.len().to_string().as_str());
    assert!(response.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert_eq!(body(response).await, sum);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_nothing_can_answer_are_refused_with_a_reason() {
    let (studio, _encoder) = running().await;
    let far = studio.media("tea").await.next_number() + 5;
    for (room, file, status, code) in [
        ("tea", format!("media.m3u8?_HLS_msn={far}"), StatusCode::BAD_REQUEST, "bad_directive"),
        ("tea", "media.m3u8?_HLS_part=1".to_owned(), StatusCode::BAD_REQUEST, "bad_directive"),
        ("tea", "media.m3u8?_HLS_msn=soon".to_owned(), StatusCode::BAD_REQUEST, "bad_directive"),
        ("tea", "part-1.m4s".to_owned(), StatusCode::NOT_FOUND, "not_in_window"),
        ("tea", "seg-1.m4s".to_owned(), StatusCode::NOT_FOUND, "not_in_window"),
        ("tea", "init-1.mp4".to_owned(), StatusCode::NOT_FOUND, "not_in_window"),
        ("tea", "anything".to_owned(), StatusCode::NOT_FOUND, "no_such_file"),
        ("nowhere", "index.m3u8".to_owned(), StatusCode::NOT_FOUND, "no_stream"),
    ] {
        let response = studio.get(room, &file).await;
        assert_eq!(response.status(), status, "{file}");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let problem: protocol::Problem = serde_json::from_slice(&body(response).await).unwrap();
        assert_eq!((problem.code.as_str(), problem.status), (code, status.as_u16()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn playlists_come_compressed_to_any_origin_and_answer_head() {
    let (studio, _encoder) = running().await;
    let request = |method: &str| {
        let request = Request::builder()
            .method(method)
            .uri("/live/tea/media.m3u8")
            .header("origin", "https://shop.example");
        request.header(ACCEPT_ENCODING, "br;q=1, gzip").body(Body::empty()).unwrap()
    };
    let response = studio.ask(request("GET")).await;
    assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    assert_eq!(response.headers()[CONTENT_TYPE], "application/vnd.apple.mpegurl");
    assert_eq!(&body(response).await[..2], [0x1f, 0x8b]);
    let response = studio.ask(request("HEAD")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body(response).await.is_empty());
}
