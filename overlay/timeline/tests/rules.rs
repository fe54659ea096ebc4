//! What the viewer wants: density, overlap, what to block, and holding a comment.

#[path = "support/room.rs"]
mod room;

use protocol::Event;
use room::{STAGE, at, chat, event, timeline};
use timeline::{Arrival::Live, Filter, Flight, Rules, Timeline};

fn burst(count: u64) -> Vec<Event> {
    (1..=count).map(|seq| event(seq, 1_000, chat(1, &format!("no. {seq}")))).collect()
}

fn with_rules(rules: Rules) -> Timeline {
    let mut timeline = timeline();
    timeline.set_rules(rules);
    timeline
}

fn keys(flights: &[Flight]) -> Vec<u64> {
    flights.iter().map(|flight| flight.key).collect()
}

#[test]
fn where_comments_may_overlap_none_of_a_burst_is_lost_and_all_rows_share_them() {
    let mut timeline = with_rules(Rules { overlap: true, ..Rules::default() });
    timeline.insert_all(burst(1_000), Live);
    let flights = timeline.at(at(1_000)).flights;
    assert_eq!(flights.len(), 1_000);
    for row in 0..STAGE.rows {
        let here = flights.iter().filter(|flight| flight.row == row).count();
        assert!((200..300).contains(&here), "{here} in row {row}");
    }
    assert_eq!(timeline.stats(at(1_000)).shown, 1_000);
}

#[test]
fn no_more_than_the_viewer_wants_are_on_the_screen_but_for_one_s_own() {
    let mut timeline = with_rules(Rules { overlap: true, most: Some(3), ..Rules::default() });
    timeline.set_me(Some(2));
    timeline.insert_all(burst(10), Live);
    timeline.insert(event(11, 1_000, chat(2, "mine")), Live);
    assert_eq!(timeline.at(at(1_000)).flights.len(), 4);
    let stats = timeline.stats(at(1_000));
    assert_eq!((stats.shown, stats.dropped), (4, 7));
    timeline.insert(event(12, 9_000, chat(1, "there is room again")), Live);
    assert_eq!(timeline.at(at(9_000)).flights.len(), 1);
}

#[test]
fn what_is_blocked_is_counted_and_comes_back_when_the_rule_is_taken_back() {
    let mut timeline = timeline();
    timeline.insert_all([event(1, 0, chat(7, "hi")), event(2, 0, chat(8, "Spoiler!"))], Live);
    let before = timeline.at(at(100));
    let filter = Filter::default().with_words(["spoiler"]).with_users([7]);
    timeline.set_rules(Rules { filter, ..Rules::default() });
    let blocked = timeline.at(at(100));
    assert_eq!((blocked.flights.len(), blocked.chat.len()), (0, 2));
    assert_eq!(timeline.stats(at(100)).blocked, 2);
    timeline.set_rules(Rules::default());
    assert_eq!(timeline.at(at(100)), before);
}

#[test]
fn a_held_comment_stays_and_goes_on_from_there_above_the_others() {
    let mut timeline = timeline();
    timeline.insert_all([event(1, 0, chat(1, "first")), event(2, 0, chat(1, "second"))], Live);
    let mut now = 2_000;
    let mut there = |timeline: &mut Timeline, t| {
        // A long step would be a jump of the picture.
        (now..t).step_by(500).for_each(|between| _ = timeline.advance(at(between)));
        now = t;
        let flights = timeline.at(at(t)).flights;
        let first = flights.iter().find(|flight| flight.key == 1).map(|flight| flight.left(at(t), 800.0));
        (keys(&flights), first)
    };
    timeline.hold(1, at(2_000));
    let (_, held) = there(&mut timeline, 2_000);
    assert_eq!(there(&mut timeline, 7_000), (vec![2, 1], held));
    // It is there though its time is over.
    assert_eq!(there(&mut timeline, 8_500), (vec![1], held));
    timeline.release(1, at(9_000));
    assert_eq!(there(&mut timeline, 9_000), (vec![1], held));
    assert!(there(&mut timeline, 10_000).1 < held);
    assert_eq!(timeline.next_change(at(10_000)), Some(at(15_000)));
    assert_eq!(there(&mut timeline, 15_000), (vec![], None));
    assert_eq!(timeline.stats(at(15_000)).shown, 2);
}

#[test]
fn a_jump_of_the_picture_lets_go_of_what_is_held() {
    let mut timeline = timeline();
    timeline.insert(event(1, 0, chat(1, "first")), Live);
    let before = timeline.at(at(3_000));
    timeline.at(at(1_000));
    timeline.hold(1, at(1_000));
    timeline.at(at(60_000));
    assert_eq!(timeline.at(at(3_000)), before);
}

#[test]
fn a_finger_finds_the_uppermost_comment_under_it() {
    let mut timeline = timeline();
    timeline.insert_all([event(1, 0, chat(1, "first")), event(2, 1_500, chat(1, "second"))], Live);
    let found =
        |timeline: &mut Timeline, x, row| timeline.flight_at(at(2_000), x, row).map(|flight| flight.key);
    let left = timeline.at(at(2_000)).flights.first().map(|flight| flight.left(at(2_000), 800.0)).unwrap();
    assert_eq!(found(&mut timeline, left + 1.0, 0), Some(1));
    assert_eq!(found(&mut timeline, left + 1.0, 1), None);
    assert_eq!(found(&mut timeline, left - 20.0, 0), None);
}
