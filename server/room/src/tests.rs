//! Rules as sentences, over whole rooms.

mod gifts;

use proptest::prelude::*;
use protocol::{
    ChatMessage, Command, Coupon, Currency, DanmakuMode, Event, EventBody, Money, Product, Role, RoomStatus,
    Say, ServerTime, StandingZones, StreamTime, User, Zone,
};

use crate::{Asked, Decision, History, LiveChange, Picture, Refusal, Resume, State, Who, decide, on_live};

const NOW: ServerTime = ServerTime(1_000_000);
const PICTURE: Picture = Picture { oldest: StreamTime(900_000), newest: StreamTime(999_000) };

fn user(id: i64) -> User {
    User { id, name: format!("user {id}"), role: Role::Viewer }
}

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::CNY)
}

fn product(id: i64) -> Product {
    Product::plain(id, "Tea", cny(100), 1)
}

fn coupon(id: i64) -> Coupon {
    Coupon::plain(id, "Off", cny(1), cny(0), 9)
}

fn asked(command: Command) -> Asked {
    Asked { command, product: Some(product(1)), coupon: Some(coupon(1)), gift: crate::Offered::default() }
}

fn say(client_id: &str, text: &str) -> Asked {
    asked(Command::Say(Say {
        client_id: client_id.to_owned(),
        text: text.to_owned(),
        at: None,
        mode: DanmakuMode::Scroll,
        color: None,
    }))
}

/// A room that decides and applies.
#[derive(Default)]
struct Room(State);

impl Room {
    fn ask(&mut self, who: &Who, asked: Asked, now: ServerTime) -> Result<u64, Refusal> {
        match decide(&self.0, who, asked, now, PICTURE)? {
            Decision::Already(seq) => Ok(seq),
            Decision::New { at, body } => {
                let seq = self.0.seq + 1;
                self.0.apply(&Event { seq, time: now, at, body });
                Ok(seq)
            }
        }
    }
}

#[test]
fn a_guest_may_only_watch() {
    let mut room = Room::default();
    assert_eq!(room.ask(&Who::Guest, say("1", "hello"), NOW), Err(Refusal::LogInRequired));
    let pin = asked(Command::PinProduct { product: 1, at: None });
    assert_eq!(room.ask(&Who::Guest, pin, NOW), Err(Refusal::LogInRequired));
}

#[test]
fn six_comments_in_five_seconds_are_one_too_many_but_not_for_the_host() {
    let (mut room, viewer, host) = (Room::default(), Who::Viewer(user(1)), Who::Host(user(2)));
    for n in 0..5 {
        let at = ServerTime(NOW.0 + n * 100);
        room.ask(&viewer, say(&n.to_string(), &n.to_string()), at).unwrap();
        room.ask(&host, say(&n.to_string(), "the same"), at).unwrap();
    }
    let refused = room.ask(&viewer, say("5", "5"), ServerTime(NOW.0 + 500));
    assert_eq!(refused, Err(Refusal::SlowDown { most: 5, window_ms: 5_000, wait_ms: 4_500 }));
    room.ask(&host, say("5", "the same"), ServerTime(NOW.0 + 500)).unwrap();
    room.ask(&viewer, say("5", "5"), ServerTime(NOW.0 + 5_000)).unwrap();
}

#[test]
fn a_comment_sent_again_is_the_same_event() {
    let (mut room, viewer) = (Room::default(), Who::Viewer(user(1)));
    let first = room.ask(&viewer, say("a", "hello"), NOW).unwrap();
    assert_eq!(room.ask(&viewer, say("a", "hello"), NOW), Ok(first));
    assert_eq!(room.ask(&viewer, say("b", "hello"), NOW), Err(Refusal::Repeated { wait_ms: 3_000 }));
    assert_eq!(room.ask(&Who::Viewer(user(2)), say("a", "hello"), NOW), Ok(first + 1));
}

