//! Gifts: trays with combos, the stage for luxury gifts, and that every gift is accounted for.

#[path = "support/room.rs"]
mod room;

use proptest::prelude::*;
use protocol::{CommentLikes, Event, EventBody, Gift, GiftFormat, GiftName, GiftSent, GiftTier, Role, User};
use room::{at, chat, event, timeline};
use timeline::{Arrival, Arrival::Live, Frame, GiftStats, Timeline, TrayBody};

fn given(user: i64, gift: i64, combo: &str, total: u32, price: u32) -> EventBody {
    let tier = if price > 0 { GiftTier::Luxury } else { GiftTier::Small };
    let gift = Gift {
        id: gift,
        name: GiftName::default(),
        price,
        tier,
        format: GiftFormat::Image,
        asset: String::new(),
        icon: String::new(),
        duration_ms: None,
        valid_from: None,
        valid_to: None,
    };
    let user = User { id: user, name: format!("u{user}"), role: Role::Viewer };
    let (combo, client_id) = (combo.to_owned(), String::new());
    EventBody::GiftSent(GiftSent { user, gift, count: 1, combo, combo_total: total, client_id })
}

fn small(user: i64, combo: &str, total: u32) -> EventBody {
    given(user, 1, combo, total, 0)
}

/// Who stands in the trays with how many; 0 stands for many people.
fn trays(frame: &Frame) -> Vec<Option<(i64, u32)>> {
    let face = |body: &TrayBody| match body {
        TrayBody::Row { given, count } => (given.user.id, *count),
        TrayBody::Many { gifts, .. } => (0, *gifts),
    };
    frame.trays.iter().map(|tray| tray.as_ref().map(|card| face(&card.body))).collect()
}

fn on_stage(frame: &Frame) -> Option<i64> {
    frame.luxury.as_ref().map(|card| card.given.user.id)
}

#[test]
fn taps_of_one_row_are_one_card_that_stays_five_seconds_after_the_last() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, small(1, "k", 1)), Live);
    timeline.insert(event(2, 4_000, small(1, "k", 2)), Live);
    timeline.insert(event(3, 4_500, small(2, "k", 1)), Live);
    let seen = |timeline: &mut Timeline, t| trays(&timeline.at(at(t)));
    assert_eq!(seen(&mut timeline, 999), [None, None]);
    assert_eq!(seen(&mut timeline, 1_000), [Some((1, 1)), None]);
    assert_eq!(seen(&mut timeline, 4_500), [Some((1, 2)), Some((2, 1))]);
    assert_eq!(seen(&mut timeline, 9_000), [None, Some((2, 1))]);
    assert_eq!(seen(&mut timeline, 9_500), [None, None]);
    assert_eq!(timeline.gift_stats(at(9_500)), GiftStats { shown: 2, merged: 1, ..GiftStats::default() });
}

#[test]
fn with_both_trays_taken_a_gift_waits_and_the_viewer_s_own_waits_in_front() {
    let mut timeline = timeline();
    timeline.set_me(Some(4));
    for user in 1_i64..=4 {
        timeline.insert(event(user.unsigned_abs(), 1_000, small(user, "k", 1)), Live);
    }
    assert_eq!(trays(&timeline.at(at(2_400))), [Some((1, 1)), Some((2, 1))]);
    assert_eq!(timeline.gift_stats(at(2_400)), GiftStats { shown: 2, queued: 2, ..GiftStats::default() });
    assert_eq!(trays(&timeline.at(at(2_500))), [Some((4, 1)), Some((3, 1))]);
}

#[test]
fn what_finds_no_room_in_a_flood_is_counted_in_one_card_for_many() {
    let mut timeline = timeline();
    for user in 1_i64..=40 {
        timeline.insert(event(user.unsigned_abs(), 1_000, small(user, "k", 1)), Live);
    }
    let stats = timeline.gift_stats(at(1_000));
    assert_eq!(stats, GiftStats { shown: 2, queued: 12, summarised: 26, merged: 0 });
    let many = (0..40_000).step_by(100).map(|t| timeline.at(at(t)));
    let many = many.flat_map(|frame| frame.trays).flatten().find_map(|card| match card.body {
        TrayBody::Many { gifts, senders } => Some((gifts, senders)),
        TrayBody::Row { .. } => None,
    });
    assert_eq!(many, Some((26, 26)));
}

