use super::{NOW, Room, asked, user};
use crate::{Asked, Decision, Likes, Offered, Refusal, Who, decide};
use protocol::{
    Command, EventBody, Gift, GiftFormat, GiftName, GiftSent, GiftTier, LIMITS, RoomStatus, SendGift,
    ServerTime,
};

fn gift(id: i64, tier: GiftTier) -> Gift {
    Gift {
        id,
        name: GiftName::default(),
        price: 0,
        tier,
        format: GiftFormat::Image,
        asset: String::new(),
        icon: String::new(),
        duration_ms: None,
        valid_from: None,
        valid_to: Some(ServerTime(NOW.0 + 60_000)),
    }
}

pub(super) fn sent(user_id: i64, client_id: &str) -> EventBody {
    let (gift, client_id) = (gift(1, GiftTier::Small), client_id.to_owned());
    EventBody::GiftSent(GiftSent {
        user: user(user_id),
        gift,
        count: 1,
        combo: "k".to_owned(),
        combo_total: 1,
        client_id,
    })
}

/// A gift of catalogue 5, which the sender takes for catalogue `seen`.
fn send(client_id: &str, combo: &str, gift: Gift, seen: u64) -> Asked {
    let (client_id, combo) = (client_id.to_owned(), combo.to_owned());
    let command = Command::SendGift(SendGift {
        client_id,
        gift: gift.id,
        count: 1,
        combo,
        catalogue_version: seen,
        at: None,
    });
    Asked { gift: Offered { version: 5, gift: Some(gift) }, ..asked(command) }
}

fn small(client_id: &str, combo: &str) -> Asked {
    send(client_id, combo, gift(1, GiftTier::Small), 5)
}

fn total(room: &mut Room, who: &Who, asked: Asked, now: ServerTime) -> u32 {
    match decide(&room.0, who, asked.clone(), now, super::PICTURE) {
        Ok(Decision::New { body: EventBody::GiftSent(sent), .. }) => {
            room.ask(who, asked, now).unwrap();
            sent.combo_total
        }
        other => panic!("expected a gift, found {other:?}"),
    }
}

#[test]
fn taps_within_five_seconds_count_together_and_another_gift_ends_the_row() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    let at = |ms: i64| ServerTime(NOW.0 + ms);
    assert_eq!(total(&mut room, &who, small("a", "k"), at(0)), 1);
    assert_eq!(total(&mut room, &who, small("b", "k"), at(5_000)), 2);
    assert_eq!(total(&mut room, &who, small("c", "k"), at(10_001)), 1);
    assert_eq!(total(&mut room, &who, small("d", "l"), at(10_100)), 1);
    let other = send("e", "l", gift(2, GiftTier::Small), 5);
    assert_eq!(total(&mut room, &who, other, at(10_200)), 1);
    assert_eq!(total(&mut room, &who, small("f", "l"), at(10_300)), 1);
    assert_eq!(total(&mut room, &Who::Viewer(user(2)), small("a", "l"), at(10_300)), 1);
}

#[test]
fn a_gift_sent_again_is_the_same_event() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    let first = room.ask(&who, small("a", "k"), NOW).unwrap();
    assert_eq!(room.ask(&who, small("a", "k"), NOW), Ok(first));
    assert_eq!(room.ask(&who, small("b", "k"), NOW), Ok(first + 1));
}

#[test]
fn another_gift_under_the_same_id_is_refused() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    let seq = room.ask(&who, small("a", "k"), NOW).unwrap();
    let other = send("a", "k", gift(2, GiftTier::Luxury), 5);
    assert_eq!(room.ask(&who, other, NOW), Err(Refusal::ClientIdUsed { seq }));
}

#[test]
fn nobody_pays_for_a_gift_once_the_show_is_over() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    room.0.status = RoomStatus::Ended;
    let dear = Gift { price: 9, ..gift(1, GiftTier::Small) };
    assert_eq!(room.ask(&who, send("a", "k", dear, 5), NOW), Err(Refusal::ShowOver { gift: 1 }));
    assert!(room.ask(&who, small("a", "k"), NOW).is_ok());
}

#[test]
fn whoever_saw_another_catalogue_is_told_the_price_of_now() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    let dear = Gift { price: 9, ..gift(1, GiftTier::Small) };
    let refused = room.ask(&who, send("a", "k", dear, 4), NOW);
    assert_eq!(refused, Err(Refusal::GiftsChanged { gift: 1, price: 9, version: 5, found: 4 }));
    let late = ServerTime(NOW.0 + 60_000);
    assert_eq!(room.ask(&who, small("a", "k"), late), Err(Refusal::UnknownGift { gift: 1 }));
    assert_eq!(room.ask(&Who::Guest, small("a", "k"), NOW), Err(Refusal::LogInRequired));
}

#[test]
fn a_sender_of_too_many_gifts_is_slowed_down_and_of_luxury_gifts_sooner() {
    let (mut room, who) = (Room::default(), Who::Viewer(user(1)));
    for n in 0..5 {
        room.ask(&who, send(&format!("l{n}"), "k", gift(2, GiftTier::Luxury), 5), NOW).unwrap();
    }
    let refused = room.ask(&who, send("l5", "k", gift(2, GiftTier::Luxury), 5), NOW);
    assert_eq!(refused, Err(Refusal::TooManyGifts { most: 5, window_ms: 10_000, wait_ms: 10_000 }));
    for n in 0..35 {
        room.ask(&who, small(&format!("s{n}"), "k"), NOW).unwrap();
    }
    let refused = room.ask(&who, small("s35", "k"), ServerTime(NOW.0 + 9_000));
    assert_eq!(refused, Err(Refusal::TooManyGifts { most: 40, window_ms: 10_000, wait_ms: 1_000 }));
    room.ask(&who, small("s35", "k"), ServerTime(NOW.0 + 10_000)).unwrap();
}

#[test]
fn likes_are_taken_up_to_a_bound_a_command_and_a_time() {
    let (mut likes, who) = (Likes::default(), Who::Viewer(user(1)));
    let most = LIMITS.like_count;
    assert_eq!(likes.take(&who, 0, NOW), Err(Refusal::BadLikeCount { found: 0, most }));
    assert_eq!(likes.take(&who, most + 1, NOW), Err(Refusal::BadLikeCount { found: most + 1, most }));
    likes.take(&who, most, NOW).unwrap();
    likes.take(&who, most, ServerTime(NOW.0 + 1_500)).unwrap();
    let refused = likes.take(&who, 1, ServerTime(NOW.0 + 2_000));
    assert_eq!(refused, Err(Refusal::TooManyLikes { most: 2 * most, window_ms: 3_000, wait_ms: 1_000 }));
    likes.take(&who, 1, ServerTime(NOW.0 + 3_000)).unwrap();
    assert_eq!(likes.take(&Who::Guest, 1, NOW), Err(Refusal::LogInRequired));
    likes.take(&Who::Viewer(user(2)), 1, NOW).unwrap();
}
