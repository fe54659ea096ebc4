//! The benchmark's falling and rising line (`tests/src/bin/bench/player/trace.rs`), in virtual time.

use playback::StartAt;

use crate::origin::{Origin, kilobits};
use crate::world::World;
use crate::yardstick;

/// The benchmark's ladder, as it describes itself: a tenth more than what is in it.
pub const LADDER: &str = "#EXTM3U\n\
#EXT-X-STREAM-INF:BANDWIDTH=440000,AVERAGE-BANDWIDTH=400000,RESOLUTION=320x180\nk400/media.m3u8\n\
#EXT-X-STREAM-INF:BANDWIDTH=1100000,AVERAGE-BANDWIDTH=1000000,RESOLUTION=640x360\nk1000/media.m3u8\n\
#EXT-X-STREAM-INF:BANDWIDTH=2420000,AVERAGE-BANDWIDTH=2200000,RESOLUTION=854x480\nk2200/media.m3u8\n";

/// Seconds, and kbit/s meanwhile: the benchmark's.
pub const TRACE: [(u64, u64); 16] = [
    (8, 4_000),
    (6, 2_600),
    (6, 1_500),
    (8, 700),
    (6, 350),
    (4, 900),
    (6, 1_800),
    (8, 3_200),
    (4, 5_000),
    (6, 450),
    (8, 1_200),
    (4, 300),
    (6, 2_400),
    (8, 4_500),
    (6, 1_100),
    (6, 3_000),
];

/// What came of it.
#[derive(Debug, Default)]
pub struct Watched {
    /// Milliseconds that the picture stood, from two seconds after the first one on.
    pub stood: u64,
    /// kbit/s of what was shown, each for as long as it was.
    pub mean: f64,
}

/// A line of these rates, in seconds and kbit/s.
fn watch(world: &mut World, trace: &[(u64, u64)]) -> Watched {
    let mut watched = Watched::default();
    let (mut kilobits_shown, mut shown, mut began) = (0.0, 0.0, None);
    for (seconds, rate) in trace {
        world.line.rate = *rate as f64 * 1_000.0;
        for _ in 0..seconds * 10 {
            let time = world.element.time;
            world.run(0.1);
            let played = world.element.time - time;
            if (0.0..1.0).contains(&played) {
                kilobits_shown += world.shown().map_or(0.0, |at| kilobits(at) as f64) * played;
                shown += played;
            }
            if world.element.playing() {
                began.get_or_insert(world.now);
            } else if began.is_some_and(|at| world.now > at + 2_000) {
                watched.stood += 100;
            }
        }
    }
    watched.mean = kilobits_shown / shown;
    watched
}

fn recording() -> World {
    let mut origin = Origin::recording(150);
    origin.index = LADDER;
    let mut world = World::new(origin, 0);
    world.round_trip = 40;
    world.line.rate = 4e6;
    world.load("http://o/vod/index.m3u8", StartAt::Default);
    world
}

#[test]
fn a_falling_and_rising_line_is_used_better_than_the_yardstick_uses_it() {
    let ours = watch(&mut recording(), &TRACE);
    let theirs = yardstick::watch(&TRACE);
    assert!(ours.stood <= theirs.stood && ours.mean >= theirs.mean * 1.2, "{ours:?}, {theirs:?}");
}

#[test]
fn lines_that_wander_are_used_better_and_never_let_the_picture_stand() {
    let mut seed = 7_u64;
    let mut dice = move |sides: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 20) % sides
    };
    for _ in 0..6 {
        let mut trace = vec![(10, 2_000)];
        while trace.iter().map(|(seconds, _)| seconds).sum::<u64>() < 100 {
            let rates = [300, 450, 700, 1_000, 1_400, 2_000, 2_800, 4_000, 6_000];
            trace.push((3 + dice(7), rates[dice(9) as usize]));
        }
        let (ours, theirs) = (watch(&mut recording(), &trace), yardstick::watch(&trace));
        assert!(ours.stood == 0 && ours.mean >= theirs.mean, "{ours:?}, {theirs:?}: {trace:?}");
    }
}

#[test]
fn a_line_that_rises_is_used_within_ten_seconds() {
    let mut world = recording();
    watch(&mut world, &[(40, 700), (10, 5_000)]);
    let best = world.requests.iter().find(|(_, at)| at.contains("k2200"));
    assert!(best.is_some_and(|(asked, _)| *asked < 50_000), "{best:?}");
}

#[test]
fn renditions_that_were_encoded_one_after_the_other_are_played_without_a_hole() {
    let mut world = recording();
    let dated = watch(&mut world, &TRACE);
    let mut origin = Origin::recording(150);
    (origin.index, origin.late) = (LADDER, Some(("k2200", 8_000)));
    let mut world = World::new(origin, 0);
    world.round_trip = 40;
    world.line.rate = 4e6;
    world.load("http://o/vod/index.m3u8", StartAt::Default);
    let late = watch(&mut world, &TRACE);
    assert_eq!((late.stood, late.mean), (dated.stood, dated.mean));
    assert_eq!(world.element.spans.len(), 1, "{:?}", world.element.spans);
}

#[test]
fn a_falling_line_is_left_before_the_buffer_runs_out() {
    let mut world = recording();
    let watched = watch(&mut world, &[(30, 4_000), (60, 500)]);
    assert_eq!((watched.stood, world.shown().map(kilobits)), (0, Some(400)));
}

#[test]
fn what_is_buffered_is_not_fetched_again_when_the_line_falls() {
    let mut world = recording();
    watch(&mut world, &[(30, 4_000), (60, 500)]);
    let mut numbers: Vec<_> = world.requests.iter().filter_map(|(_, at)| at.rsplit("/seg-").next()).collect();
    let fetched = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    // What was replaced by something better on the way up aside.
    assert!(fetched - numbers.len() <= 4, "{fetched} of {}", numbers.len());
}
