//! Whatever happens in whatever order: the same screen at the same picture, nothing overlaps, all are counted.

#[path = "support/room.rs"]
mod room;

use proptest::prelude::*;
use protocol::{DanmakuMode, Event, EventBody, Snapshot, StandingZones, StreamTime, WHOLE, Zone};
use room::{STAGE, at, event, said, timeline};
use timeline::{
    Arrival::{self, Live},
    Filter, Flight, Kind, Rules, Stage, Timeline,
};

fn modes() -> impl Strategy<Value = DanmakuMode> {
    prop_oneof![
        6 => Just(DanmakuMode::Scroll),
        2 => Just(DanmakuMode::Reverse),
        1 => Just(DanmakuMode::Top),
        1 => Just(DanmakuMode::Bottom),
        1 => (0..=WHOLE, 0..=WHOLE).prop_map(|(x, y)| DanmakuMode::Positioned { x, y }),
    ]
}

fn zone() -> impl Strategy<Value = Zone> {
    (0..WHOLE, 0..WHOLE)
        .prop_flat_map(|(x, y)| (1..=WHOLE - x, 1..=WHOLE - y).prop_map(move |(w, h)| Zone { x, y, w, h }))
}

fn bodies() -> impl Strategy<Value = EventBody> {
    prop_oneof![
        12 => (1_usize..45, 0_i64..4, modes()).prop_map(|(length, user, mode)| said(user, &"字".repeat(length), mode)),
        1 => prop::collection::vec(zone(), 0..3).prop_map(|zones| EventBody::AvoidZones { zones }),
    ]
}

prop_compose! {
    /// A busy minute: more than the stage can take.
    fn minute()(each in prop::collection::vec((0_i64..60_000, bodies()), 1..200)) -> Vec<Event> {
        (1..).zip(each).map(|(seq, (time, body))| event(seq, time, body)).collect()
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let kinds = prop::collection::btree_set(
        prop::sample::select(vec![Kind::Scroll, Kind::Reverse, Kind::Top, Kind::Bottom, Kind::Positioned]),
        0..2,
    );
    let users = prop::collection::vec(0_i64..4, 0..2);
    (any::<bool>(), prop::option::of(1_u16..12), kinds, users).prop_map(|(overlap, most, kinds, users)| {
        let filter = Filter::default().with_kinds(kinds).with_users(users);
        Rules { overlap, most, filter }
    })
}

/// What a viewer may do between two events.
#[derive(Debug, Clone)]
enum Deed {
    Look(i64),
    Set(Rules),
    Resize(usize),
    Count(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0_i64..70_000).prop_map(Deed::Look),
        1 => rules().prop_map(Deed::Set),
        1 => (0_usize..6).prop_map(Deed::Resize),
        1 => (0_i64..70_000).prop_map(Deed::Count),
    ];
    prop::collection::vec(deed, 0..20)
}

fn resized(rows: usize) -> Stage {
    Stage { rows, ..STAGE }
}

fn busy(events: impl IntoIterator<Item = Event>, rules: &Rules) -> Timeline {
    let mut timeline = timeline();
    timeline.set_rules(rules.clone());
    timeline.insert_all(events, Arrival::Missed);
    timeline
}

fn comments(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event.body, EventBody::Chat(_))).count()
}

/// Whether two comments of a row touch at `t`.
fn touch(a: &Flight, b: &Flight, t: StreamTime) -> bool {
    let (left_a, left_b) = (a.left(t, STAGE.width), b.left(t, STAGE.width));
    left_a < left_b + b.width - 0.5 && left_b < left_a + a.width - 0.5
}

/// Whether a comment lies on a zone at `t`, by more than rounding.
fn lies_on(flight: &Flight, zone: &Zone, t: StreamTime) -> bool {
    let part = |thousandths: u16, whole: f64| f64::from(thousandths) / f64::from(WHOLE) * whole;
    let (left, right) = (part(zone.x, STAGE.width), part(zone.x + zone.w, STAGE.width));
    let (top, bottom) = (part(zone.y, STAGE.rows as f64), part(zone.y + zone.h, STAGE.rows as f64));
    let (row, x) = (flight.row as f64, flight.left(t, STAGE.width));
    row < bottom && top < row + 1.0 && x < right - 1.5 && left < x + flight.width - 1.5
}

/// The zones that stand at `t`, found as plainly as can be: those of the last change in the log of those that have
/// taken effect, and none takes effect before the one that precedes it.
fn standing(events: &[Event], t: StreamTime) -> Vec<Zone> {
    let (mut reached, mut standing) = (at(i64::MIN), Vec::new());
    for event in events {
        if let EventBody::AvoidZones { zones } = &event.body {
            reached = reached.max(event.at);
            if reached <= t {
                standing.clone_from(zones);
            }
        }
    }
    standing
}

