use proptest::prelude::*;

use super::*;
use crate::{Answer, DirectiveError, Directives};
use encoder::{AAC, AVC, Encoder};
use stage::{EPOCH, Stage};

mod encoder;
mod rules;
mod stage;

/// Thirty seconds of a stream, from its first frame to its last.
fn show(encoder: Encoder) -> Stage {
    let mut stage = Stage::new(Config::default());
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 30_000)).unwrap();
    stage.drop_publisher();
    stage
}

fn durations(stage: &Stage) -> Vec<i64> {
    stage.last().listed.iter().map(|segment| segment.duration.millis()).collect()
}

#[test]
fn key_frames_begin_segments_and_parts_hold_whole_pictures() {
    let stage = show(Encoder::default());
    assert_eq!(durations(&stage)[..14], [2_000; 14]);
    let segment = &stage.last().listed[3];
    assert_eq!(segment.parts.iter().map(|part| part.pictures).collect::<Vec<_>>(), [6; 10]);
    assert!(segment.parts[0].independent && segment.parts[1..].iter().all(|part| !part.independent));
    assert_eq!(stage.samples().0, 900);
}

#[test]
fn a_part_is_never_much_shorter_than_its_target_at_usual_frame_rates() {
    for millihertz in
        [10_000, 15_000, 20_000, 23_976, 24_000, 25_000, 29_970, 30_000, 48_000, 50_000, 59_940, 60_000]
    {
        let stage = show(Encoder { millihertz, key_interval: millihertz * 2 / 1_000, ..Encoder::default() });
        let target = stage.last().part_target.ticks();
        for segment in &stage.last().listed[..14] {
            let (last, parts) = segment.parts.split_last().unwrap();
            assert!(last.duration.ticks() <= target);
            for part in parts {
                let share = part.duration.ticks() * 100 / target;
                assert!((85..=100).contains(&share), "{share} % at {millihertz} mHz");
            }
        }
    }
}

#[test]
fn pictures_rarer_than_parts_make_the_part_target_longer() {
    let stage = show(Encoder { millihertz: 2_000, key_interval: 4, sound: false, ..Encoder::default() });
    assert_eq!(stage.last().part_target.millis(), 550);
    assert_eq!(stage.last().listed[0].parts[0].duration.millis(), 500);
}

#[test]
fn rare_key_frames_do_not_make_a_segment_longer_than_promised_and_still_begin_one() {
    let stage = show(Encoder { key_interval: 300, ..Encoder::default() });
    assert_eq!(durations(&stage)[..8], [4_400, 4_400, 1_200, 4_400, 4_400, 1_200, 4_400, 4_400]);
    assert_eq!(stage.samples().0, 900);
}

#[test]
fn b_frames_keep_their_offsets_and_the_programme_clock_shows_the_first_picture() {
    let plain = show(Encoder::default());
    let stage = show(Encoder { b_frames: true, ..Encoder::default() });
    assert_eq!(durations(&stage), durations(&plain));
    assert_eq!(stage.last().listed[0].program_time, WallTime(EPOCH));
    let segment = &stage.last().listed[0];
    let init = container::read::Init::read(&segment.init.data).unwrap();
    let part = container::read::Media::read(&segment.parts[0].data, &init).unwrap();
    assert_eq!(part.fragments[0].tracks[0].presentation_start, 66 * 90);
}

#[test]
fn an_encoder_that_opens_with_a_burst_does_not_put_the_clock_ahead() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    let mut frames = encoder.frames(0, 8_000);
    // What was encoded while the connection was made comes at once; from then on each frame comes in time.
    for (sent, _) in &mut frames {
        *sent = (*sent).max(150);
    }
    stage.send(frames).unwrap();
    // The stage's clock says `EPOCH` when the first frame is sent, 150 ms after its picture.
    let first = stage.last().listed[0].program_time.0;
    assert!((first + 150 - EPOCH).abs() <= 40, "{} ms ahead", first + 150 - EPOCH);
    stage.drop_publisher();
    let end = stage.last().listed.last().unwrap().end().millis();
    stage.now += 5_000;
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 4_000)).unwrap();
    let back = stage.last().listed.iter().find(|segment| segment.discontinuity).unwrap();
    assert_eq!(back.program_time.0 - first, back.start.millis());
    assert!((back.start.millis() - end - 5_000).abs() <= 60, "{}", back.start.millis() - end);
}

