use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use protocol::RoomStatus;
use server::live::{LiveConfig, LiveEvent};

use super::studio::{Studio, ffprobe, key, last_words};

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_who_drops_and_comes_back_goes_on_in_the_same_playlist() {
    let studio = Studio::open(LiveConfig::default()).await;
    let mut events = studio.live.events();
    let mut first = studio.ffmpeg(&key("tea"), 30, &[]);
    let before = studio.until_segments("tea", 2).await;
    first.kill().await.unwrap();
    studio.until_status("tea", RoomStatus::Away).await;
    assert!(!studio.media("tea").await.end_list);

    let second = studio.ffmpeg(&key("tea"), 5, &["-bf", "0", "-g", "30"]);
    studio.until_status("tea", RoomStatus::Live).await;
    assert_eq!(last_words(second).await, (true, String::new()));
    let after = studio.media("tea").await;
    assert_eq!(after.media_sequence, before.media_sequence);
    let breaks: Vec<_> = after.segments.iter().filter(|segment| segment.discontinuity).collect();
    assert_eq!(breaks.len(), 1, "{after}");
    assert_ne!(breaks[0].map, after.segments[0].map);
    let clock: Vec<_> = after.segments.iter().filter_map(|segment| segment.program_date_time).collect();
    assert!(clock.len() == after.segments.len() && clock.is_sorted(), "{after}");

    let mut seen = Vec::new();
    while let Ok(event) = events.try_recv() {
        seen.push(match event {
            LiveEvent::PublisherOn { new_show: true, .. } => "new show",
            LiveEvent::PublisherOn { new_show: false, .. } => "back",
            LiveEvent::PublisherAway { .. } => "away",
            LiveEvent::Ended { .. } => "ended",
        });
    }
    assert_eq!(seen, ["new show", "away", "back", "away"]);
    assert!(studio.live.end_show("tea"));
    let packets = ffprobe(&studio.url("tea", "media.m3u8")).await;
    assert!(packets.iter().filter(|packet| packet.stream == 0).count() > 240);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_who_stays_away_ends_the_show() {
    let studio = Studio::open(LiveConfig { grace: Duration::from_secs(1), ..LiveConfig::default() }).await;
    let encoder = studio.ffmpeg(&key("tea"), 3, &[]);
    studio.until_status("tea", RoomStatus::Live).await;
    assert!(last_words(encoder).await.0);
    studio.until_status("tea", RoomStatus::Ended).await;
    let media = studio.media("tea").await;
    assert!(media.end_list && media.preload_hints.is_empty(), "{media}");

    // The next show begins a new line of numbers, above the old one.
    let _encoder = studio.ffmpeg(&key("tea"), 10, &[]);
    studio.until_status("tea", RoomStatus::Live).await;
    let next = studio.media("tea").await;
    assert!(!next.end_list && next.media_sequence > media.next_number(), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_ends_the_show_at_once_and_the_encoder_hears_of_it() {
    let studio = Studio::open(LiveConfig::default()).await;
    let encoder = studio.ffmpeg(&key("tea"), 30, &[]);
    studio.until_segments("tea", 1).await;
    assert!(studio.live.end_show("tea"));
    assert_eq!(studio.live.status("tea"), RoomStatus::Ended);
    assert!(studio.media("tea").await.end_list);
    assert!(!last_words(encoder).await.0, "ffmpeg ends with an error");
    assert!(!studio.live.end_show("tea"));

    let (success, words) = last_words(studio.ffmpeg(&key("tea"), 3, &[])).await;
    assert!(!success && words.contains("the show was ended by its host"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_who_is_kicked_may_come_back() {
    let studio = Studio::open(LiveConfig::default()).await;
    assert!(!studio.live.kick("tea"));
    let encoder = studio.ffmpeg(&key("tea"), 30, &[]);
    studio.until_status("tea", RoomStatus::Live).await;
    assert!(studio.live.kick("tea"));
    studio.until_status("tea", RoomStatus::Away).await;
    assert!(!last_words(encoder).await.0);
    let _encoder = studio.ffmpeg(&key("tea"), 30, &[]);
    studio.until_status("tea", RoomStatus::Live).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_programme_clock_is_the_walls() {
    let studio = Studio::open(LiveConfig::default()).await;
    let _encoder = studio.ffmpeg(&key("tea"), 30, &["-tune", "zerolatency"]);
    studio.until_segments("tea", 2).await;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    let (newest, oldest) =
        (studio.live.newest_picture("tea").unwrap(), studio.live.window_start("tea").unwrap());
    assert!((-500..1_500).contains(&(now - newest.0)), "{} ms behind the wall", now - newest.0);
    assert!((3_900..8_000).contains(&(newest.0 - oldest.0)), "{} ms", newest.0 - oldest.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_a_publisher_who_is_away_is_told_to_ask_again() {
    let second = Duration::from_secs(1);
    let config = LiveConfig { segment: second, target_duration: second, ..LiveConfig::default() };
    let studio = Studio::open(config).await;
    let encoder = studio.ffmpeg(&key("tea"), 3, &["-g", "30"]);
    studio.until_status("tea", RoomStatus::Live).await;
    assert!(last_words(encoder).await.0);
    studio.until_status("tea", RoomStatus::Away).await;
    let next = studio.media("tea").await.next_number();
    let begun = std::time::Instant::now();
    let response = studio.get("tea", &format!("media.m3u8?_HLS_msn={next}&_HLS_part=0")).await;
    assert_eq!(
        (response.status(), &response.headers()[RETRY_AFTER]),
        (StatusCode::SERVICE_UNAVAILABLE, &"1".parse().unwrap())
    );
    assert!((2_900..4_000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encoder_that_froze_is_replaced_by_the_one_that_connects_again() {
    let studio = Studio::open(LiveConfig::default()).await;
    let frozen = studio.ffmpeg(&key("tea"), 60, &[]);
    studio.until_segments("tea", 1).await;
    let pid = frozen.id().unwrap().to_string();
    std::process::Command::new("kill").args(["-STOP", &pid]).status().unwrap();
    tokio::time::sleep(Duration::from_secs(4)).await;
    let _encoder = studio.ffmpeg(&key("tea"), 20, &[]);
    let before = studio.media("tea").await.next_number();
    while studio.media("tea").await.next_number() < before + 2 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let media = studio.media("tea").await;
    assert_eq!(media.segments.iter().filter(|segment| segment.discontinuity).count(), 1, "{media}");
    assert_eq!(studio.live.status("tea"), RoomStatus::Live);
}
