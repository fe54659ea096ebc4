//! Timed metadata, told with its picture.

use container::id3;
use playback::{CueData, Event};

use crate::origin::Origin;
use crate::world::World;

const BEGIN: u64 = 61_300;

/// A range a second from `from` on, ten of them.
fn ranges(from: u64) -> Vec<(u64, String)> {
    (0..10).map(|n| (from + n * 1_000, format!("ID=\"r{n}\",DURATION=0.2,X-COM-SHOP=\"tea\""))).collect()
}

fn messages(from: u64) -> Vec<(u64, u32, &'static str, Vec<u8>)> {
    (0..10).map(|n| (from + u64::from(n) * 1_000, n, "urn:shop", b"tea".to_vec())).collect()
}

fn told(world: &World) -> Vec<&str> {
    world.cues.iter().map(|(_, _, cue)| cue.id.as_str()).collect()
}

/// Every cue came within 20 ms of its picture.
fn assert_on_time(world: &World) {
    for (now, picture, cue) in &world.cues {
        assert!((picture - cue.start.0).abs() < 0.02, "{} at {now}: {picture} for {:?}", cue.id, cue.start);
    }
}

#[test]
fn a_date_range_is_told_once_with_its_picture() {
    let mut origin = Origin::live();
    origin.ranges = ranges(63_030);
    let mut world = World::playing(origin, BEGIN);
    world.run(14.0);
    assert_eq!(told(&world), ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"]);
    assert_on_time(&world);
    let (.., cue) = &world.cues[0];
    assert!((cue.end.unwrap() - cue.start - 0.2).abs() < 1e-6);
    let CueData::DateRange(range) = &cue.data else { panic!("{cue:?}") };
    assert_eq!(range.client[0].0, "X-COM-SHOP");
}

#[test]
fn an_event_message_is_told_once_with_its_picture() {
    let mut origin = Origin::live();
    origin.events = messages(63_030);
    let mut world = World::playing(origin, BEGIN);
    world.run(14.0);
    assert_eq!(world.cues.len(), 10, "{:?}", told(&world));
    assert_on_time(&world);
    let (.., cue) = &world.cues[3];
    assert_eq!(cue.id, "urn:shop/v/3");
    assert!(matches!(&cue.data, CueData::Message(message) if message.data == b"tea"));
}

#[test]
fn tags_in_event_messages_are_known_as_such() {
    let tag = b"ID3\x04\0\0\0\0\0\x0eTIT2\0\0\0\x04\0\0\x03tea".to_vec();
    let mut origin = Origin::recording(10);
    origin.events = vec![(2_000, 1, "https://aomedia.org/emsg/ID3", tag)];
    let mut world = World::playing(origin, 0);
    world.run(4.0);
    let CueData::Id3(message) = &world.cues[0].2.data else { panic!("{:?}", world.cues) };
    assert_eq!(id3::read(&message.data)[0].text, "tea");
}

#[test]
fn a_blocked_page_delays_no_cue() {
    let mut origin = Origin::live();
    origin.ranges = (0..25).map(|n| (66_030 + n * 1_000, format!("ID=\"r{n}\""))).collect();
    origin.events = (0..25).map(|n| (66_530 + u64::from(n) * 1_000, n, "urn:shop", Vec::new())).collect();
    let mut world = World::playing(origin, BEGIN);
    world.run(4.0);
    for _ in 0..8 {
        world.page_asleep_until = world.now + 1_500;
        world.run(3.0);
    }
    assert!((45..=50).contains(&world.cues.len()), "{:?}", told(&world));
    assert_on_time(&world);
}

#[test]
fn a_seek_back_tells_again_and_a_seek_forward_passes_over() {
    let mut origin = Origin::recording(120);
    origin.ranges = ranges(3_000);
    origin.events = messages(3_500);
    let mut world = World::playing(origin, 0);
    world.run(15.0);
    assert_eq!(world.cues.len(), 20, "{:?}", told(&world));
    world.seek(6.9);
    world.run(1.0);
    assert_eq!(told(&world)[20..], ["urn:shop/v/3", "r4", "urn:shop/v/4"], "the first is half over");
    world.seek(100.0);
    world.run(3.0);
    assert_eq!(world.cues.len(), 23);
    // What was let go is fetched again, and so are its messages.
    world.seek(0.0);
    world.run(15.0);
    assert_eq!(world.cues.len(), 43, "{:?}", told(&world));
}

#[test]
fn who_comes_in_the_middle_of_a_range_hears_of_it_at_once() {
    let mut origin = Origin::live();
    origin.ranges = vec![
        (20_000, "ID=\"over\",DURATION=5".into()),
        (30_000, "ID=\"moment\"".into()),
        (40_000, "ID=\"sale\",DURATION=60".into()),
        (45_000, "ID=\"break\",PLANNED-DURATION=30,SCTE35-OUT=0xFC".into()),
    ];
    let mut world = World::playing(origin, BEGIN);
    world.run(2.0);
    assert_eq!(told(&world), ["sale", "break"]);
    assert_eq!(world.cues[1].2.end, None, "a planned end is none");
}

#[test]
fn a_range_whose_end_becomes_known_while_it_lasts_is_told_again() {
    let mut origin = Origin::live();
    origin.ranges = vec![(62_000, "ID=\"break\",CLASS=\"ad\",PLANNED-DURATION=30".into())];
    let mut world = World::playing(origin, BEGIN);
    world.run(5.0);
    world.origin.ranges.push((62_000, "ID=\"break\",DURATION=12.5".into()));
    world.run(3.0);
    assert_eq!(told(&world), ["break", "break"]);
    let (.., cue) = &world.cues[1];
    assert!((cue.end.unwrap() - cue.start - 12.5).abs() < 1e-6);
}

#[test]
fn a_range_that_ends_on_the_next_of_its_class_does() {
    let mut origin = Origin::recording(30);
    origin.ranges = vec![
        (2_000, "ID=\"a\",CLASS=\"x\",END-ON-NEXT=YES".into()),
        (3_000, "ID=\"b\",CLASS=\"y\"".into()),
        (7_000, "ID=\"c\",CLASS=\"x\"".into()),
    ];
    let mut world = World::playing(origin, 0);
    world.run(9.0);
    let ends: Vec<_> = world.cues.iter().map(|(.., cue)| cue.end.map(|end| end.0.round())).collect();
    assert_eq!(ends, [Some(7.0), None, None]);
}

#[test]
fn a_decoder_that_begins_again_tells_nothing_twice() {
    let mut origin = Origin::recording(60);
    origin.ranges = ranges(3_000);
    let mut world = World::playing(origin, 0);
    world.run(6.5);
    let before = world.cues.len();
    world.say(playback::VideoEvent::Error);
    world.run(0.3);
    assert_eq!(world.cues.len(), before, "{:?}", told(&world));
    world.run(10.0);
    assert_eq!(world.cues.len(), 10, "{:?}", told(&world));
}

#[test]
fn cues_of_a_long_stream_stay_bounded() {
    let mut origin = Origin::live();
    origin.low_latency = false;
    origin.part = 1_000;
    origin.parts_per_segment = 4;
    origin.window = 6;
    origin.events = (100..2_600).map(|n| (n * 1_000, n as u32, "urn:x", vec![7; 60])).collect();
    let mut world = World::playing(origin, 100_000);
    world.keep_requests = false;
    let mut size = 0;
    for hour in 0..4_u64 {
        world.origin.ranges =
            (0..100).map(|n| (world.now + n * 6_000, format!("ID=\"r{hour}-{n}\""))).collect();
        world.run(600.0);
        let now = format!("{:?}", world.engine).len();
        assert!(hour == 0 || now < size * 5 / 4, "{now} after {size}");
        size = now;
    }
    assert!(world.cues.len() > 2_700, "{}", world.cues.len());
    world.tell(Event::Stop);
}