#[test]
fn an_encoder_that_comes_back_with_a_burst_does_not_put_the_clock_ahead() {
    let encoder = Encoder::default();
    for burst in [150, 700, 1_500] {
        let mut stage = Stage::new(Config::default());
        stage.connect(&encoder);
        stage.send(encoder.frames(0, 8_000)).unwrap();
        stage.drop_publisher();
        stage.now = EPOCH + 20_000;
        stage.connect(&encoder);
        let mut frames = encoder.frames(0, 4_000);
        for (sent, _) in &mut frames {
            *sent = (*sent).max(burst);
        }
        stage.send(frames).unwrap();
        let back = stage.last().listed.iter().find(|segment| segment.discontinuity).unwrap();
        let ahead = back.program_time.0 + burst as i64 - EPOCH - 20_000;
        assert!(ahead.abs() <= 40, "{ahead} ms ahead after a burst of {burst} ms");
    }
}

#[test]
fn a_visit_shorter_than_a_part_is_seen_all_the_same() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 100)).unwrap();
    stage.drop_publisher();
    assert_eq!(stage.samples().0, 3);
}

#[test]
fn sound_alone_and_pictures_alone_are_streams_too() {
    let sound = show(Encoder { millihertz: 0, ..Encoder::default() });
    assert!(sound.last().listed.iter().all(|segment| segment.parts.iter().all(|part| part.independent)));
    assert_eq!(sound.last().listed[0].init.codecs, "mp4a.40.2");
    assert_eq!(sound.samples(), (0, 1_292));
    let pictures = show(Encoder { sound: false, ..Encoder::default() });
    assert_eq!(pictures.last().listed[0].init.codecs, "avc1.64000d");
    assert_eq!(pictures.samples(), (900, 0));
}

#[test]
fn a_track_that_was_announced_and_never_comes_delays_the_start_only_so_long() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder { sound: false, ..Encoder::default() };
    stage.packager.begin();
    stage.packager.configure(Track::Video, &AVC.into()).unwrap();
    stage.send(encoder.frames(0, 1_900)).unwrap();
    assert!(stage.snapshots.is_empty());
    stage.now = EPOCH + 1_900;
    stage.send(encoder.frames(1_900, 4_000)).unwrap();
    assert_eq!(stage.last().listed[0].program_time, WallTime(EPOCH));
    assert_eq!(stage.last().listed[0].pictures(), 60);
}

#[test]
fn a_stream_without_a_key_frame_is_given_up() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder { key_interval: 10_000, ..Encoder::default() };
    stage.connect(&encoder);
    let error = stage.send(encoder.frames(1_000, 40_000)).unwrap_err();
    assert_eq!(error.to_string(), "no key frame came: check the encoder");
}

#[test]
fn a_picture_that_is_cut_short_is_dropped_and_the_others_are_not() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder { sound: false, ..Encoder::default() };
    stage.connect(&encoder);
    let mut frames = encoder.frames(0, 4_000);
    frames[30].1.data = Bytes::from_static(&[0, 0, 0, 99, 0x41, 0x88]);
    stage.send(frames).unwrap();
    stage.drop_publisher();
    assert_eq!(stage.samples(), (119, 0));
}

#[test]
fn pictures_that_are_broken_are_counted_and_a_stream_of_nothing_else_is_given_up() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder { sound: false, ..Encoder::default() };
    stage.connect(&encoder);
    let mut frames = encoder.frames(0, 20_000);
    for (_, frame) in &mut frames[30..] {
        frame.data = Bytes::from_static(&[0, 0, 0, 99, 0x41, 0x88]);
    }
    let error = stage.send(frames).unwrap_err();
    assert_eq!(error.to_string(), "no picture's NAL units add up: check the encoder");
    assert_eq!(stage.packager.broken_pictures(), 301);
    stage.packager.begin();
    assert_eq!(stage.packager.broken_pictures(), 0);
}

#[test]
fn a_configuration_that_changes_all_the_time_is_refused() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    let refused = (0..100_u64).find_map(|second| {
        stage.send(encoder.frames(second * 2_000, (second + 1) * 2_000)).unwrap();
        let config: &[u8] = if second % 2 == 0 { b"\x11\x90" } else { AAC };
        stage.packager.configure(Track::Audio, &config.into()).err()
    });
    assert_eq!(refused, Some(PackagerError::Changeable(21)));
}