proptest! {
    #[test]
    fn no_two_comments_of_a_row_ever_touch_and_none_lies_on_a_zone(events in minute(), step in 37_i64..400) {
        let mut timeline = busy(events.clone(), &Rules::default());
        for t in (0..70_000).step_by(usize::try_from(step).unwrap()).map(at) {
            let flights = timeline.at(t).flights;
            let zones = standing(&events, t);
            for (index, a) in flights.iter().enumerate() {
                prop_assert!(a.row < STAGE.rows);
                prop_assert!(!zones.iter().any(|zone| lies_on(a, zone, t)), "at {t:?}: {a:?} on {zones:?}");
                let takes_a_row = |flight: &Flight| !matches!(flight.mode, DanmakuMode::Positioned { .. });
                let others = flights.iter().skip(index + 1).filter(|b| takes_a_row(a) && takes_a_row(b));
                for b in others.filter(|b| b.row == a.row) {
                    prop_assert!(!touch(a, b, t), "at {t:?}: {a:?} touches {b:?}");
                }
            }
        }
    }

    #[test]
    fn every_comment_is_shown_merged_dropped_or_blocked(
        events in minute(), rules in rules(), deeds in deeds(), live in any::<bool>(),
    ) {
        let mut timeline = timeline();
        let all = comments(&events);
        let mut deeds = deeds.into_iter();
        for event in events {
            timeline.insert(event, if live { Live } else { Arrival::Missed });
            match deeds.next() {
                Some(Deed::Look(t)) => _ = timeline.at(at(t)),
                Some(Deed::Set(rules)) => timeline.set_rules(rules),
                Some(Deed::Resize(rows)) => timeline.set_stage(resized(rows)),
                Some(Deed::Count(t)) => _ = timeline.stats(at(t)),
                None => {}
            }
        }
        prop_assert_eq!(timeline.stats(at(100_000)).all(), all);
        timeline.set_rules(rules);
        prop_assert_eq!(timeline.stats(at(100_000)).all(), all);
        timeline.at(at(0));
        timeline.at(at(200_000));
        let stats = timeline.stats(at(200_000));
        prop_assert_eq!((stats.all(), stats.on_screen), (all, 0));
    }

    #[test]
    fn where_comments_may_overlap_none_is_lost_for_want_of_a_row(events in minute()) {
        let rules = Rules { overlap: true, ..Rules::default() };
        let events: Vec<Event> =
            events.into_iter().filter(|event| matches!(event.body, EventBody::Chat(_))).collect();
        let mut timeline = busy(events.clone(), &rules);
        prop_assert_eq!(timeline.stats(at(100_000)).shown, comments(&events));
    }

    #[test]
    fn the_order_of_arrival_pauses_seeks_and_settings_leave_no_trace(
        (events, shuffled) in minute().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        deeds in deeds(),
        rules in rules(),
        t in 0_i64..70_000,
    ) {
        let mut straight = busy(events, &rules);
        let mut wild = timeline();
        let mut deeds = deeds.into_iter();
        for event in shuffled {
            wild.insert(event, Arrival::Missed);
            match deeds.next() {
                Some(Deed::Look(t)) => _ = wild.at(at(t)),
                Some(Deed::Set(rules)) => wild.set_rules(rules),
                Some(Deed::Resize(rows)) => wild.set_stage(resized(rows)),
                Some(Deed::Count(t)) => _ = wild.stats(at(t)),
                None => {}
            }
        }
        wild.set_stage(STAGE);
        wild.set_rules(rules);
        prop_assert_eq!(straight.at(at(t)), wild.at(at(t)));
        prop_assert_eq!(straight.stats(at(t)), wild.stats(at(t)));
        prop_assert_eq!(straight.next_change(at(t)), wild.next_change(at(t)));
    }

    #[test]
    fn a_frame_stays_as_it_is_until_its_next_change(events in minute(), rules in rules(), t in 0_i64..70_000) {
        let mut timeline = busy(events, &rules);
        let next = timeline.next_change(at(t)).unwrap_or(at(200_000));
        let (before, middle) = (timeline.at(at(t)), StreamTime(i64::midpoint(t, next.millis())));
        prop_assert_eq!(&before, &timeline.at(middle));
        prop_assert_eq!(before, timeline.at(next.plus(-1)));
    }

    #[test]
    fn late_comments_are_where_they_would_have_been_after_a_seek(events in minute(), now in 0_i64..60_000) {
        let (mut early, mut late) = (timeline(), timeline());
        late.at(at(now));
        for event in events {
            early.insert(event.clone(), Arrival::Missed);
            late.insert(event, Live);
        }
        late.at(at(90_000));
        prop_assert_eq!(early.at(at(now)), late.at(at(now)));
    }

    #[test]
    fn a_late_joiner_s_zones_are_an_early_joiner_s(events in minute(), joined in 0_usize..200, t in 0_i64..60_000) {
        let mut events = events;
        // The log of a host whose clock does not step back; the joiner's tail begins after what still flies is gone.
        events.sort_by_key(|event| event.at);
        (1..).zip(&mut events).for_each(|(seq, event)| event.seq = seq);
        let joined = joined.min(events.len());
        let (known, tail) = events.split_at(joined);
        let horizon = known.last().map_or(at(0), |event| event.at).plus(15_000);
        let avoid = known.iter().rev().find_map(|event| match &event.body {
            EventBody::AvoidZones { zones } => {
                Some(StandingZones { zones: zones.clone(), at: event.at })
            }
            _ => None,
        });
        let tail: Vec<Event> = tail.iter().map(|event| Event { at: event.at.plus(15_000), ..event.clone() }).collect();
        let mut early = busy(known.iter().chain(&tail).cloned(), &Rules::default());
        let mut late = timeline();
        late.seed(Snapshot { seq: joined as u64, avoid, ..Snapshot::default() });
        late.insert_all(tail, Arrival::Missed);
        let t = horizon.plus(t);
        prop_assert_eq!(early.at(t).flights, late.at(t).flights);
    }
}