#[test]
fn a_comment_stands_where_its_author_likes_only_for_the_host() {
    let mut room = Room::default();
    let say = |mode| {
        let (client_id, text) = (format!("{mode:?}"), format!("{mode:?}"));
        asked(Command::Say(Say { client_id, text, at: None, mode, color: None }))
    };
    let (viewer, host) = (Who::Viewer(user(1)), Who::Host(user(2)));
    for mode in [DanmakuMode::Scroll, DanmakuMode::Reverse, DanmakuMode::Top, DanmakuMode::Bottom] {
        room.ask(&viewer, say(mode), NOW).unwrap();
    }
    let there = DanmakuMode::Positioned { x: 0, y: 1_000 };
    assert_eq!(room.ask(&viewer, say(there), NOW), Err(Refusal::PositionedByViewer));
    room.ask(&host, say(there), NOW).unwrap();
    let outside = DanmakuMode::Positioned { x: 1_001, y: 0 };
    assert_eq!(room.ask(&host, say(outside), NOW), Err(Refusal::BadPlace { x: 1_001, y: 0 }));
}

#[test]
fn zones_are_the_host_s_few_and_within_the_picture() {
    let mut room = Room::default();
    let host = Who::Host(user(1));
    let set = |zones: &[Zone]| asked(Command::SetAvoidZones { zones: zones.to_vec(), at: None });
    let face = Zone { x: 400, y: 100, w: 600, h: 900 };
    assert_eq!(room.ask(&Who::Viewer(user(2)), set(&[face]), NOW), Err(Refusal::NotHost));
    room.ask(&host, set(&[face]), NOW).unwrap();
    let standing = StandingZones { zones: vec![face], at: PICTURE.newest };
    assert_eq!(room.0.avoid, Some(standing));
    for bad in [Zone { w: 601, ..face }, Zone { h: 0, ..face }, Zone { x: u16::MAX, w: u16::MAX, ..face }] {
        assert_eq!(room.ask(&host, set(&[face, bad]), NOW), Err(Refusal::BadZone { found: bad }));
    }
    assert_eq!(room.ask(&host, set(&[face; 9]), NOW), Err(Refusal::TooManyZones { most: 8, found: 9 }));
    room.ask(&host, set(&[]), NOW).unwrap();
    assert_eq!(room.0.avoid, None);
}

#[test]
fn a_coupon_is_released_once_until_it_is_withdrawn() {
    let (mut room, host) = (Room::default(), Who::Host(user(1)));
    let release = || asked(Command::ReleaseCoupon { coupon: 1, at: None });
    let withdraw = || asked(Command::WithdrawCoupon { coupon: 1, at: None });
    assert_eq!(room.ask(&host, withdraw(), NOW), Err(Refusal::NotReleased { coupon: 1 }));
    room.ask(&host, release(), NOW).unwrap();
    assert_eq!(room.ask(&host, release(), NOW), Err(Refusal::AlreadyReleased { coupon: 1 }));
    room.ask(&host, withdraw(), NOW).unwrap();
    room.ask(&host, release(), NOW).unwrap();
    let late = Asked { coupon: Some(Coupon { expires: Some(NOW), ..coupon(2) }), ..release() };
    let late = Asked { command: Command::ReleaseCoupon { coupon: 2, at: None }, ..late };
    assert_eq!(room.ask(&host, late, NOW), Err(Refusal::CouponExpired { coupon: 2 }));
}

#[test]
fn a_card_s_moment_stays_within_what_can_be_seen() {
    assert_eq!(PICTURE.place(None), PICTURE.newest);
    assert_eq!(PICTURE.place(Some(StreamTime(950_000))), StreamTime(950_000));
    assert_eq!(PICTURE.place(Some(StreamTime(i64::MAX))), PICTURE.newest);
    assert_eq!(PICTURE.place(Some(StreamTime(i64::MIN))), PICTURE.oldest);
}

#[test]
fn a_show_s_changes_are_told_once() {
    let mut room = Room::default();
    let host = Who::Host(user(1));
    assert_eq!(room.ask(&host, asked(Command::EndShow), NOW), Err(Refusal::NotLive));
    assert_eq!(on_live(RoomStatus::Idle, LiveChange::On), Some(EventBody::PublisherOn));
    assert_eq!(on_live(RoomStatus::Live, LiveChange::On), None);
    assert_eq!(on_live(RoomStatus::Ended, LiveChange::Away), None);
    assert_eq!(on_live(RoomStatus::Ended, LiveChange::Ended), None);
    assert_eq!(on_live(RoomStatus::Ended, LiveChange::On), Some(EventBody::PublisherOn));
}

