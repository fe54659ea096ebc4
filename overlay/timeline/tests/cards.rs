//! Cards, toasts and the list: each with its picture, money and stock at once.

#[path = "support/room.rs"]
mod room;

use protocol::{EventBody, PinnedProduct, ReleasedCoupon, Snapshot, StreamTime};
use room::{at, chat, coupon, event, packet, product, timeline, toast};
use timeline::Arrival::{Live, Missed};

#[test]
fn a_viewer_eight_seconds_behind_sees_the_card_with_its_picture_and_not_before() {
    let mut timeline = timeline();
    timeline.at(at(92_000));
    timeline.insert(event(1, 100_000, EventBody::ProductPinned { product: product(7, 10) }), Live);
    assert_eq!(timeline.at(at(99_999)).pinned, None);
    let pinned = timeline.at(at(100_000)).pinned.unwrap();
    assert_eq!((pinned.product.id, pinned.since), (7, at(100_000)));
}

#[test]
fn a_card_that_comes_late_shows_at_once() {
    let mut timeline = timeline();
    timeline.at(at(100_000));
    timeline.insert(event(1, 40_000, EventBody::ProductPinned { product: product(7, 10) }), Live);
    assert!(timeline.at(at(100_016)).pinned.is_some());
}

#[test]
fn seeking_back_puts_the_card_away_and_seeking_forth_brings_it_back() {
    let mut timeline = timeline();
    timeline.insert(event(1, 10_000, EventBody::ProductPinned { product: product(7, 1) }), Live);
    timeline.insert(event(2, 20_000, EventBody::ProductPinned { product: product(8, 1) }), Live);
    timeline.insert(event(3, 30_000, EventBody::ProductUnpinned { product: 8 }), Live);
    for (t, pinned) in [(5, None), (15, Some(7)), (25, Some(8)), (35, None), (12, Some(7)), (0, None)] {
        assert_eq!(timeline.at(at(t * 1_000)).pinned.map(|card| card.product.id), pinned, "at {t} s");
    }
}

#[test]
fn putting_away_a_product_that_is_no_longer_pinned_changes_nothing() {
    let mut timeline = timeline();
    timeline.insert(event(1, 10, EventBody::ProductPinned { product: product(7, 1) }), Live);
    timeline.insert(event(2, 20, EventBody::ProductPinned { product: product(8, 1) }), Live);
    timeline.insert(event(3, 30, EventBody::ProductUnpinned { product: 7 }), Live);
    assert_eq!(timeline.at(at(40)).pinned.map(|card| card.product.id), Some(8));
}

#[test]
fn stock_holds_at_once_whatever_the_picture_shows() {
    let mut timeline = timeline();
    timeline.insert(event(1, 10_000, EventBody::ProductPinned { product: product(7, 10) }), Live);
    timeline.at(at(10_000));
    timeline.insert(event(3, 90_000, EventBody::StockChanged { product: 7, stock: 0 }), Live);
    timeline.insert(event(2, 80_000, EventBody::StockChanged { product: 7, stock: 4 }), Live);
    assert_eq!(timeline.at(at(10_016)).pinned.map(|card| card.product.stock), Some(0));
    assert_eq!(timeline.products().first().map(|product| product.stock), Some(0));
}

#[test]
fn a_coupon_comes_with_its_picture_and_what_is_left_of_it_at_once() {
    let mut timeline = timeline();
    timeline.insert(event(1, 50_000, EventBody::CouponReleased { coupon: coupon(3, 100) }), Live);
    timeline.insert(event(2, 60_000, EventBody::CouponClaimed { coupon: 3, remaining: 41 }), Live);
    assert!(timeline.at(at(49_999)).coupons.is_empty());
    let card = timeline.at(at(50_000)).coupons.remove(0);
    assert_eq!((card.coupon.remaining, card.withdrawn), (41, false));
}

