//! Comments over the picture: nothing overlaps, nothing is lost without a word.

#[path = "support/room.rs"]
mod room;

use protocol::{DanmakuMode, Event};
use room::{STAGE, at, chat, event, said, timeline};
use timeline::{Arrival, Arrival::Live, Comment, Flight, Stage, Stats, Timeline, Timing};

fn texts(flights: &[Flight]) -> Vec<&str> {
    flights.iter().map(|flight| &*flight.text).collect()
}

#[test]
fn a_comment_crosses_the_stage_from_its_own_picture_on() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, chat(1, "hello")), Live);
    assert!(timeline.at(at(999)).flights.is_empty());
    let flight = timeline.at(at(1_000)).flights.remove(0);
    assert_eq!((flight.left(at(1_000), 800.0), flight.left(at(9_000), 800.0)), (800.0, -100.0));
    assert!(timeline.at(at(9_000)).flights.is_empty());
}

#[test]
fn a_comment_under_five_seconds_late_flies_at_once_and_a_later_one_is_in_the_list_only() {
    let mut timeline = timeline();
    timeline.at(at(100_000));
    timeline.insert(event(1, 95_001, chat(1, "late")), Live);
    timeline.insert(event(2, 95_000, chat(1, "too late")), Live);
    let frame = timeline.at(at(100_000));
    assert_eq!(texts(&frame.flights), ["late"]);
    assert_eq!(frame.flights.first().map(|flight| flight.launch), Some(at(100_000)));
    assert_eq!(frame.chat.len(), 2);
    assert_eq!(timeline.stats(at(100_000)), Stats { shown: 1, dropped: 1, on_screen: 1, ..Stats::default() });
}

#[test]
fn what_was_missed_in_a_break_is_mid_flight_and_no_storm() {
    let mut timeline = timeline();
    timeline.at(at(100_000));
    for seq in 0..50 {
        let time = 40_000 + 1_200 * i64::try_from(seq).unwrap();
        timeline.insert(event(seq, time, chat(1, &format!("no. {seq}"))), Arrival::Missed);
    }
    let frame = timeline.at(at(100_016));
    assert_eq!(frame.chat.len(), 50);
    assert_eq!(texts(&frame.flights), ["no. 44", "no. 45", "no. 46", "no. 47", "no. 48", "no. 49"]);
}

#[test]
fn a_hidden_tab_returns_to_the_screen_that_it_would_have_seen() {
    let events: Vec<Event> =
        (0..200).map(|seq| event(seq, 500 * seq.cast_signed(), chat(1, &format!("no. {seq}")))).collect();
    let (mut watching, mut hidden) = (timeline(), timeline());
    for one in &events {
        watching.insert(one.clone(), Live);
        watching.at(one.at);
        hidden.insert(one.clone(), Live);
    }
    hidden.at(at(0));
    assert_eq!(hidden.at(at(90_000)), watching.at(at(90_000)));
}

#[test]
fn in_a_flood_equal_comments_are_counted_together_and_the_rest_is_dropped_by_name() {
    let mut timeline = timeline();
    for seq in 0..10 {
        timeline.insert(event(seq, 1_000, chat(1, &"6".repeat(6 + usize::from(seq > 5)))), Live);
    }
    for seq in 10..16 {
        timeline.insert(event(seq, 1_000, chat(1, &format!("no. {seq}"))), Live);
    }
    let flights = timeline.at(at(1_000)).flights;
    assert_eq!(flights.iter().map(|flight| flight.count).sum::<u32>(), 10);
    // Four rows: four fly at once, four wait for a row.
    assert_eq!(
        timeline.stats(at(3_000)),
        Stats { shown: 8, merged: 6, dropped: 2, on_screen: 8, ..Stats::default() }
    );
}

#[test]
fn the_viewer_s_own_comment_waits_longer_for_a_row_than_others() {
    let stage = Stage { rows: 1, ..STAGE };
    let mut timeline = Timeline::new(stage, |comment| 20.0 * comment.text.chars().count() as f64);
    timeline.set_me(Some(2));
    timeline.insert(event(1, 0, chat(1, "a comment that is rather long, so that the row is taken")), Live);
    timeline.insert(event(2, 100, chat(1, "other")), Live);
    timeline.insert(event(3, 100, chat(2, "mine")), Live);
    let flights = timeline.at(at(6_000)).flights;
    assert!(flights.iter().any(|flight| flight.own && &*flight.text == "mine"), "{flights:?}");
    assert_eq!(timeline.stats(at(6_000)).dropped, 1);
}