#[test]
fn frames_of_a_clock_that_hardly_moves_do_not_pile_up() {
    let mut stage = Stage::new(Config { max_bytes: 100_000, ..Config::default() });
    let encoder = Encoder { sound: false, ..Encoder::default() };
    stage.connect(&encoder);
    let heavy = [&[0, 0, 0x27, 0x10, 0x65][..], &[0; 9_999]].concat();
    let frames = (0..1_000).map(|_| {
        (0, Frame { track: Track::Video, timestamp: 0, composition: 0, data: heavy.clone().into() })
    });
    assert_eq!(stage.send(frames.collect()), Err(PackagerError::TooHeavy { limit: 100_000 }));
}

#[test]
fn timestamps_may_start_anywhere_and_wrap() {
    for start in [0, 1 << 24, u32::MAX - 15_000] {
        let stage = show(Encoder { start, ..Encoder::default() });
        assert_eq!(durations(&stage)[..14], [2_000; 14]);
        assert!(stage.last().listed.iter().all(|segment| !segment.discontinuity));
    }
}

#[test]
fn sound_on_a_clock_of_its_own_is_heard_all_the_same() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    let mut frames = encoder.frames(0, 10_000);
    for (_, frame) in &mut frames {
        if frame.track == Track::Audio {
            frame.timestamp += 60_000;
        }
    }
    stage.send(frames).unwrap();
    stage.drop_publisher();
    let (pictures, sounds) = stage.samples();
    assert_eq!(pictures, 300);
    // A hundred frames, 2.3 s, were taken for left-overs of a clock before.
    assert!(sounds >= 325, "{sounds}");
}

#[test]
fn a_clock_that_jumps_goes_on_behind_a_discontinuity_at_the_walls_time() {
    for jump in [3_600_000, 100] {
        let mut stage = Stage::new(Config::default());
        let encoder = Encoder { start: 1_000_000, ..Encoder::default() };
        stage.connect(&encoder);
        stage.send(encoder.frames(0, 10_000)).unwrap();
        stage.now = EPOCH + 10_000;
        let jumped = Encoder { start: jump, ..encoder };
        stage.send(jumped.frames(0, 10_000)).unwrap();
        let listed = &stage.last().listed;
        let breaks: Vec<_> = listed.iter().filter(|segment| segment.discontinuity).collect();
        assert_eq!(breaks.len(), 1);
        assert!((breaks[0].program_time.0 - EPOCH - 10_000).abs() < 100, "{:?}", breaks[0].program_time);
    }
}

#[test]
fn a_clock_that_jumps_all_the_time_is_refused() {
    let mut stage = Stage::new(Config::default());
    stage.connect(&Encoder::default());
    let jumps = (0..40).map(|jump| {
        let encoder = Encoder { start: jump * 10_000_000, ..Encoder::default() };
        stage.send(encoder.frames(0, 500))
    });
    assert!(matches!(jumps.collect::<Result<(), _>>(), Err(PackagerError::Restless(21))));
}

#[test]
fn a_publisher_who_comes_back_goes_on_in_the_same_playlist() {
    let encoder = Encoder::default();
    let mut stage = show(encoder);
    let before = stage.last().clone();
    stage.now += 12_000;
    let back = Encoder { start: 77_777, millihertz: 25_000, key_interval: 50, ..encoder };
    stage.connect(&back);
    stage.send(back.frames(0, 5_000)).unwrap();
    let after = stage.last();
    let first = after.listed.iter().find(|segment| segment.number == before.edge().msn).unwrap();
    assert!(first.discontinuity && first.init.number != before.listed[0].init.number);
    assert_eq!(first.program_time.0 - EPOCH, 29_977 + 12_000);
    assert_eq!(first.start, MediaTime::from_millis(29_977 + 12_000));
    assert_eq!(after.segment(before.listed[5].number), Some(&before.listed[5]));
}

#[test]
fn a_new_configuration_begins_behind_a_discontinuity_and_a_repeated_one_does_not() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 4_000)).unwrap();
    assert_eq!(stage.packager.configure(Track::Audio, &AAC.into()), Ok(Progress::Nothing));
    stage.send(encoder.frames(4_000, 8_000)).unwrap();
    assert!(stage.last().listed.iter().all(|segment| !segment.discontinuity));
    stage.packager.configure(Track::Audio, &b"\x11\x90"[..].into()).unwrap();
    stage.send(encoder.frames(8_000, 12_000)).unwrap();
    stage.drop_publisher();
    let listed = &stage.last().listed;
    assert_eq!(listed.iter().filter(|segment| segment.discontinuity).count(), 1);
    assert_eq!(listed.iter().filter(|segment| segment.init == listed[0].init).count(), 4);
}

