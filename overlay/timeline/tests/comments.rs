//! Comments over the picture: nothing overlaps, nothing is lost without a word.

#[path = "support/room.rs"]
mod room;

use proptest::prelude::*;
use protocol::{DanmakuMode, Event, StreamTime};
use room::{STAGE, at, chat, event, said, timeline};
use timeline::{Arrival, Arrival::Live, Comment, Flight, Stage, Stats, Timeline};

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
    assert_eq!(timeline.stats(at(100_000)), Stats { shown: 1, merged: 0, dropped: 1, on_screen: 1 });
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
    assert_eq!(timeline.stats(at(3_000)), Stats { shown: 8, merged: 6, dropped: 2, on_screen: 8 });
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
fn a_comment_of_the_page_s_own_flies_and_is_in_no_list() {
    let mut timeline = timeline();
    timeline.at(at(5_000));
    let comment = Comment {
        text: "local".into(),
        mode: DanmakuMode::Scroll,
        color: 0xff_ffff,
        own: false,
        host: false,
        at: at(5_000),
    };
    timeline.insert_local(comment);
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

fn modes() -> impl Strategy<Value = DanmakuMode> {
    prop_oneof![4 => Just(DanmakuMode::Scroll), 1 => Just(DanmakuMode::Top), 1 => Just(DanmakuMode::Bottom)]
}

prop_compose! {
    /// A busy minute: more than the stage can take.
    fn comments()(each in prop::collection::vec((0_i64..60_000, 1_usize..45, 0_i64..4, modes()), 1..250)) -> Vec<Event> {
        let comment = |(seq, (time, length, user, mode)): (usize, (i64, usize, i64, DanmakuMode))| {
            event(seq as u64 + 1, time, said(user, &"字".repeat(length), mode))
        };
        each.into_iter().enumerate().map(comment).collect()
    }
}

/// Whether two comments of a row touch at `t`.
fn touch(a: &Flight, b: &Flight, t: StreamTime) -> bool {
    let (left_a, left_b) = (a.left(t, STAGE.width), b.left(t, STAGE.width));
    left_a < left_b + b.width - 0.5 && left_b < left_a + a.width - 0.5
}

proptest! {
    #[test]
    fn no_two_comments_of_a_row_ever_touch(events in comments(), step in 37_i64..400) {
        let mut timeline = timeline();
        for event in events {
            timeline.insert(event, Arrival::Missed);
        }
        for t in (0..70_000).step_by(usize::try_from(step).unwrap()).map(at) {
            let flights = timeline.at(t).flights;
            for (index, a) in flights.iter().enumerate() {
                prop_assert!(a.row < STAGE.rows);
                for b in flights.iter().skip(index + 1).filter(|b| b.row == a.row) {
                    prop_assert!(!touch(a, b, t), "at {t:?}: {a:?} touches {b:?}");
                }
            }
        }
    }

    #[test]
    fn every_comment_is_shown_merged_or_dropped(events in comments()) {
        let mut timeline = timeline();
        let all = events.len();
        for event in events {
            timeline.insert(event, Arrival::Missed);
        }
        let stats = timeline.stats(at(100_000));
        prop_assert_eq!(stats.shown + stats.merged + stats.dropped, all);
        prop_assert_eq!(stats.on_screen, 0);
    }

    #[test]
    fn the_order_of_arrival_pauses_and_seeks_leave_no_trace(
        (events, shuffled) in comments().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        visits in prop::collection::vec(0_i64..70_000, 0..12),
        t in 0_i64..70_000,
    ) {
        let (mut straight, mut wild) = (timeline(), timeline());
        for event in events {
            straight.insert(event, Arrival::Missed);
        }
        let mut visits = visits.into_iter();
        for event in shuffled {
            wild.insert(event, Arrival::Missed);
            if let Some(visit) = visits.next() {
                wild.at(at(visit));
            }
        }
        prop_assert_eq!(straight.at(at(t)), wild.at(at(t)));
    }

    #[test]
    fn late_comments_are_where_they_would_have_been_after_a_seek(events in comments(), now in 0_i64..60_000) {
        let (mut early, mut late) = (timeline(), timeline());
        late.at(at(now));
        for event in events {
            early.insert(event.clone(), Arrival::Missed);
            late.insert(event, Live);
        }
        late.at(at(90_000));
        prop_assert_eq!(early.at(at(now)), late.at(at(now)));
    }
}
