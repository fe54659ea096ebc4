//! Zones that comments keep off: the product on the table, a face.

#[path = "support/room.rs"]
mod room;

use protocol::{DanmakuMode, EventBody, Snapshot, StandingZones, Zone};
use room::{at, chat, event, said, timeline};
use timeline::{Arrival::Live, Picture, Timeline};

/// Over the upper half of the picture, from its middle to the right edge: rows 0 and 1.
const FACE: Zone = Zone { x: 500, y: 0, w: 500, h: 500 };

fn zones(timeline: &mut Timeline, seq: u64, time: i64, zones: &[Zone]) {
    timeline.insert(event(seq, time, EventBody::AvoidZones { zones: zones.to_vec() }), Live);
}

fn rows(timeline: &mut Timeline, t: i64) -> Vec<usize> {
    timeline.at(at(t)).flights.iter().map(|flight| flight.row).collect()
}

#[test]
fn rows_that_a_zone_crosses_take_no_comment_as_long_as_it_is_there() {
    let mut timeline = timeline();
    zones(&mut timeline, 1, 1_000, &[FACE]);
    zones(&mut timeline, 2, 2_000, &[]);
    timeline.insert(event(3, 1_500, chat(1, "below the face")), Live);
    assert_eq!(rows(&mut timeline, 1_500), [2]);
    timeline.insert(event(4, 2_000, chat(1, "where the face was")), Live);
    assert_eq!(rows(&mut timeline, 2_000), [2, 0]);
}

#[test]
fn a_comment_on_its_way_ends_where_it_comes_upon_a_zone() {
    let mut timeline = timeline();
    // 100 px wide: its head is at 400 px, the zone's left edge, after 3.555 s.
    timeline.insert(event(1, 0, said(1, "hello", DanmakuMode::Reverse)), Live);
    zones(&mut timeline, 2, 1_000, &[FACE]);
    assert_eq!(rows(&mut timeline, 3_000), [0]);
    assert_eq!(timeline.next_change(at(3_000)), Some(at(3_555)));
    let left = timeline.at(at(3_554)).flights.first().map(|flight| flight.left(at(3_554), 800.0) + 100.0);
    assert!(left.is_some_and(|right| (398.0..=400.0).contains(&right)), "{left:?}");
    assert!(rows(&mut timeline, 3_555).is_empty());
    assert_eq!(timeline.stats(at(9_000)).shown, 1);
}

#[test]
fn a_comment_that_a_zone_comes_up_over_ends_at_once() {
    let mut timeline = timeline();
    timeline.insert(event(1, 0, chat(1, "hello")), Live);
    zones(&mut timeline, 2, 2_000, &[FACE]);
    assert_eq!((rows(&mut timeline, 1_999), rows(&mut timeline, 2_000)), (vec![0], vec![]));
}

#[test]
fn a_comment_may_stand_beside_a_zone() {
    let mut timeline = timeline();
    let beside = Zone { x: 800, y: 0, w: 200, h: 1_000 };
    zones(&mut timeline, 1, 0, &[beside]);
    timeline.insert(event(2, 0, chat(1, "would pass it")), Live);
    timeline.insert(event(3, 0, said(1, "stands", DanmakuMode::Top)), Live);
    timeline.insert(event(4, 0, said(0, "on it", DanmakuMode::Positioned { x: 1_000, y: 0 })), Live);
    let flights = timeline.at(at(0)).flights;
    assert_eq!(flights.iter().map(|flight| &*flight.text).collect::<Vec<_>>(), ["stands"]);
    assert_eq!(timeline.stats(at(0)).dropped, 2);
}

#[test]
fn a_zone_is_where_the_picture_is() {
    let mut timeline = timeline();
    // The stage lies over the picture's lower half.
    timeline.set_picture(Picture { left: 0.0, width: 800.0, top: -4.0, height: 8.0 });
    zones(&mut timeline, 1, 0, &[FACE]);
    timeline.insert(event(2, 0, chat(1, "hello")), Live);
    assert_eq!(rows(&mut timeline, 0), [0]);
    timeline.set_picture(Picture { left: 0.0, width: 800.0, top: 0.0, height: 4.0 });
    assert_eq!(rows(&mut timeline, 0), [2]);
}

#[test]
fn a_joiner_s_comments_keep_off_the_zones_that_stand() {
    let mut timeline = timeline();
    let avoid = Some(StandingZones { zones: vec![FACE], at: at(1_000) });
    timeline.seed(Snapshot { seq: 5, avoid, ..Snapshot::default() });
    timeline.insert(event(6, 90_000, chat(1, "hello")), Live);
    assert_eq!(rows(&mut timeline, 90_000), [2]);
}