#[test]
fn a_camera_that_stops_leaves_the_sound_and_comes_back() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 6_000)).unwrap();
    stage.send(Encoder { millihertz: 0, ..encoder }.frames(6_000, 16_000)).unwrap();
    stage.send(encoder.frames(16_000, 22_000)).unwrap();
    stage.drop_publisher();
    let codecs: Vec<_> = stage.last().listed.iter().map(|segment| segment.init.codecs.as_str()).collect();
    assert!(codecs.contains(&"mp4a.40.2"), "{codecs:?}");
    // The sound is whole, but for what of it was between a key frame and the frame before.
    let (_, sounds) = stage.samples();
    assert!((940..=948).contains(&sounds), "{sounds}");
    assert_eq!((codecs[0], codecs[codecs.len() - 1]), ("avc1.64000d,mp4a.40.2", "avc1.64000d,mp4a.40.2"));
}

#[test]
fn an_ended_show_says_so_and_takes_no_directive() {
    let mut stage = show(Encoder::default());
    stage.end();
    assert!(stage.last().media_playlist(false).ends_with("#EXT-X-ENDLIST\n"));
    let far = Directives { msn: Some(u64::MAX), part: None, skip: false };
    assert_eq!(far.answer(stage.last()), Ok(Answer::Now));
}

#[test]
fn the_window_slides_and_what_left_it_can_be_fetched_for_as_long_again() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 200_000)).unwrap();
    let last = stage.last();
    assert_eq!(last.listed.len(), 20);
    assert!((20..=24).contains(&last.retired.len()), "{}", last.retired.len());
    assert!(last.segment(last.first - 20).is_some() && last.part(last.next_part - 300).is_some());
    assert!(
        last.segment(1_000).is_none() && last.part(50_000).is_none() && last.part(last.next_part).is_none()
    );
    assert!(last.media_playlist(true).contains("#EXT-X-SKIP:SKIPPED-SEGMENTS=7\n"));
}

#[test]
fn bytes_are_bounded_whatever_the_window_wants() {
    let config = Config { max_bytes: 40_000, ..Config::default() };
    let mut stage = Stage::new(config);
    stage.connect(&Encoder::default());
    let frames = Encoder::default().frames(0, 60_000);
    for (at, frame) in frames {
        stage.packager.push(frame, WallTime(EPOCH + at as i64)).unwrap();
        let snapshot = stage.packager.snapshot();
        let segments = snapshot.retired.iter().chain(&snapshot.listed).chain(&snapshot.open);
        assert!(segments.map(|segment| segment.size()).sum::<usize>() <= 40_000);
    }
    let config = Config { max_bytes: 1_000, ..Config::default() };
    let mut stage = Stage::new(config);
    stage.connect(&Encoder::default());
    let error = stage.send(Encoder::default().frames(0, 4_000)).unwrap_err();
    assert_eq!(error, PackagerError::TooHeavy { limit: 1_000 });
}

#[test]
fn directives_are_answered_as_the_draft_says() {
    let mut stage = Stage::new(Config::default());
    let encoder = Encoder::default();
    stage.connect(&encoder);
    stage.send(encoder.frames(0, 5_000)).unwrap();
    let snapshot = stage.last();
    let edge = snapshot.edge();
    assert_eq!((edge.msn, edge.parts), (1_002, 4));
    let ask = |query: &str| Directives::from_query(query).unwrap().answer(snapshot);
    for (query, answer) in [
        ("", Answer::Now),
        ("_HLS_msn=1", Answer::Now),
        ("_HLS_msn=1001", Answer::Now),
        ("_HLS_msn=1002", Answer::Wait),
        ("_HLS_msn=1003", Answer::Wait),
        ("_HLS_msn=1002&_HLS_part=3", Answer::Now),
        ("_HLS_msn=1002&_HLS_part=4", Answer::Wait),
        ("_HLS_msn=1001&_HLS_part=9", Answer::Now),
        ("_HLS_msn=1001&_HLS_part=10", Answer::Now),
        ("_HLS_msn=1003&_HLS_part=0&_HLS_skip=YES", Answer::Wait),
    ] {
        assert_eq!(ask(query), Ok(answer), "{query}");
    }
    for query in ["_HLS_msn=1004", "_HLS_msn=1002&_HLS_part=19", "_HLS_msn=18446744073709551615"] {
        assert!(matches!(ask(query), Err(DirectiveError::TooFarAhead { .. })), "{query}");
    }
    assert_eq!(Directives::from_query("_HLS_part=1"), Err(DirectiveError::PartWithoutSegment));
    assert!(matches!(Directives::from_query("_HLS_msn=-1"), Err(DirectiveError::NotANumber { .. })));
}

