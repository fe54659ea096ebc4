//! What goes wrong, and is survived.

use playback::{ErrorKind, Event, State, VideoEvent};

use crate::origin::Origin;
use crate::world::World;

#[test]
fn a_segment_that_is_not_there_is_jumped() {
    let mut origin = Origin::recording(60);
    origin.missing = vec!["seg-3.m4s".into()];
    let mut world = World::playing(origin, 0);
    world.run(62.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!(world.errors.iter().any(|error| error.cause == "not_found" && !error.fatal));
}

#[test]
fn a_body_that_is_cut_short_is_asked_for_again() {
    let mut origin = Origin::recording(20);
    origin.truncated = vec!["seg-2.m4s".into(), "init-0.mp4".into()];
    let mut world = World::playing(origin, 0);
    world.run(22.0);
    assert_eq!(world.asked("seg-2.m4s"), 2);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!((world.element.time - 20.0).abs() < 0.1);
}

#[test]
fn a_recording_survives_an_outage() {
    let mut origin = Origin::recording(120);
    origin.outages = vec![(5_000, 60_000)];
    let mut world = World::playing(origin, 0);
    world.run(180.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!(world.errors.iter().all(|error| !error.fatal), "{:?}", world.errors);
}

#[test]
fn a_full_buffer_lets_go_of_the_past_and_goes_on() {
    let mut world = World::playing(Origin::recording(120), 0);
    world.element.capacity = 12.0;
    world.run(125.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn encrypted_media_is_refused_with_a_clear_word() {
    let mut origin = Origin::recording(20);
    for (key, cause) in [
        ("METHOD=AES-128,URI=\"key\"", "encrypted"),
        ("METHOD=SAMPLE-AES,URI=\"key\",KEYFORMAT=\"identity\"", "encrypted"),
        ("METHOD=SAMPLE-AES,URI=\"skd://a\",KEYFORMAT=\"com.apple.streamingkeydelivery\"", "drm"),
        ("METHOD=SAMPLE-AES-CTR,URI=\"data:,\"", "drm"),
        ("METHOD=FUTURE,URI=\"key\"", "drm"),
    ] {
        origin.key = Some(key);
        let mut world = World::playing(origin.clone(), 0);
        world.run(2.0);
        let error = world.errors.last().unwrap();
        assert!(error.fatal && error.kind == ErrorKind::Unsupported && error.cause == cause, "{error:?}");
        assert_eq!(world.engine.wake_at(), None);
    }
}

#[test]
fn a_missing_part_of_a_live_stream_is_jumped() {
    let mut origin = Origin::live();
    origin.missing = vec!["part-1035-4.m4s".into()];
    let mut world = World::playing(origin, 61_300);
    world.run(30.0);
    assert!((0.25..1.2).contains(&world.latency()), "{}", world.latency());
    assert!(world.element.playing());
}

#[test]
fn a_server_that_does_not_hold_requests_is_not_flooded() {
    let mut origin = Origin::live();
    // The part that is hinted at never comes: the publisher is gone.
    origin.lives[0].2[0].until = 70_000;
    let mut world = World::playing(origin, 61_300);
    world.run(10.0);
    let before = world.requests.len();
    world.run(60.0);
    assert!(world.requests.len() - before < 120, "{}", world.requests.len() - before);
}

#[test]
fn a_decode_error_is_recovered_from() {
    let mut world = World::playing(Origin::recording(120), 0);
    world.run(10.0);
    world.say(VideoEvent::Error);
    world.run(5.0);
    assert!((13.0..15.5).contains(&world.element.time), "{}", world.element.time);
    assert!(world.element.playing());
}

#[test]
fn a_decoder_that_stands_still_is_pushed() {
    let mut world = World::playing(Origin::recording(120), 0);
    world.run(10.0);
    world.element.stuck_until = Some(world.element.time + 0.05);
    world.run(10.0);
    assert_eq!(world.element.seeks.len(), 1);
    assert!(world.element.time > 15.0, "{}", world.element.time);
}

#[test]
fn a_managed_source_that_wants_nothing_lets_the_engine_sleep() {
    let mut origin = Origin::recording(60);
    origin.missing = vec!["init-0.mp4".into()];
    let mut world = World::playing(origin, 0);
    world.run(0.1);
    world.tell(Event::Streaming(false));
    world.run(2.0);
    world.tell(Event::Timer);
    assert!(world.engine.wake_at().unwrap().as_millis() as u64 > world.now, "{:?}", world.engine.wake_at());
}

#[test]
fn decode_errors_without_end_are_fatal() {
    let mut world = World::playing(Origin::recording(120), 0);
    for _ in 0..5 {
        world.run(1.0);
        world.say(VideoEvent::Error);
    }
    assert!(world.errors.last().unwrap().fatal);
}

#[test]
fn pictures_that_fail_when_they_are_about_to_be_shown_are_passed_over() {
    // Segments of two seconds: at the start of one, in its middle, and over the seam of two.
    for broken in [(10.0, 10.1), (10.9, 11.0), (11.9, 12.1)] {
        let mut world = World::playing(Origin::recording(60), 0);
        world.element.broken = Some(broken);
        world.run(70.0);
        assert!(world.errors.iter().all(|error| !error.fatal), "{broken:?}: {:?}", world.errors);
        assert_eq!(world.states.last().unwrap().1, State::Ended, "{broken:?}");
    }
}

#[test]
fn broken_pictures_of_a_live_stream_are_passed_over() {
    for broken in [(66.0, 66.1), (66.7, 66.8), (67.9, 68.1)] {
        let mut world = World::playing(Origin::live(), 61_300);
        world.element.broken = Some((broken.0 - 2.0, broken.1 - 2.0));
        world.run(30.0);
        assert!(world.errors.iter().all(|error| !error.fatal), "{broken:?}: {:?}", world.errors);
        assert!(world.element.playing() && world.latency() < 1.5, "{broken:?}: {}", world.latency());
    }
}

#[test]
fn one_broken_picture_every_fifteen_seconds_never_ends_a_stream() {
    let mut world = World::playing(Origin::recording(120), 0);
    for at in [10.5, 25.5, 40.5, 55.5, 70.5, 85.5] {
        world.element.broken = Some((at, at + 0.1));
        world.run(16.0);
    }
    assert!(world.errors.iter().all(|error| !error.fatal), "{:?}", world.errors);
    assert!(world.element.playing() && world.element.time > 80.0, "{}", world.element.time);
}

#[test]
fn a_segment_that_cannot_be_decoded_is_passed_over() {
    let mut world = World::playing(Origin::recording(60), 0);
    world.undecodable = Some((10.0, 12.0));
    world.run(62.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!(world.errors.iter().all(|error| !error.fatal), "{:?}", world.errors);
    assert_eq!(world.asked("seg-5.m4s"), 2);
}

/// A player whose first request is answered with this text.
fn answered(text: &str) -> World {
    let mut world = World::playing(Origin::live(), 61_300);
    world.tell(Event::Response(playback::Response {
        request: 1,
        status: 200,
        uri: "http://o/x".into(),
        body: text.as_bytes().to_vec(),
        first_byte: std::time::Duration::ZERO,
    }));
    world
}

#[test]
fn a_gap_with_the_largest_number_is_not_skipped_for_ever() {
    let world = answered(
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:18446744073709551615\n\
         #EXT-X-MAP:URI=\"init-0.mp4\"\n#EXT-X-GAP\n#EXTINF:2,\nseg-1.m4s\n#EXT-X-ENDLIST\n",
    );
    assert_eq!(world.asked("seg-1.m4s"), 0);
}

#[test]
fn a_fatal_error_leaves_no_body_behind() {
    let mut world = answered(
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"init-0.mp4\"\n#EXTINF:2,\nseg-1000.m4s\n\
         #EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF:2,\nseg-1001.m4s\n#EXT-X-ENDLIST\n",
    );
    world.run(2.0);
    assert!(world.errors.last().unwrap().fatal);
    assert_eq!(world.kept(), 0);
}

#[test]
fn text_that_is_no_playlist_is_fatal_and_names_the_line() {
    let world = answered("<html>");
    let error = world.errors.last().unwrap();
    assert!(error.fatal && error.kind == ErrorKind::Playlist, "{error:?}");
    assert!(error.message.contains("line 1"), "{}", error.message);
}

fn started(name: &'static str, status: u16, body: &'static str, seconds: f64) -> World {
    let mut origin = Origin::live();
    origin.instead = Some((name, status, body));
    let mut world = World::new(origin, 61_300);
    world.load("http://o/live/index.m3u8", playback::StartAt::Default);
    world.run(seconds);
    world
}

#[test]
fn a_playlist_that_cannot_be_had_at_the_start_is_given_up_with_advice() {
    for (name, status, body, kind, cause) in [
        ("media.m3u8", 200, "<html>", ErrorKind::Playlist, "malformed"),
        ("media.m3u8", 403, "", ErrorKind::Network, "forbidden"),
        ("index.m3u8", 403, "", ErrorKind::Network, "forbidden"),
        ("media.m3u8", 503, "", ErrorKind::Network, "status"),
    ] {
        let world = started(name, status, body, 90.0);
        let error = world.errors.last().unwrap();
        assert!(error.fatal && error.kind == kind && error.cause == cause, "{error:?}");
        assert!(error.message.contains(name) && error.message.contains(": "), "{error:?}");
        assert_eq!(world.engine.wake_at(), None);
    }
    let patient = started("media.m3u8", 503, "", 15.0);
    assert!(patient.errors.iter().all(|error| !error.fatal), "a server may be just starting");
}

#[test]
fn a_show_that_has_not_begun_is_waited_for_however_long() {
    for name in ["media.m3u8", "index.m3u8"] {
        let mut world = started(name, 404, "", 900.0);
        assert!(world.errors.iter().all(|error| !error.fatal), "{:?}", world.errors);
        assert_eq!(world.states.last().unwrap().1, State::Away);
        world.origin.instead = None;
        world.run(8.0);
        assert_eq!(world.states.last().unwrap().1, State::Ready);
    }
}