#[test]
fn a_row_that_never_ends_gives_way_to_those_who_wait() {
    let mut timeline = timeline();
    for n in 0..60_u32 {
        let seq = u64::from(n) * 3 + 1;
        let now = i64::from(n) * 1_000;
        timeline.insert(event(seq, now, small(1, "k", n + 1)), Live);
        timeline.insert(event(seq + 1, now, small(2, "k", n + 1)), Live);
    }
    timeline.insert(event(1_000, 500, small(3, "k", 1)), Live);
    timeline.insert(event(1_001, 500, small(4, "k", 1)), Live);
    let seen = (0..30_000).step_by(500).filter(|t| trays(&timeline.at(at(*t))).contains(&Some((3, 1))));
    assert!(seen.count() > 2);
}

#[test]
fn luxury_gifts_play_one_at_a_time_the_most_valuable_first_and_the_viewer_s_own_among_equals() {
    let mut timeline = timeline();
    timeline.set_me(Some(4));
    for (user, price) in [(1_i64, 5), (2, 5), (3, 9), (4, 5)] {
        timeline.insert(event(user.unsigned_abs(), 1_000, given(user, 1, "k", 1, price)), Live);
    }
    let order: Vec<_> = (0..4).map(|n| on_stage(&timeline.at(at(1_000 + n * 4_000)))).collect();
    assert_eq!(order, [Some(1), Some(3), Some(4), Some(2)]);
    assert_eq!(on_stage(&timeline.at(at(17_000))), None);
}

#[test]
fn the_least_of_too_many_luxury_gifts_takes_a_tray() {
    let mut timeline = timeline();
    for user in 1_i64..=10 {
        let price = if user == 5 { 1 } else { 5 };
        timeline.insert(event(user.unsigned_abs(), 1_000 + user, given(user, 1, "k", 1, price)), Live);
    }
    let frame = timeline.at(at(2_000));
    assert_eq!((on_stage(&frame), trays(&frame)), (Some(1), vec![Some((5, 1)), None]));
    assert_eq!(timeline.gift_stats(at(2_000)), GiftStats { shown: 2, queued: 8, ..GiftStats::default() });
}

#[test]
fn whoever_wants_calm_sees_luxury_gifts_in_a_tray() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, given(1, 1, "k", 1, 5)), Live);
    assert_eq!(on_stage(&timeline.at(at(1_500))), Some(1));
    timeline.set_calm(true);
    let frame = timeline.at(at(1_500));
    assert_eq!((on_stage(&frame), trays(&frame)), (None, vec![Some((1, 1)), None]));
}

#[test]
fn a_skipped_gift_makes_room_for_the_next() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, given(1, 1, "k", 1, 5)), Live);
    timeline.insert(event(2, 1_000, given(2, 1, "k", 1, 5)), Live);
    timeline.at(at(2_000));
    timeline.skip_gift(1, at(2_000));
    assert_eq!(on_stage(&timeline.at(at(2_000))), Some(2));
    assert_eq!(on_stage(&timeline.at(at(1_999))), Some(1));
}

#[test]
fn a_gift_that_cannot_be_played_takes_a_tray_and_makes_room_for_the_next() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, given(1, 1, "k", 1, 5)), Live);
    timeline.insert(event(2, 1_000, given(2, 1, "k", 1, 5)), Live);
    timeline.insert(event(3, 1_000, given(3, 1, "k", 1, 5)), Live);
    timeline.at(at(1_400));
    timeline.give_up_gift(1, at(1_400));
    let frame = timeline.at(at(1_400));
    assert_eq!((on_stage(&frame), trays(&frame)), (Some(2), vec![Some((1, 1)), None]));
    assert_eq!(timeline.gift_stats(at(1_400)), GiftStats { shown: 2, queued: 1, ..GiftStats::default() });
    // One that is known to fail before its turn is seen in a tray when that comes.
    timeline.give_up_gift(3, at(2_000));
    assert_eq!(trays(&timeline.at(at(5_399))), [Some((1, 1)), None]);
    let frame = timeline.at(at(5_400));
    assert_eq!((on_stage(&frame), trays(&frame)), (None, vec![Some((1, 1)), Some((3, 1))]));
}

#[test]
fn a_gift_that_comes_late_shows_at_once_and_after_a_seek_at_its_own_picture() {
    let mut timeline = timeline();
    timeline.at(at(60_000));
    timeline.insert(event(1, 20_000, small(1, "k", 1)), Live);
    assert_eq!(trays(&timeline.at(at(60_016))), [Some((1, 1)), None]);
    assert_eq!(trays(&timeline.at(at(21_000))), [Some((1, 1)), None]);
    assert_eq!(trays(&timeline.at(at(61_000))), [None, None]);
}