#[test]
fn a_red_packet_comes_with_its_picture_and_goes_at_once_when_nothing_is_left() {
    let mut timeline = timeline();
    let sent = |id| EventBody::RedPacketSent { packet: packet(id, 10) };
    timeline.insert(event(1, 50_000, sent(5)), Live);
    timeline.insert(event(2, 50_500, sent(6)), Live);
    assert!(timeline.at(at(49_999)).packets.is_empty());
    let user = packet(5, 0).user;
    let grabbed = EventBody::RedPacketGrabbed { packet: 5, user, coins: 9, shares_left: 3 };
    timeline.insert(event(3, 60_000, grabbed), Live);
    let cards = timeline.at(at(51_000)).packets;
    assert_eq!(
        cards.iter().map(|card| (card.packet.id, card.packet.shares_left)).collect::<Vec<_>>(),
        [(5, 3), (6, 10)]
    );
    timeline.insert(event(4, 61_000, EventBody::RedPacketFinished { packet: 5, coins_back: 0 }), Live);
    assert_eq!(timeline.at(at(51_000)).packets.len(), 1);
}

#[test]
fn in_a_replay_a_red_packet_shows_as_long_as_it_did_and_is_over() {
    let mut timeline = timeline();
    timeline.begin_replay(Vec::new(), 9);
    timeline.insert(event(1, 50_000, EventBody::RedPacketSent { packet: packet(5, 10) }), Missed);
    timeline.insert(event(2, 60_000, EventBody::RedPacketFinished { packet: 5, coins_back: 0 }), Missed);
    assert!(timeline.at(at(55_000)).packets.remove(0).over);
    assert!(timeline.at(at(60_000)).packets.is_empty());
}

#[test]
fn a_withdrawn_coupon_cannot_be_claimed_at_once_and_leaves_with_its_picture() {
    let mut timeline = timeline();
    timeline.insert(event(1, 50_000, EventBody::CouponReleased { coupon: coupon(3, 100) }), Live);
    timeline.insert(event(2, 60_000, EventBody::CouponWithdrawn { coupon: 3 }), Live);
    assert!(timeline.at(at(55_000)).coupons.remove(0).withdrawn);
    assert!(timeline.at(at(60_000)).coupons.is_empty());
}

#[test]
fn a_toast_is_there_for_its_window_and_a_stale_one_never_shows() {
    let mut timeline = timeline();
    timeline.at(at(10_000));
    timeline.insert(event(1, 8_000, toast("林**")), Live);
    timeline.insert(event(2, 1_000, toast("王**")), Live);
    let buyers =
        |frame: timeline::Frame| frame.toasts.iter().map(|t| t.toast.buyer.clone()).collect::<Vec<_>>();
    assert_eq!(buyers(timeline.at(at(10_000))), ["林**"]);
    assert_eq!(buyers(timeline.at(at(13_999))), ["林**"]);
    assert!(timeline.at(at(14_000)).toasts.is_empty());
}

#[test]
fn the_list_holds_what_was_said_until_the_picture_and_marks_the_viewer_s_own() {
    let mut timeline = timeline();
    timeline.set_me(Some(2));
    timeline.insert(event(1, 10, chat(1, "first")), Live);
    timeline.insert(event(2, 30, chat(2, "third")), Live);
    timeline.insert(event(3, 20, chat(1, "second")), Live);
    timeline.insert(event(3, 20, chat(1, "second")), Live);
    let said = |frame: timeline::Frame| -> Vec<_> {
        frame.chat.iter().map(|line| (line.message.text.clone(), line.own)).collect()
    };
    assert_eq!(said(timeline.at(at(20))), [("first".to_owned(), false), ("second".to_owned(), false)]);
    assert_eq!(said(timeline.at(at(30))).last(), Some(&("third".to_owned(), true)));
}

#[test]
fn a_snapshot_s_cards_stand_and_its_comments_no_longer_fly() {
    let mut timeline = timeline();
    timeline.seed(Snapshot {
        seq: 9,
        products: vec![product(7, 3)],
        pinned: Some(PinnedProduct { product: 7, at: at(1_000) }),
        coupons: vec![ReleasedCoupon { coupon: coupon(3, 5), at: at(2_000) }],
        chat: vec![event(8, 9_000, chat(1, "hi"))],
        ..Snapshot::default()
    });
    let frame = timeline.at(at(9_500));
    assert_eq!(frame.pinned.map(|card| card.product.id), Some(7));
    assert_eq!(frame.coupons.len(), 1);
    assert_eq!(frame.chat.len(), 1);
    assert!(frame.flights.is_empty());
}