fn body() -> impl Strategy<Value = EventBody> {
    let id = 1_i64..4;
    prop_oneof![
        (id.clone(), 0_u32..50, "[a-c]{1,3}").prop_map(|(id, client, text)| EventBody::Chat(ChatMessage {
            user: user(id),
            text,
            client_id: client.to_string(),
            mode: DanmakuMode::Scroll,
            color: 0,
        })),
        id.clone().prop_map(|id| EventBody::ProductPinned { product: product(id) }),
        id.clone().prop_map(|product| EventBody::ProductUnpinned { product }),
        id.clone().prop_map(|id| EventBody::CouponReleased { coupon: coupon(id) }),
        id.clone().prop_map(|coupon| EventBody::CouponWithdrawn { coupon }),
        (id, 0_i64..9).prop_map(|(product, stock)| EventBody::StockChanged { product, stock }),
        prop::collection::vec((0_u16..1_000, 0_u16..1_000), 0..3).prop_map(|corners| EventBody::AvoidZones {
            zones: corners.into_iter().map(|(x, y)| Zone { x, y, w: 1, h: 1 }).collect(),
        }),
        (1_u64..500).prop_map(|total| EventBody::Likes { total }),
        (1_i64..4, 0_u32..50).prop_map(|(id, client)| gifts::sent(id, &client.to_string())),
        Just(EventBody::PublisherOn),
        Just(EventBody::PublisherAway),
        Just(EventBody::ShowEnded),
    ]
}

fn log() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec((body(), 0_i64..20_000), 0..80).prop_map(|bodies| {
        let mut time = 0;
        let number = |(seq, (body, gap)): (u64, (EventBody, i64))| {
            time += gap;
            Event { seq, time: ServerTime(time), at: StreamTime(time), body }
        };
        (1..).zip(bodies).map(number).collect()
    })
}

proptest! {
    #[test]
    fn a_late_joiner_s_state_equals_an_early_joiner_s(log in log(), join in 0_usize..80, wait in 0_i64..200_000) {
        let mut early = State::default();
        let mut history = History::new(State::default());
        let (before, after) = log.split_at(join.min(log.len()));
        before.iter().for_each(|event| { early.apply(event); history.push(event.clone()); });
        let now = ServerTime(before.last().map_or(0, |event| event.time.0) + wait);
        let Resume::Fresh(mut late, tail) = history.resume(None, now) else { panic!("expected a snapshot") };
        let young = |event: &&Event| now.0 - event.time.0 < 90_000;
        prop_assert!(before.iter().filter(young).all(|event| tail.contains(event)));
        tail.iter().for_each(|event| late.apply(event));
        prop_assert_eq!(&*late, &early);
        after.iter().for_each(|event| { early.apply(event); late.apply(event); });
        prop_assert_eq!(*late, early);
    }

    #[test]
    fn a_resume_has_no_hole_and_no_double(log in log(), after in 0_u64..90) {
        let mut history = History::new(State::default());
        log.iter().for_each(|event| history.push(event.clone()));
        let last = log.len() as u64;
        match history.resume(Some(after), NOW) {
            Resume::Tail(tail) => {
                prop_assert!(after <= last);
                let seqs: Vec<u64> = tail.iter().map(|event| event.seq).collect();
                prop_assert_eq!(seqs, (after + 1..=last).collect::<Vec<_>>());
            }
            Resume::Fresh(..) => prop_assert!(after > last),
        }
    }
}

#[test]
fn a_client_that_missed_more_than_is_kept_starts_afresh() {
    let mut history = History::new(State::default());
    for seq in 1..=5_003 {
        let body = EventBody::StockChanged { product: 1, stock: 1 };
        history.push(Event { seq, time: NOW, at: StreamTime(NOW.0), body });
    }
    assert!(
        matches!(history.resume(Some(2), NOW), Resume::Fresh(state, tail) if state.seq == 3 && tail.len() == 5_000)
    );
    assert!(matches!(history.resume(Some(3), NOW), Resume::Tail(tail) if tail.len() == 5_000));
}
