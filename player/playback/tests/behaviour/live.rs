//! The join and the live edge.

use playback::{Event, StartAt, State};

use crate::origin::{Era, Origin};
use crate::world::World;

/// A minute into a low-latency stream, in the middle of a segment.
const BEGIN: u64 = 61_300;

fn joined(seconds: f64) -> World {
    let mut world = World::playing(Origin::live(), BEGIN);
    world.run(seconds);
    world
}

#[test]
fn joins_at_the_last_independent_part_that_the_hold_back_allows() {
    let world = joined(1.0);
    // At 61.3 s the edge is at 61.2 s: 60.6 s is the target, and the key frame before it is the one at 60 s.
    let media: Vec<_> =
        world.requests.iter().filter(|(_, address)| address.ends_with("m4s")).take(6).collect();
    assert!(media[0].1.ends_with("part-1030-0.m4s"), "{media:?}");
    assert_eq!(world.asked("seg-1029.m4s"), 0);
    assert!((0.55..0.95).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn shows_a_picture_within_three_round_trips() {
    let world = joined(1.0);
    let (ready, _) = world.states.iter().find(|(_, state)| *state == State::Ready).unwrap();
    assert!(ready - BEGIN <= 3 * world.round_trip + 10, "{}", ready - BEGIN);
}

#[test]
fn goes_from_loading_to_ready_and_nowhere_else() {
    let states: Vec<_> = joined(5.0).states.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, [State::Loading, State::Ready]);
}

#[test]
fn the_key_frame_is_shown_while_the_place_to_begin_is_still_on_its_way() {
    let mut world = World::playing(Origin::live(), 61_900);
    // Ten parts lie between the key frame and the edge, and the wire takes a while for them.
    world.line.rate = 400_000.0;
    world.run(3.0);
    let seeks: Vec<_> = world.element.seeks.iter().map(|(_, time)| (time * 10.0).round() / 10.0).collect();
    assert_eq!(seeks.len(), 2, "{seeks:?}");
    assert!(seeks[1] - seeks[0] >= 0.5, "{seeks:?}");
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn parts_that_come_like_clockwork_are_played_closer_to_the_edge_than_the_server_asks() {
    let mut world = joined(10.0);
    for _ in 0..100 {
        world.run(0.73);
        assert!((0.25..0.5).contains(&world.latency()), "{} at {}", world.latency(), world.now);
    }
    assert_eq!(world.stats.stalls, 0);
    assert!(world.element.rates.len() < 12, "{:?}", world.element.rates);
}

#[test]
fn parts_that_come_late_now_and_then_keep_it_further_from_the_edge_and_stall_it_no_more() {
    let mut world = World::playing(Origin::live(), BEGIN);
    world.jitter = 220;
    world.run(20.0);
    let stalls = world.stats.stalls;
    world.run(60.0);
    assert!(world.stats.stalls <= stalls, "{} then {}", stalls, world.stats.stalls);
    assert!((0.45..1.0).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn asks_for_every_part_once() {
    let world = joined(20.0);
    let mut media: Vec<_> = world.requests.iter().filter(|(_, address)| address.contains("part-")).collect();
    let asked = media.len();
    media.sort_by_key(|(_, address)| address);
    media.dedup_by_key(|(_, address)| address);
    assert_eq!(asked, media.len());
    assert_eq!(world.requests.iter().filter(|(_, address)| address.contains("seg-")).count(), 0);
}

#[test]
fn asks_for_the_hinted_part_before_it_exists() {
    let world = joined(5.0);
    let (asked, _) = world.requests.iter().find(|(_, address)| address.ends_with("part-1032-5.m4s")).unwrap();
    // It holds the frames from 65.0 s to 65.2 s.
    assert!(*asked < 65_200, "{asked}");
    let (appended, ..) =
        world.appended.iter().find(|(_, start, _)| (start - 65.0 + 2.0).abs() < 0.01).unwrap();
    assert!(*appended <= 65_200 + world.round_trip, "{appended}");
}

#[test]
fn asks_for_delta_updates() {
    let world = joined(5.0);
    assert!(
        world.requests.iter().skip(3).filter(|(_, address)| address.contains("_HLS_skip=YES")).count() > 10
    );
}

#[test]
fn comes_back_to_its_target_after_an_outage_of_four_seconds() {
    let mut origin = Origin::live();
    origin.outages = vec![(80_000, 84_000)];
    let mut world = World::playing(origin, BEGIN);
    world.run(17.0);
    let (before, seeks) = (world.latency(), world.element.seeks.len());
    world.run(6.0);
    assert!(world.latency() > before + 2.0, "the outage was felt: {}", world.latency());
    world.run(16.0);
    assert!((world.latency() - before).abs() < before * 0.1 + 0.05, "{} after {before}", world.latency());
    assert!(world.errors.iter().all(|error| !error.fatal));
    assert_eq!(world.element.seeks.len(), seeks, "nothing of the show was skipped");
}

#[test]
fn comes_back_after_a_minute_without_the_server() {
    let mut origin = Origin::live();
    origin.outages = vec![(80_000, 140_000)];
    let mut world = World::playing(origin, BEGIN);
    world.run(60.0);
    assert!(world.states.iter().any(|(_, state)| *state == State::Away));
    world.run(30.0);
    assert!(world.latency() < 1.0, "{}", world.latency());
    assert_eq!(world.states.last().unwrap().1, State::Ready);
}

#[test]
fn goes_on_behind_a_discontinuity_when_the_publisher_returns() {
    let mut origin = Origin::live();
    let returning = Era { from: 90_000, until: u64::MAX, media: 94_000 };
    origin.lives[0].2 = vec![Era { from: 0, until: 80_500, media: 5_000 }, returning];
    let mut world = World::playing(origin, BEGIN);
    world.run(26.5);
    assert_eq!(world.states.last().unwrap().1, State::Away);
    world.run(15.0);
    assert_eq!(world.states.last().unwrap().1, State::Ready);
    assert!((0.25..1.0).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn goes_on_when_the_returning_publishers_clock_begins_anew() {
    let mut origin = Origin::live();
    origin.lives[0].2 =
        vec![Era { from: 0, until: 80_500, media: 5_000 }, Era { from: 83_000, until: u64::MAX, media: 0 }];
    let mut world = World::playing(origin, BEGIN);
    world.run(40.0);
    assert!((0.25..1.0).contains(&world.latency()), "{}", world.latency());
    assert_eq!(world.timeline.anchors.len(), 2);
}

#[test]
fn a_returning_publishers_first_part_is_shown_though_it_was_asked_for_before_its_encoder_was_known() {
    let mut origin = Origin::live();
    let returning = Era { from: 83_000, until: u64::MAX, media: 0 };
    origin.lives[0].2 = vec![Era { from: 0, until: 80_000, media: 5_000 }, returning];
    let mut world = World::playing(origin, BEGIN);
    // The part comes before the playlist that tells of its encoder.
    world.slow = Some(".m3u8");
    world.run(30.0);
    assert_eq!(world.element.spans.len(), 1, "a hole: {:?}", world.element.spans);
    world.tell(Event::Stop);
    assert_eq!(world.kept(), 0);
}

#[test]
fn rejoins_after_the_server_restarts_with_a_new_media_sequence() {
    let mut origin = Origin::live();
    origin.outages = vec![(80_000, 85_000)];
    for (first, media) in [(500_000, 0), (3, 1_000)] {
        let mut origin = origin.clone();
        origin.lives.push((84_000, first, vec![Era { from: 84_000, until: u64::MAX, media }]));
        let mut world = World::playing(origin, BEGIN);
        world.run(45.0);
        assert!((0.25..1.0).contains(&world.latency()), "{first}: {}", world.latency());
        assert!(world.element.playing());
    }
}

#[test]
fn rejoins_after_sleep() {
    let mut world = joined(5.0);
    world.sleep(300.0);
    world.run(6.0);
    assert!((0.25..1.0).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn asks_anew_on_another_network_and_does_not_wait_for_what_was_under_way() {
    let mut world = joined(20.0);
    world.hang();
    world.run(2.0);
    assert_eq!(world.stats.stalls, 1);
    world.tell(Event::Online);
    world.run(3.0);
    assert!(world.element.playing(), "{:?}", world.states);
    assert!(world.errors.is_empty(), "{:?}", world.errors);
}

#[test]
fn connections_that_died_without_a_word_are_given_up_when_the_picture_stands_still() {
    let mut world = joined(20.0);
    let before = world.latency();
    world.hang();
    world.run(5.0);
    assert!(world.element.playing(), "{:?}", world.states);
    world.run(20.0);
    assert!((world.latency() - before).abs() < 0.2, "{} after {before}", world.latency());
}

#[test]
fn a_hidden_page_that_speaks_once_a_minute_is_left_where_it_is() {
    let mut world = joined(10.0);
    world.element.hidden = true;
    world.say(playback::VideoEvent::Tick);
    let (seeks, rates) = (world.element.seeks.len(), world.element.rates.len());
    for _ in 0..3 {
        world.page_asleep_until = world.now + 60_000;
        world.run(60.5);
    }
    assert_eq!(world.element.seeks.len(), seeks);
    assert!(world.element.rates.len() <= rates + 2, "{:?}", world.element.rates);
    assert!((0.25..1.0).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn a_busy_page_neither_stalls_the_picture_nor_moves_it() {
    let mut world = joined(5.0);
    let seeks = world.element.seeks.len();
    for _ in 0..10 {
        world.page_asleep_until = world.now + 1_500;
        world.run(3.0);
    }
    assert_eq!(world.stats.stalls, 0);
    assert_eq!(world.element.seeks.len(), seeks);
    assert!(world.latency() < 1.0, "{}", world.latency());
}

#[test]
fn a_stream_that_has_not_begun_is_away_until_it_begins() {
    let mut origin = Origin::live();
    origin.lives = vec![(0, 7, vec![Era { from: 20_000, until: u64::MAX, media: 0 }])];
    let mut world = World::playing(origin, 1_000);
    world.run(12.0);
    assert_eq!(world.states.last().unwrap().1, State::Away);
    world.run(20.0);
    assert_eq!(world.states.last().unwrap().1, State::Ready);
    assert!(world.latency() < 1.2, "{}", world.latency());
}

#[test]
fn a_show_that_ends_is_played_to_its_end() {
    let mut origin = Origin::live();
    origin.lives[0].2[0].until = 80_000;
    let mut world = World::playing(origin, BEGIN);
    world.run(17.0);
    world.origin.ended = Some(80_000);
    world.run(15.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!(
        (world.program_ms().unwrap() / 1_000.0 - 1_795_000_080.0).abs() < 0.1,
        "{:?}",
        world.program_ms()
    );
}

#[test]
fn a_plain_live_stream_is_played_three_target_durations_behind() {
    let mut origin = Origin::live();
    origin.low_latency = false;
    let mut world = World::playing(origin, BEGIN);
    world.run(60.0);
    assert_eq!(world.stats.stalls, 0);
    assert!((5.5..8.5).contains(&world.latency()), "{}", world.latency());
    let asked = world.requests.iter().filter(|(_, address)| address.contains("media.m3u8")).count();
    assert!(asked < 50, "{asked}");
}

#[test]
fn the_viewer_who_paused_goes_on_in_the_past_while_it_is_there() {
    let mut world = joined(10.0);
    world.pause();
    let there = world.element.time;
    world.run(20.0);
    assert!(world.element.ahead() < 45.0);
    world.play();
    world.run(5.0);
    assert!((world.element.time - there - 5.0).abs() < 0.3, "{} {there}", world.element.time);
    assert!((19.0..23.0).contains(&world.latency()), "{}", world.latency());
}

#[test]
fn the_viewer_who_paused_too_long_goes_on_at_the_edge() {
    let mut world = joined(10.0);
    world.pause();
    world.run(200.0);
    assert!(world.element.ahead() < 45.0, "{}", world.element.ahead());
    world.play();
    world.run(50.0);
    assert!(world.latency() < 1.0, "{}", world.latency());
}

#[test]
fn goes_to_the_edge_when_asked() {
    let mut world = joined(10.0);
    world.seek(world.timeline.seekable.start.0 + 10.0);
    world.run(5.0);
    assert!(world.latency() > 30.0, "{}", world.latency());
    world.tell(Event::SeekLive);
    world.run(5.0);
    assert!(world.latency() < 1.0, "{}", world.latency());
}

#[test]
fn begins_where_it_is_told_to() {
    let mut world = World::playing_from(Origin::live(), BEGIN, StartAt::Seconds(12.5));
    world.run(2.0);
    assert!((13.5..14.6).contains(&world.element.time), "{}", world.element.time);
    assert_eq!(world.element.rates.len(), 0);
}

#[test]
fn a_whole_segment_that_is_hinted_at_is_asked_for_before_it_exists() {
    let mut origin = Origin::live();
    origin.low_latency = false;
    origin.segment_hints = true;
    let mut world = World::playing(origin.clone(), 61_300);
    world.run(40.0);
    assert!(world.errors.is_empty(), "{:?}", world.errors);
    assert_eq!(world.stats.stalls, 0);
    // Segment 1000 ends at 2 s of virtual time, and so on.
    let early = world.requests.iter().filter(|(at, address)| {
        let number = address.strip_prefix("http://o/live/seg-").and_then(|rest| rest.strip_suffix(".m4s"));
        number.is_some_and(|number| *at < (number.parse::<u64>().unwrap() - 999) * 2_000)
    });
    assert!(early.count() >= 15, "{:?}", world.requests);
    for number in 1_035..1_045 {
        assert_eq!(world.asked(&format!("seg-{number}.m4s")), 1);
    }
}

#[test]
fn a_server_that_flaps_between_low_latency_and_plain_is_followed() {
    let mut world = World::playing(Origin::live(), 61_300);
    world.run(10.0);
    for _ in 0..4 {
        world.origin.low_latency = false;
        world.run(12.0);
        world.origin.low_latency = true;
        world.run(12.0);
    }
    assert!(world.errors.is_empty(), "{:?}", world.errors);
    assert!(world.stats.stalls <= 8, "two each time, until the distance has grown: {}", world.stats.stalls);
    world.run(10.0);
    assert!(world.latency() < 2.5, "{}", world.latency());
}

#[test]
fn a_server_that_forgets_its_parts_for_a_moment_has_not_begun_anew() {
    let mut world = World::playing(Origin::live(), 61_300);
    world.run(10.0);
    let offset = |world: &World| world.program_ms().unwrap() / 1_000.0 - world.element.time;
    let before = offset(&world);
    for _ in 0..20 {
        world.origin.low_latency = false;
        world.run(0.5);
        world.origin.low_latency = true;
        world.run(0.5);
    }
    assert!(world.errors.is_empty(), "{:?}", world.errors);
    let moved = offset(&world) - before;
    assert!(moved.abs() < 0.01, "the programme clock moved by {moved} s against the media's");
}

#[test]
fn a_part_that_the_playlist_says_is_lost_is_passed_over_and_is_no_error() {
    let mut origin = Origin::live();
    origin.lost = vec![(1_035, 4)];
    let mut world = World::playing(origin, 61_300);
    world.run(20.0);
    assert!(world.errors.is_empty(), "{:?}", world.errors);
    assert!(world.asked("part-1035-4.m4s") <= 1, "only as long as it was hinted at");
    assert!(world.stats.stalls <= 2 && world.latency() < 2.5, "{} {}", world.stats.stalls, world.latency());
}

#[test]
fn a_part_target_that_changes_is_followed() {
    let mut world = World::playing(Origin::live(), 61_300);
    world.run(10.0);
    for (part, parts) in [(400, 5), (100, 20), (500, 4), (200, 10)] {
        world.origin.part = part;
        world.origin.parts_per_segment = parts;
        world.run(15.0);
        let target = world.timeline.target;
        assert!(target >= part as f64 / 1_000.0, "{target} with parts of {part} ms");
        assert!(world.latency() < target + 1.5, "{} s with parts of {part} ms", world.latency());
    }
    assert!(world.errors.is_empty(), "{:?}", world.errors);
    assert!(world.stats.stalls <= 4, "{}", world.stats.stalls);
}