#[test]
fn comments_may_be_looked_at_together_and_a_card_is_looked_at_on_its_own() {
    let mut timeline = timeline();
    timeline.insert(event(1, 10_010, chat(1, "a")), Live);
    assert_eq!(timeline.next_look(at(10_000), 100), Some(at(10_100)));
    timeline.insert(event(2, 10_020, EventBody::ProductPinned { product: product(7, 1) }), Live);
    assert_eq!(timeline.next_look(at(10_000), 100), Some(at(10_020)));
}

#[test]
fn a_frame_stays_as_it_is_until_its_next_change() {
    let mut timeline = timeline();
    timeline.insert(event(1, 1_000, chat(1, "hi")), Live);
    timeline.insert(event(2, 3_000, EventBody::ProductPinned { product: product(7, 1) }), Live);
    timeline.insert(event(3, 4_000, toast("林**")), Live);
    let mut t = at(0);
    let mut changes = Vec::new();
    while let Some(next) = timeline.next_change(t) {
        let before = timeline.at(t);
        assert_eq!(timeline.at(StreamTime(next.millis() - 1)), before);
        assert_ne!(timeline.at(next), before);
        changes.push(next.millis());
        t = next;
    }
    assert_eq!(changes, [1_000, 3_000, 4_000, 8_000, 9_000]);
}

#[test]
fn a_changed_price_holds_at_once_and_the_card_says_what_it_was() {
    let mut timeline = timeline();
    timeline.insert(event(1, 10_000, EventBody::ProductPinned { product: product(7, 10) }), Live);
    timeline.at(at(10_000));
    let mut changed = product(7, 10);
    changed.price.amount = 4_900;
    timeline.insert(event(3, 90_000, EventBody::ProductChanged { product: changed.clone() }), Live);
    // A purchase that the log has before the change, and that is heard of after it.
    timeline.insert(event(2, 80_000, EventBody::StockChanged { product: 7, stock: 4 }), Live);
    let card = timeline.at(at(10_016)).pinned.unwrap();
    assert_eq!((card.product.price.amount, card.product.stock), (4_900, 10));
    assert_eq!(card.price_before.map(|before| before.amount), Some(5_900));
    timeline.insert(event(4, 91_000, EventBody::ProductChanged { product: product(7, 10) }), Live);
    assert_eq!(timeline.at(at(10_032)).pinned.unwrap().price_before, None, "it costs what it did again");
}

#[test]
fn an_announcement_stands_at_its_picture_until_it_has_been_read() {
    let mut timeline = timeline();
    timeline.at(at(92_000));
    let announced = |text: &str| EventBody::Announced { text: text.to_owned() };
    timeline.insert(event(1, 100_000, announced("a")), Live);
    timeline.insert(event(2, 105_000, announced("b")), Live);
    for (t, expected) in [(99_999, None), (100_000, Some("a")), (105_000, Some("b")), (117_000, None)] {
        let banner = timeline.at(at(t)).banner;
        assert_eq!(banner.as_ref().map(|banner| &*banner.text), expected, "at {t}");
    }
}

#[test]
fn who_scrolled_back_in_the_list_stays_there_and_is_told_how_many_have_come() {
    let mut timeline = timeline();
    for seq in 1..=400 {
        timeline.insert(event(seq, seq as i64 * 100, chat(1, &format!("{seq}"))), Live);
    }
    let ends = |timeline: &mut timeline::Timeline, t: i64| {
        let frame = timeline.at(at(t));
        let seq = |line: Option<&timeline::ChatLine>| line.map_or(0, |line| line.seq);
        (seq(frame.chat.first()), seq(frame.chat.last()), frame.chat_below)
    };
    assert_eq!(ends(&mut timeline, 20_000), (101, 200, 0));
    timeline.hold_chat();
    assert_eq!(ends(&mut timeline, 21_000), (101, 210, 0), "new lines come in below");
    timeline.chat_further_back();
    assert_eq!(ends(&mut timeline, 21_000), (1, 210, 0));
    assert_eq!(ends(&mut timeline, 40_000), (1, 300, 100), "no more than a phone lays out");
    timeline.follow_chat();
    assert_eq!(ends(&mut timeline, 40_000), (301, 400, 0));
}