#[test]
fn the_multivariant_playlist_says_what_players_choose_by() {
    let stage = show(Encoder::default());
    let text = stage.last().multivariant_playlist("media.m3u8").unwrap();
    for part in
        ["CODECS=\"avc1.64000d,mp4a.40.2\"", "RESOLUTION=320x240", "FRAME-RATE=30.000", "AVERAGE-BANDWIDTH="]
    {
        assert!(text.contains(part), "{text}");
    }
    assert!(Stage::new(Config::default()).packager.snapshot().multivariant_playlist("media.m3u8").is_none());
}

fn encoders() -> impl Strategy<Value = Encoder> {
    let rate = prop_oneof![Just(0_u64), 5_000..61_000_u64];
    let start = prop_oneof![Just(0_u32), any::<u32>(), u32::MAX - 10_000..u32::MAX];
    (rate, 1..200_u64, any::<bool>(), any::<bool>(), start).prop_map(
        |(millihertz, key_interval, b_frames, sound, start)| Encoder {
            millihertz,
            key_interval,
            b_frames,
            sound: sound || millihertz == 0,
            start,
        },
    )
}

#[test]
fn a_key_frame_lost_on_the_way_makes_no_segment_longer_than_promised() {
    let encoder = Encoder { millihertz: 6_089, key_interval: 27, sound: false, ..Encoder::default() };
    let mut stage = Stage::new(Config::default());
    stage.connect(&encoder);
    let frames = encoder.frames(0, 9_000).into_iter().enumerate().filter(|(index, _)| *index != 27);
    stage.send(frames.map(|(_, frame)| frame).collect()).unwrap();
    stage.end();
    let longest =
        stage.snapshots.last().unwrap().listed.iter().map(|segment| segment.duration).max().unwrap();
    assert!(longest < MediaTime::from_millis(4_500), "{longest:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Publishers come, drop frames, go and come back; the rules hold at every step (they are checked on the stage).
    #[test]
    fn no_publisher_breaks_the_playlists_rules(
        visits in proptest::collection::vec((encoders(), 500..20_000_u64, 0..20_000_i64, 0..30_u64), 1..4),
    ) {
        let mut stage = Stage::new(Config::default());
        for (encoder, length, pause, lost) in visits {
            stage.connect(&encoder);
            let frames = encoder.frames(0, length).into_iter();
            let kept = frames.enumerate().filter(|(index, _)| lost == 0 || index % 31 != lost as usize);
            stage.send(kept.map(|(_, frame)| frame).collect()).unwrap();
            stage.drop_publisher();
            stage.now += pause;
        }
        if !stage.snapshots.is_empty() {
            stage.end();
        }
    }

    #[test]
    fn any_timestamps_and_any_bytes_are_packaged_or_refused(
        frames in proptest::collection::vec(
            (any::<bool>(), any::<u32>(), any::<i32>(), proptest::collection::vec(any::<u8>(), 0..12)), 0..200),
        near in any::<bool>(),
    ) {
        let mut stage = Stage::new(Config::default());
        stage.connect(&Encoder::default());
        for (index, (video, timestamp, composition, data)) in frames.into_iter().enumerate() {
            let track = if video { Track::Video } else { Track::Audio };
            let timestamp = if near { timestamp % 20_000 } else { timestamp };
            let key = [&[0, 0, 0, 1, 0x65], &data[..]].concat();
            let data = if index % 7 == 0 { key.into() } else { data.into() };
            let frame = Frame { track, timestamp, composition, data };
            match stage.packager.push(frame, WallTime(EPOCH + index as i64 * 20)) {
                Ok(Progress::Grew) => stage.look(),
                Ok(Progress::Nothing) => {}
                Err(_) => break,
            }
        }
    }
}
