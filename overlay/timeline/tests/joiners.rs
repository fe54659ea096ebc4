//! A late joiner's screen equals an early joiner's at the same picture.

#[path = "support/room.rs"]
mod room;

use proptest::prelude::*;
use protocol::{Event, EventBody, PinnedProduct, ReleasedCoupon, Snapshot, StreamTime};
use room::{at, chat, coupon, event, product, timeline, toast};
use timeline::Arrival;

fn bodies() -> impl Strategy<Value = EventBody> {
    prop_oneof![
        (1_i64..4).prop_map(|id| EventBody::ProductPinned { product: product(id, 10) }),
        (1_i64..4).prop_map(|product| EventBody::ProductUnpinned { product }),
        (1_i64..4, 0_i64..10).prop_map(|(product, stock)| EventBody::StockChanged { product, stock }),
        (1_i64..4).prop_map(|id| EventBody::CouponReleased { coupon: coupon(id, 50) }),
        (1_i64..4).prop_map(|coupon| EventBody::CouponWithdrawn { coupon }),
        (1_i64..4, 0_i64..50).prop_map(|(coupon, remaining)| EventBody::CouponClaimed { coupon, remaining }),
        "[a-c]{1,9}".prop_map(|text| chat(1, &text)),
        Just(toast("林**")),
    ]
}

prop_compose! {
    /// A show whose events are up to three seconds out of the pictures' order.
    fn show()(each in prop::collection::vec((0_i64..4_000, -3_000_i64..0, bodies()), 1..80)) -> Vec<Event> {
        let mut now = 100_000;
        let mut next = |(step, back, body): (i64, i64, EventBody), seq| {
            now += step;
            event(seq, now + back, body)
        };
        each.into_iter().zip(1..).map(|(one, seq)| next(one, seq)).collect()
    }
}

/// What the server answers a joiner who gets the events after number `seq` one by one. Written for the test alone, as
/// plainly as can be: the server's own is in the crate `room`.
fn snapshot(events: &[Event], seq: u64) -> Snapshot {
    let mut snapshot =
        Snapshot { seq, products: (1..4).map(|id| product(id, 10)).collect(), ..Snapshot::default() };
    for event in events.iter().filter(|event| event.seq <= seq) {
        match event.body.clone() {
            EventBody::ProductPinned { product } => {
                snapshot.pinned = Some(PinnedProduct { product: product.id, at: event.at });
                snapshot
                    .products
                    .iter_mut()
                    .filter(|p| p.id == product.id)
                    .for_each(|p| *p = product.clone());
            }
            EventBody::ProductUnpinned { product } => {
                snapshot.pinned = snapshot.pinned.filter(|pinned| pinned.product != product);
            }
            EventBody::StockChanged { product, stock } => {
                snapshot.products.iter_mut().filter(|p| p.id == product).for_each(|p| p.stock = stock);
            }
            EventBody::CouponReleased { coupon } => {
                snapshot.coupons.retain(|released| released.coupon.id != coupon.id);
                snapshot.coupons.push(ReleasedCoupon { coupon, at: event.at });
            }
            EventBody::CouponWithdrawn { coupon } => {
                snapshot.coupons.retain(|released| released.coupon.id != coupon);
            }
            EventBody::CouponClaimed { coupon, remaining } => {
                let of_it = snapshot.coupons.iter_mut().filter(|released| released.coupon.id == coupon);
                of_it.for_each(|released| released.coupon.remaining = remaining);
            }
            EventBody::Chat(_) => snapshot.chat.push(event.clone()),
            _ => {}
        }
    }
    snapshot
}

proptest! {
    #[test]
    fn a_late_joiner_s_cards_and_list_equal_an_early_joiner_s(events in show(), joined in 0_usize..80, later in 0_i64..200_000) {
        let joined = joined.min(events.len()) as u64;
        let (mut early, mut late) = (timeline(), timeline());
        early.seed(snapshot(&events, 0));
        late.seed(snapshot(&events, joined));
        for event in events.iter().cloned() {
            early.insert(event.clone(), Arrival::Live);
            if event.seq > joined {
                late.insert(event, Arrival::Missed);
            }
        }
        // The server folds in only what is older than any viewer's picture.
        let horizon = events.iter().filter(|event| event.seq <= joined).map(|event| event.at).max();
        let t = StreamTime(horizon.unwrap_or(at(0)).millis() + later);
        let (early, late) = (early.at(t), late.at(t));
        prop_assert_eq!(early.pinned, late.pinned);
        prop_assert_eq!(early.coupons, late.coupons);
        prop_assert_eq!(early.chat, late.chat);
    }

    #[test]
    fn a_joiner_s_flights_are_those_of_everybody_once_the_snapshot_s_are_gone(events in show(), joined in 0_usize..40) {
        let joined = joined.min(events.len()) as u64;
        let horizon = events.iter().filter(|event| event.seq <= joined).map(|event| event.at).max();
        let quiet = horizon.unwrap_or(at(0)).plus(9_600);
        // The tail begins after a pause as long as a comment flies.
        let tail = |event: &Event| event.seq <= joined || event.at >= quiet;
        let events: Vec<Event> = events.into_iter().filter(tail).collect();
        let (mut early, mut late) = (timeline(), timeline());
        late.seed(snapshot(&events, joined));
        for event in events.iter().cloned() {
            early.insert(event.clone(), Arrival::Missed);
            if event.seq > joined {
                late.insert(event, Arrival::Missed);
            }
        }
        for t in (quiet.millis()..quiet.millis() + 60_000).step_by(1_234).map(at) {
            prop_assert_eq!(early.at(t).flights, late.at(t).flights);
        }
    }
}