#[test]
fn a_comment_at_the_top_stands_still_in_the_middle_for_half_the_time() {
    let mut timeline = timeline();
    timeline.insert(event(1, 0, said(1, "fixed", DanmakuMode::Top)), Live);
    timeline.insert(event(2, 0, said(1, "below", DanmakuMode::Bottom)), Live);
    let flights = timeline.at(at(0)).flights;
    assert_eq!(flights.iter().map(|flight| flight.row).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(flights.first().map(|flight| flight.left(at(3_000), 800.0)), Some(350.0));
    assert!(timeline.at(at(4_000)).flights.is_empty());
}

#[test]
fn a_reverse_comment_crosses_from_left_to_right_and_never_meets_one_that_scrolls() {
    let stage = Stage { rows: 1, ..STAGE };
    let mut timeline = Timeline::new(stage, |_| 100.0);
    timeline.insert(event(1, 0, said(1, "back", DanmakuMode::Reverse)), Live);
    timeline.insert(event(2, 1_000, said(2, "forth", DanmakuMode::Scroll)), Live);
    timeline.insert(event(3, 2_000, said(1, "back too", DanmakuMode::Reverse)), Live);
    let flights = timeline.at(at(2_500)).flights;
    assert_eq!(texts(&flights), ["back", "back too"]);
    let back = flights.first().unwrap();
    assert_eq!((back.left(at(0), 800.0), back.left(at(8_000), 800.0)), (-100.0, 800.0));
    assert_eq!(timeline.stats(at(2_500)).dropped, 1);
}

#[test]
fn a_positioned_comment_stands_where_it_was_put_also_over_others() {
    let mut timeline = timeline();
    for seq in 0..8 {
        timeline.insert(event(seq, 0, said(1, &format!("no. {seq}"), DanmakuMode::Scroll)), Live);
    }
    timeline.insert(event(9, 0, said(0, "here", DanmakuMode::Positioned { x: 1_000, y: 500 })), Live);
    let flights = timeline.at(at(1_000)).flights;
    let here = flights.iter().find(|flight| &*flight.text == "here").unwrap();
    assert_eq!((here.left(at(1_000), 800.0), here.row, here.host), (720.0, 2, true));
    assert!(timeline.at(at(4_000)).flights.iter().all(|flight| &*flight.text != "here"));
}

#[test]
fn as_they_arrive_comments_show_at_once_until_the_picture_jumps() {
    let mut timeline = timeline();
    timeline.set_timing(Timing::AsTheyArrive);
    timeline.at(at(100_000));
    timeline.insert(event(1, 108_000, chat(1, "ahead of my picture")), Live);
    timeline.insert(event(2, 60_000, chat(2, "long behind it")), Live);
    let frame = timeline.at(at(100_000));
    assert_eq!((frame.flights.len(), frame.chat.len()), (2, 2));
    timeline.at(at(90_000));
    let frame = timeline.at(at(100_000));
    assert_eq!((frame.flights.len(), frame.chat.len()), (0, 1));
    assert_eq!(texts(&timeline.at(at(108_000)).flights), ["ahead of my picture"]);
}

#[test]
fn a_comment_of_the_page_s_own_that_was_due_long_ago_is_there_when_one_seeks_back() {
    let mut timeline = timeline();
    timeline.at(at(600_000));
    timeline.insert_local((0..6_000).map(|n| Comment::new(&format!("no. {n}"), at(n * 100))));
    timeline.at(at(0));
    assert_eq!(texts(&timeline.at(at(100)).flights), ["no. 0", "no. 1"]);
    assert_eq!(timeline.stats(at(600_000)).all(), 6_000);
}

#[test]
fn a_whole_show_s_comments_taken_at_once_fly_as_they_would_one_by_one() {
    let events: Vec<Event> = (0..500_u64)
        .rev()
        .map(|seq| event(seq, 200 * seq.cast_signed(), chat(1, &format!("no. {seq}"))))
        .collect();
    let (mut at_once, mut one_by_one) = (timeline(), timeline());
    at_once.insert_all(events.iter().take(300).cloned(), Arrival::Missed);
    at_once.insert_all(events.iter().cloned(), Arrival::Missed);
    events.into_iter().for_each(|event| one_by_one.insert(event, Arrival::Missed));
    assert_eq!(at_once.at(at(60_000)), one_by_one.at(at(60_000)));
    assert_eq!(at_once.stats(at(60_000)), one_by_one.stats(at(60_000)));
}

#[test]
fn a_comment_of_the_page_s_own_flies_and_is_in_no_list() {
    let mut timeline = timeline();
    timeline.at(at(5_000));
    timeline.insert_local([Comment::new("local", at(5_000))]);
    let frame = timeline.at(at(5_000));
    assert_eq!((frame.flights.len(), frame.chat.len()), (1, 0));
}

#[test]
fn of_very_many_late_comments_the_oldest_are_given_up_and_all_are_counted() {
    let mut timeline = timeline();
    timeline.at(at(100_000));
    for seq in 1..=6_000 {
        timeline.insert(event(seq, 80_000, chat(1, &format!("no. {seq}"))), Live);
    }
    assert_eq!(timeline.stats(at(100_000)).dropped, 6_000);
    timeline.at(at(80_000));
    let stats = timeline.stats(at(80_000));
    assert_eq!(stats.shown + stats.merged + stats.dropped, 6_000);
    assert!(stats.dropped >= 1_000, "{stats:?}");
}

#[test]
fn forgetting_the_oldest_of_very_many_comments_leaves_what_flies_where_it_is() {
    let mut timeline = timeline();
    for seq in 1..=50_000_u64 {
        timeline.insert(event(seq, 400 * seq.cast_signed(), chat(1, &format!("no. {seq}"))), Arrival::Missed);
    }
    let end = at(20_000_000);
    let before = (timeline.at(end).flights, timeline.stats(end));
    assert!(!before.0.is_empty());
    timeline.insert(event(50_001, 20_000_001, chat(1, "one more")), Live);
    assert_eq!((timeline.at(end).flights, timeline.stats(end)), before);
}
