use std::time::Duration;

use protocol::RoomStatus;
use server::live::LiveConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::studio::{Studio, key, last_words};

/// Runs a stream, lets `trouble` happen beside it, and checks that it goes on unharmed.
async fn beside_a_running_stream<F: Future<Output = ()>>(trouble: impl FnOnce(std::sync::Arc<Studio>) -> F) {
    let studio = std::sync::Arc::new(Studio::open(LiveConfig::default()).await);
    let _encoder = studio.ffmpeg(&key("tea"), 60, &["-tune", "zerolatency"]);
    studio.until_segments("tea", 1).await;
    trouble(std::sync::Arc::clone(&studio)).await;
    let before = studio.media("tea").await.next_number();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let after = studio.media("tea").await;
    assert!(after.next_number() > before, "the stream stands still:\n{after}");
    assert!(after.segments.iter().all(|segment| !segment.discontinuity), "{after}");
    assert_eq!(studio.live.status("tea"), RoomStatus::Live);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_refused_over_rtmp() {
    beside_a_running_stream(|studio| async move {
        let (success, words) = last_words(studio.ffmpeg("sk-wrong", 3, &[])).await;
        assert!(!success && words.contains("the stream key is wrong"), "{words}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_publisher_is_refused_and_the_first_goes_on() {
    beside_a_running_stream(|studio| async move {
        let (success, words) = last_words(studio.ffmpeg(&key("tea"), 3, &[])).await;
        assert!(!success && words.contains("somebody publishes with this stream key already"), "{words}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_codecs_and_other_applications_are_refused() {
    beside_a_running_stream(|studio| async move {
        let (success, words) =
            last_words(studio.ffmpeg(&key("mp3"), 5, &["-c:a", "libmp3lame", "-ar", "44100"])).await;
        assert!(!success, "{words}");
        let (success, words) = last_words(studio.ffmpeg(&key("flv1"), 5, &["-c:v", "flv1"])).await;
        assert!(!success, "{words}");
        let vod = format!("rtmp://127.0.0.1:{}/vod/{}", studio.rtmp_port(), key("vod"));
        let (success, words) = last_words(studio.ffmpeg_to(&vod, 3, &[])).await;
        assert!(!success && words.contains("publish to rtmp://HOST/live"), "{words}");
        for room in ["mp3", "flv1", "vod"] {
            assert_eq!(studio.live.status(room), RoomStatus::Idle, "{room}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_silence_and_a_panic_harm_nobody() {
    beside_a_running_stream(|studio| async move {
        let garbage: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let plausible = [&[3][..], &garbage].concat();
        for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &garbage, &plausible] {
            let mut stream = TcpStream::connect(("127.0.0.1", studio.rtmp_port())).await.unwrap();
            let _reset = stream.write_all(bytes).await;
            let mut answer = Vec::new();
            let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
            assert!(read.is_ok(), "the connection was not closed");
        }
        let _silent = TcpStream::connect(("127.0.0.1", studio.rtmp_port())).await.unwrap();
        let (success, _) = last_words(studio.ffmpeg("panic", 3, &[])).await;
        assert!(!success);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_are_dropped_and_leave_their_place_to_others() {
    let config =
        LiveConfig { max_publishers: 2, handshake_timeout: Duration::from_secs(1), ..LiveConfig::default() };
    let studio = Studio::open(config).await;
    let connect = || TcpStream::connect(("127.0.0.1", studio.rtmp_port()));
    let (mut first, _second) = (connect().await.unwrap(), connect().await.unwrap());
    let mut third = connect().await.unwrap();
    let mut byte = [0];
    let refused = tokio::time::timeout(Duration::from_millis(800), third.read(&mut byte)).await;
    assert!(matches!(refused, Ok(Ok(0) | Err(_))), "{refused:?}");
    let dropped = tokio::time::timeout(Duration::from_secs(3), first.read(&mut byte)).await;
    assert!(matches!(dropped, Ok(Ok(0) | Err(_))), "{dropped:?}");
    tokio::time::sleep(Duration::from_millis(200)).await;
    let _encoder = studio.ffmpeg(&key("tea"), 10, &[]);
    studio.until_status("tea", RoomStatus::Live).await;
}
