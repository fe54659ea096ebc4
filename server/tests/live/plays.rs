use protocol::RoomStatus;
use server::live::LiveConfig;

use super::studio::{Packet, Studio, ffprobe, key, last_words};

/// Publishes for six seconds, ends the show, and plays it all.
async fn published(options: &[&str]) -> (Studio, Vec<Packet>) {
    let studio = Studio::open(LiveConfig::default()).await;
    let encoder = studio.ffmpeg(&key("tea"), 6, options);
    studio.until_status("tea", RoomStatus::Live).await;
    assert_eq!(last_words(encoder).await, (true, String::new()));
    studio.until_status("tea", RoomStatus::Away).await;
    assert!(studio.live.end_show("tea"));
    let packets = ffprobe(&studio.url("tea", "index.m3u8")).await;
    (studio, packets)
}

fn track(packets: &[Packet], stream: usize) -> Vec<Packet> {
    packets.iter().copied().filter(|packet| packet.stream == stream).collect()
}

fn assert_decode_times_go_on(packets: &[Packet], step: std::ops::Range<f64>) {
    for pair in packets.windows(2) {
        let found = pair[1].dts - pair[0].dts;
        assert!(step.contains(&found), "a step of {found} s at {} s", pair[0].dts);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_picture_and_every_sound_arrives_in_order_without_b_frames() {
    let (studio, packets) = published(&["-tune", "zerolatency", "-bf", "0"]).await;
    let (video, audio) = (track(&packets, 0), track(&packets, 1));
    assert_eq!(video.len(), 180);
    assert_decode_times_go_on(&video, 0.030..0.037);
    assert_decode_times_go_on(&audio, 0.0231..0.0233);
    assert!(video.iter().all(|packet| (packet.pts - packet.dts).abs() < 0.001));
    assert_eq!(video.iter().filter(|packet| packet.key).count(), 3);
    let text = studio.text("tea", "index.m3u8").await;
    assert!(text.contains("RESOLUTION=320x180") && text.contains("FRAME-RATE=30.000"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn b_frames_are_shown_in_their_order() {
    let (_studio, packets) = published(&["-preset", "veryfast", "-bf", "2", "-sc_threshold", "0"]).await;
    let video = track(&packets, 0);
    assert_eq!(video.len(), 180);
    assert_decode_times_go_on(&video, 0.030..0.037);
    assert!(video.windows(2).any(|pair| pair[1].pts < pair[0].pts), "there are no B-frames");
    let mut shown: Vec<_> = video.iter().map(|packet| (packet.pts * 1_000.0).round() as i64).collect();
    shown.sort_unstable();
    assert!(shown.windows(2).all(|pair| (30..=37).contains(&(pair[1] - pair[0]))), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn timestamps_that_wrap_go_on() {
    // The clock wraps, at 31 bits in ffmpeg, three seconds after it starts.
    let (studio, packets) = published(&["-bf", "0", "-output_ts_offset", "4294964.3"]).await;
    let video = track(&packets, 0);
    assert!(video.len() >= 179, "{}", video.len());
    assert_decode_times_go_on(&video, 0.030..0.037);
    assert!(studio.media("tea").await.segments.iter().all(|segment| !segment.discontinuity));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_sound_alone_plays() {
    let (studio, packets) = published(&["-vn"]).await;
    assert_decode_times_go_on(&packets, 0.0231..0.0233);
    let text = studio.text("tea", "index.m3u8").await;
    assert!(text.contains("CODECS=\"mp4a.40.2\"") && !text.contains("RESOLUTION"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_pictures_alone_plays() {
    let (_studio, packets) = published(&["-an", "-bf", "0"]).await;
    assert_eq!(packets.len(), 180);
    assert_decode_times_go_on(&packets, 0.030..0.037);
}
