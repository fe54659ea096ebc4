//! A show that is over is seen again as it was, with today's goods.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

#[path = "support/room.rs"]
mod room;

use protocol::{Event, EventBody, Money, Product};
use room::{at, chat, coupon, event, product, timeline, toast};
use timeline::{Arrival, Timeline};

fn log() -> Vec<Event> {
    vec![
        event(1, 1_000, chat(1, "hello")),
        event(2, 5_000, EventBody::ProductPinned { product: product(7, 12) }),
        event(3, 6_000, EventBody::CouponReleased { coupon: coupon(3, 10) }),
        event(4, 7_000, toast("林**")),
        event(5, 8_000, EventBody::StockChanged { product: 7, stock: 11 }),
        event(6, 20_000, EventBody::ProductPinned { product: product(8, 1) }),
        event(7, 30_000, chat(2, "bye")),
    ]
}

fn replayed(today: Vec<Product>) -> Timeline {
    let mut timeline = timeline();
    timeline.insert(event(900, 90_000_000, chat(9, "said since")), Arrival::Live);
    timeline.begin_replay(today, 900);
    timeline.insert_all(log(), Arrival::Missed);
    timeline
}

#[test]
fn everything_is_at_its_picture_again_with_todays_price_and_stock() {
    let today = Product { price: Money { amount: 4_900, ..product(7, 0).price }, ..product(7, 3) };
    let mut timeline = replayed(vec![today.clone()]);
    assert!(timeline.at(at(4_999)).pinned.is_none());
    let pinned = timeline.at(at(5_000)).pinned.unwrap();
    assert_eq!((pinned.product, pinned.since), (today, at(5_000)));
    assert_eq!(timeline.at(at(7_500)).toasts.len(), 1);
    assert_eq!(timeline.at(at(31_000)).flights.iter().map(|f| &*f.text).collect::<Vec<_>>(), ["bye"]);
    let said: Vec<_> = timeline.at(at(31_000)).chat.iter().map(|line| line.seq).collect();
    assert_eq!(said, [1, 7]);
}

#[test]
fn a_product_that_is_no_longer_on_sale_is_shown_as_sold_out() {
    let mut timeline = replayed(vec![product(7, 3)]);
    let pinned = timeline.at(at(25_000)).pinned.unwrap();
    assert_eq!((pinned.product.id, pinned.product.stock), (8, 0));
}

#[test]
fn a_coupon_of_a_show_that_is_over_cannot_be_claimed() {
    let mut timeline = replayed(Vec::new());
    let coupons = timeline.at(at(7_000)).coupons;
    assert_eq!(coupons.len(), 1);
    assert!(coupons[0].withdrawn);
    timeline.clear();
    timeline
        .insert(event(901, 90_000_000, EventBody::CouponReleased { coupon: coupon(4, 1) }), Arrival::Live);
    assert!(!timeline.at(at(90_000_000)).coupons[0].withdrawn);
}

#[test]
fn a_seek_shows_the_moment_as_if_it_had_been_played_to() {
    let (mut played, mut sought) = (replayed(Vec::new()), replayed(Vec::new()));
    (0..300).for_each(|step| drop(played.at(at(step * 100))));
    sought.at(at(0));
    assert_eq!(sought.at(at(30_500)), played.at(at(30_500)));
    assert_eq!(sought.at(at(7_500)), played.at(at(7_500)));
}

#[test]
fn the_list_of_a_long_show_goes_back_to_its_first_comment() {
    let mut timeline = timeline();
    timeline.begin_replay(Vec::new(), 0);
    let comment = |n: u64| event(n, 100 * n.cast_signed(), chat(1, "word"));
    timeline.insert_all((1..=24_000).map(comment), Arrival::Missed);
    assert_eq!(timeline.at(at(500)).chat.len(), 5);
    assert_eq!(timeline.at(at(3_000_000)).chat.last().unwrap().seq, 24_000);
}