#[test]
fn likes_come_with_the_picture_and_never_go_down() {
    let mut timeline = timeline();
    timeline.insert(event(1, 2_000, EventBody::Likes { total: 7 }), Live);
    timeline.insert(event(2, 1_000, EventBody::Likes { total: 9 }), Live);
    let seen = [500, 1_000, 2_000, 500].map(|t| timeline.at(at(t)).likes);
    assert_eq!(seen, [0, 9, 9, 0]);
}

#[test]
fn likes_of_a_comment_hold_at_once_whatever_the_picture_and_never_go_down() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, chat(1, "is it oolong?")), Live);
    let told = |likes| EventBody::CommentsLiked { comments: vec![CommentLikes { comment: 1, likes }] };
    timeline.insert(event(3, 90_000, told(4)), Live);
    timeline.insert(event(2, 2_000, told(3)), Live);
    let frame = timeline.at(at(1_500));
    assert_eq!(frame.liked, [(1, 4)]);
    assert_eq!(frame.flights[0].likes, 4);
    assert_eq!(timeline.at(at(500)).liked, []);
}

prop_compose! {
    /// A busy minute of taps in rows, of small gifts and luxury ones.
    fn gifts()(each in prop::collection::vec((0_i64..60_000, 0_i64..9, 0_i64..3, 0_u32..6), 1..400)) -> Vec<Event> {
        let one = |(seq, (time, user, combo, price)): (usize, (i64, i64, i64, u32))| {
            let total = u32::try_from(seq).unwrap_or(0) + 1;
            event(seq as u64 + 1, time, given(user, combo, &combo.to_string(), total, price.saturating_sub(4)))
        };
        each.into_iter().enumerate().map(one).collect()
    }
}

fn gift_frame(timeline: &mut Timeline, t: i64) -> (Frame, GiftStats) {
    (timeline.at(at(t)), timeline.gift_stats(at(t)))
}

proptest! {
    #[test]
    fn every_gift_is_accounted_for_at_any_moment(
        events in gifts(), moments in prop::collection::vec(0_i64..90_000, 1..20),
        failures in prop::collection::vec((1_u64..400, 0_i64..70_000), 0..20),
    ) {
        let mut timeline = timeline();
        for event in &events {
            timeline.insert(event.clone(), Arrival::Missed);
        }
        for (seq, t) in failures {
            timeline.at(at(t));
            timeline.give_up_gift(seq, at(t));
        }
        for t in moments {
            let due = events.iter().filter(|event| event.at <= at(t)).count();
            prop_assert_eq!(timeline.gift_stats(at(t)).all(), due, "at {}", t);
        }
        prop_assert_eq!(timeline.gift_stats(at(i64::MAX)).queued, 0);
    }

    #[test]
    fn order_of_arrival_and_seeks_leave_no_trace(
        (events, shuffled) in gifts().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        visits in prop::collection::vec(0_i64..70_000, 0..40),
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
        prop_assert_eq!(gift_frame(&mut straight, t), gift_frame(&mut wild, t));
    }

    #[test]
    fn the_frame_does_not_depend_on_what_comes_after_it(events in gifts(), t in 0_i64..70_000) {
        let (mut whole, mut cut) = (timeline(), timeline());
        for event in events {
            if event.at <= at(t) {
                cut.insert(event.clone(), Arrival::Missed);
            }
            whole.insert(event, Arrival::Missed);
        }
        whole.at(at(90_000));
        prop_assert_eq!(gift_frame(&mut whole, t), gift_frame(&mut cut, t));
    }

    #[test]
    fn a_frame_stays_as_it_is_until_the_next_change(events in gifts(), t in 0_i64..70_000) {
        let mut timeline = timeline();
        for event in events {
            timeline.insert(event, Arrival::Missed);
        }
        let frame = timeline.at(at(t));
        let next = timeline.next_change(at(t)).map_or(t + 60_000, protocol::StreamTime::millis);
        prop_assert!(next > t);
        prop_assert_eq!(timeline.at(at(next - 1)), frame);
    }
}

#[test]
fn an_hour_and_more_of_gifts_is_taken_and_the_oldest_are_only_counted() {
    let mut timeline = timeline();
    for seq in 1..=21_000_u64 {
        let user = i64::try_from(seq % 50).unwrap();
        timeline
            .insert(event(seq, 200 * seq.cast_signed(), small(user, &seq.to_string(), 1)), Arrival::Missed);
        if seq % 1_000 == 0 {
            timeline.at(at(200 * seq.cast_signed()));
        }
    }
    let stats = timeline.gift_stats(at(4_200_000));
    assert_eq!(stats.all(), 21_000);
    assert!(timeline.at(at(4_200_000)).trays.iter().all(Option::is_some));
}
