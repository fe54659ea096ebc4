//! Several qualities of one show.

use playback::{Event, StartAt, State};

use crate::origin::Origin;
use crate::world::World;

fn ladder(origin: Origin, now: u64, throughput: f64) -> World {
    let mut world = World::new(origin, now);
    world.line.rate = throughput;
    world.load("http://o/live/index.m3u8", StartAt::Default);
    world
}

fn last_media(world: &World) -> &str {
    &world.requests.iter().rev().find(|(_, address)| address.ends_with("m4s")).unwrap().1
}

#[test]
fn begins_low_and_climbs_when_the_network_is_fast() {
    let mut world = ladder(Origin::recording(120), 0, 2e7);
    world.run(0.5);
    assert!(world.requests.iter().all(|(_, address)| !address.contains("/hi")), "{:?}", world.requests);
    world.run(30.0);
    assert!(last_media(&world).contains("/hi"), "{}", last_media(&world));
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn stays_low_on_a_slow_network_and_never_stalls() {
    let mut world = ladder(Origin::recording(120), 0, 1e6);
    world.run(125.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert_eq!(world.stats.stalls, 0);
    assert!(world.requests.iter().all(|(_, address)| !address.contains("/hi")));
}

#[test]
fn falls_when_the_network_does() {
    let mut world = ladder(Origin::recording(200), 0, 2e7);
    world.run(40.0);
    world.line.rate = 1.2e6;
    world.run(60.0);
    assert!(last_media(&world).contains("/lo/"), "{}", last_media(&world));
    assert!(world.stats.stalls <= 1, "{}", world.stats.stalls);
}

#[test]
fn a_live_viewer_falls_too() {
    let mut world = ladder(Origin::live(), 61_300, 2e7);
    world.run(20.0);
    assert!(last_media(&world).contains("/hi"), "{}", last_media(&world));
    world.line.rate = 1.5e6;
    world.run(30.0);
    assert!(last_media(&world).contains("/lo/"), "{}", last_media(&world));
    assert!(world.latency() < 2.0, "{}", world.latency());
}

#[test]
fn a_better_quality_begins_with_a_segment_and_costs_no_stall() {
    for start in (61_300..63_300).step_by(200) {
        let mut world = ladder(Origin::live(), start, 2e7);
        world.run(30.0);
        let first = world.requests.iter().find(|(_, at)| at.contains("/hi") && at.ends_with("m4s"));
        assert!(first.is_some_and(|(_, at)| at.ends_with("-0.m4s")), "{first:?}");
        assert_eq!(world.stats.stalls, 0);
        assert!(world.latency() < 0.6, "{}", world.latency());
    }
}

#[test]
fn a_line_that_collapses_is_left_at_once_in_the_middle_of_a_segment() {
    for start in (61_300..63_300).step_by(400) {
        let mut world = ladder(Origin::live(), start, 2e7);
        world.run(30.0);
        world.line.rate = 8e5;
        world.run(20.0);
        assert!(last_media(&world).contains("/lo/"), "{}", last_media(&world));
        assert!(world.stats.stalled.as_millis() < 3_500, "{:?}", world.stats);
    }
}

#[test]
fn paced_parts_do_not_hold_quality_down() {
    let mut origin = Origin::live();
    origin.paced = true;
    let mut world = ladder(origin, 61_300, 2e7);
    world.run(90.0);
    assert!(last_media(&world).contains("/hi"), "{}", last_media(&world));
    assert_eq!(world.stats.stalls, 0);
    assert!(world.latency() < 1.0, "{}", world.latency());
}

#[test]
fn paced_parts_over_a_slow_line_hardly_ever_cost_a_stall() {
    let mut origin = Origin::live();
    origin.paced = true;
    let mut world = ladder(origin, 61_300, 1.5e6);
    world.run(180.0);
    assert!(world.stats.stalls <= 2 && world.stats.stalled.as_millis() < 2_500, "{:?}", world.stats);
    assert!(world.latency() < 2.0, "{}", world.latency());
}

#[test]
fn a_machine_that_drops_frames_is_given_less_to_decode() {
    let mut world = ladder(Origin::recording(200), 0, 2e7);
    world.run(20.0);
    assert!(last_media(&world).contains("/hi"), "{}", last_media(&world));
    for _ in 0..12 {
        world.element.frames.0 += 30;
        world.element.frames.1 += 12;
        world.run(1.0);
    }
    world.run(40.0);
    assert!(last_media(&world).contains("/lo/"), "{}", last_media(&world));
}

#[test]
fn the_viewers_choice_is_kept() {
    let mut world = ladder(Origin::recording(120), 0, 2e7);
    world.tell(Event::Quality(Some(0)));
    world.run(30.0);
    assert!(world.requests.iter().all(|(_, address)| !address.contains("/hi")));
    world.tell(Event::Quality(Some(2)));
    world.run(10.0);
    assert!(last_media(&world).contains("/hi-b/"), "{}", last_media(&world));
}

#[test]
fn a_redundant_variant_takes_over() {
    let mut origin = Origin::live();
    origin.dead = Some(("/hi-a/", 90_000));
    let mut world = ladder(origin.clone(), 61_300, 2e7);
    world.run(25.0);
    let used = if last_media(&world).contains("/hi-a/") { "/hi-a/" } else { "/hi-b/" };
    world.origin.dead = Some((used, 90_000));
    world.run(25.0);
    let other = if used == "/hi-a/" { "/hi-b/" } else { "/hi-a/" };
    assert!(last_media(&world).contains(other), "{}", last_media(&world));
    assert!(world.latency() < 1.5, "{}", world.latency());
}

#[test]
fn another_quality_is_asked_for_as_far_as_it_is_reported_to_be() {
    let mut origin = Origin::live();
    origin.reports = true;
    let mut world = ladder(origin, 61_300, 2e7);
    world.run(20.0);
    let playlists: Vec<_> = world.requests.iter().filter(|(_, address)| address.contains("m3u8")).collect();
    let place = playlists.iter().position(|(_, address)| address.contains("/hi")).unwrap();
    let (at, address) = playlists[place];
    let directives = address.split_once('?').unwrap().1;
    // Segments of 2 s and parts of 200 ms since 0, the first one numbered 1000.
    let parts = at / 200 - 1;
    let expected = |parts: u64| format!("_HLS_msn={}&_HLS_part={}", 1_000 + parts / 10, parts % 10);
    assert!((parts - 2..=parts).any(|parts| directives == expected(parts)), "{directives} at {at}");
}

#[test]
fn variables_come_from_each_playlists_own_query() {
    let mut world = World::new(Origin::live(), 61_300);
    world.load("http://o/live/index.m3u8?end=m3u8", StartAt::Default);
    let answer = |request, uri: &str, text: &str| {
        Event::Response(playback::Response {
            request,
            status: 200,
            uri: uri.to_owned(),
            body: text.as_bytes().to_vec(),
            first_byte: std::time::Duration::ZERO,
        })
    };
    let list = "#EXTM3U\n#EXT-X-DEFINE:QUERYPARAM=\"end\"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nvideo.{$end}?token=a%2Fb\n";
    world.tell(answer(1, "http://o/live/index.m3u8?end=m3u8", list));
    let media = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-DEFINE:QUERYPARAM=\"token\"\n#EXT-X-DEFINE:IMPORT=\"end\"\n\
                 #EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:2,\n{$token}.m4s?from={$end}\n#EXT-X-ENDLIST\n";
    world.tell(answer(2, "http://o/live/video.m3u8?token=a%2Fb", media));
    let asked: Vec<_> = world.requests.iter().map(|(_, address)| address.as_str()).collect();
    assert!(asked.contains(&"http://o/live/video.m3u8?token=a%2Fb"), "{asked:?}");
    assert!(asked.contains(&"http://o/live/a/b.m4s?from=m3u8"), "{asked:?}");
}
