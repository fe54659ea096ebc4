//! Rules as sentences, over whole orders.

mod choice;
mod pricing;

use proptest::prelude::*;
use protocol::{
    Coupon, CouponClass, Currency, LivePrice, Money, NewCoupon, NewProduct, NewVariant, Product, ServerTime,
    VariantOption,
};

use crate::{Next, Refusal, Stage, Step, check_coupon, check_product, coupon_code, may_claim, step};

const NOW: ServerTime = ServerTime(1_000);

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::CNY)
}

fn product(price: i64, stock: i64) -> Product {
    Product::plain(1, "Tea", cny(price), stock)
}

fn coupon(amount_off: i64, min_spend: i64) -> Coupon {
    Coupon::plain(1, "Off", cny(amount_off), cny(min_spend), 9)
}

fn new_product(price: i64) -> NewProduct {
    NewProduct::plain("", cny(price), 1)
}

fn new_coupon(amount_off: i64) -> NewCoupon {
    NewCoupon::plain("", cny(amount_off), cny(0), 1)
}

#[test]
fn a_coupon_is_claimed_while_it_is_out_in_time_not_gone_and_not_had_enough_of() {
    let gone = Coupon { remaining: 0, ..coupon(1, 0) };
    let late = Coupon { expires: Some(NOW), ..coupon(1, 0) };
    let early = Coupon { starts: Some(ServerTime(1_001)), ..coupon(1, 0) };
    assert_eq!(may_claim(&coupon(1, 0), true, 0, NOW), Ok(()));
    assert_eq!(may_claim(&coupon(1, 0), false, 0, NOW), Err(Refusal::CouponNotReleased));
    assert_eq!(may_claim(&late, true, 0, NOW), Err(Refusal::CouponExpired));
    assert_eq!(may_claim(&early, true, 0, NOW).unwrap_err().code(), "coupon_not_started");
    assert_eq!(may_claim(&gone, true, 0, NOW), Err(Refusal::CouponGone { total: 9 }));
    assert_eq!(may_claim(&coupon(1, 0), true, 1, NOW), Err(Refusal::CouponUsed));
    assert_eq!(may_claim(&Coupon { per_user: 2, ..coupon(1, 0) }, true, 1, NOW), Ok(()));
}

#[test]
fn a_code_is_the_same_in_any_case() {
    assert_eq!(coupon_code(" tea-2026 "), Ok("TEA-2026".to_owned()));
    for bad in ["abc", "tea 2026", "茶茶茶茶", &"a".repeat(33)] {
        assert_eq!(coupon_code(bad), Err(Refusal::BadCode), "{bad}");
    }
}

#[test]
fn numbers_of_the_catalogue_are_bounded() {
    let new = |price, before: Option<Money>, stock| {
        check_product(&NewProduct { compare_at: before, stock, ..new_product(price) })
            .map_err(|refusal| refusal.code())
    };
    assert_eq!(new(100, Some(cny(200)), 0), Ok(()));
    assert_eq!(new(0, None, 1), Err("amount_out_of_range"));
    assert_eq!(new(i64::MAX, None, 1), Err("amount_out_of_range"));
    assert_eq!(new(100, None, -1), Err("quantity_out_of_range"));
    assert_eq!(new(100, Some(cny(100)), 1), Err("compare_at_too_low"));
    assert_eq!(new(100, Some(Money::new(200, Currency::USD)), 1), Err("currency_mismatch"));
}

#[test]
fn a_coupon_s_numbers_make_sense() {
    let check = |new: NewCoupon| check_coupon(&new).map_err(|refusal| refusal.code());
    assert_eq!(check(new_coupon(1)), Ok(()));
    assert_eq!(check(new_coupon(0)), Err("amount_out_of_range"));
    assert_eq!(check(NewCoupon { total: 0, ..new_coupon(1) }), Err("quantity_out_of_range"));
    assert_eq!(check(NewCoupon { per_user: 0, ..new_coupon(1) }), Err("quantity_out_of_range"));
    let dollars = Money::new(0, Currency::USD);
    assert_eq!(check(NewCoupon { min_spend: dollars, ..new_coupon(1) }), Err("currency_mismatch"));
    for bad in [
        NewCoupon { percent_off: Some(101), ..new_coupon(1) },
        NewCoupon { class: CouponClass::Items, ..new_coupon(1) },
        NewCoupon { products: vec![1], ..new_coupon(1) },
        NewCoupon { starts: Some(NOW), expires: Some(NOW), ..new_coupon(1) },
    ] {
        assert_eq!(check(bad), Err("bad_coupon"));
    }
}

fn variant(name: &str, value: &str) -> NewVariant {
    let options = vec![VariantOption { name: name.to_owned(), value: value.to_owned() }];
    NewVariant { options, sku: String::new(), price: None, compare_at: None, live: None, stock: 1 }
}

#[test]
fn variants_differ_in_the_same_respects() {
    let check = |variants: Vec<NewVariant>| {
        check_product(&NewProduct { variants, ..new_product(100) }).map_err(|refusal| refusal.code())
    };
    assert_eq!(check(vec![variant("size", "M"), variant("size", "L")]), Ok(()));
    assert_eq!(check(vec![variant("size", "M"), variant("size", "M")]), Err("bad_variant"));
    assert_eq!(check(vec![variant("size", "M"), variant("colour", "red")]), Err("bad_variant"));
    assert_eq!(check(vec![NewVariant { options: Vec::new(), ..variant("", "") }]), Err("bad_variant"));
    assert_eq!(
        check((0..101).map(|size| variant("size", &size.to_string())).collect()),
        Err("quantity_out_of_range")
    );
    let dollars = NewVariant { price: Some(Money::new(1, Currency::USD)), ..variant("size", "M") };
    assert_eq!(check(vec![dollars]), Err("currency_mismatch"));
}

#[test]
fn a_live_price_is_lower_for_a_while() {
    let check = |price: i64, from, until| {
        let live = Some(LivePrice { price: cny(price), from: ServerTime(from), until: ServerTime(until) });
        check_product(&NewProduct { live, ..new_product(100) }).map_err(|refusal| refusal.code())
    };
    assert_eq!(check(99, 0, 1), Ok(()));
    assert_eq!(check(100, 0, 1), Err("bad_live_price"));
    assert_eq!(check(0, 0, 1), Err("bad_live_price"));
    assert_eq!(check(99, 1, 1), Err("bad_live_price"));
}

#[test]
fn every_step_from_every_stage() {
    let table: Vec<String> = Stage::ALL
        .iter()
        .map(|from| {
            let to = Step::ALL.map(|asked| match step(*from, asked) {
                Ok(Next::To(to)) => to.as_str(),
                Ok(Next::Stay) => "stay",
                Err(Refusal::PaymentRunning) => "running",
                Err(_) => "closed",
            });
            format!("{}: {}", from.as_str(), to.join(" "))
        })
        .collect();
    // Pay, Charged, Declined, Cancel, Expire, Ship, Deliver, Refund
    assert_eq!(
        table,
        [
            "held: paying closed closed cancelled expired closed closed closed",
            "paying: running paid held running running closed closed closed",
            "paid: stay stay closed closed closed shipped closed refunded",
            "shipped: stay stay closed closed closed stay delivered refunded",
            "delivered: stay stay closed closed closed closed stay refunded",
            "refunded: closed closed closed closed closed closed closed stay",
            "cancelled: closed closed closed stay closed closed closed closed",
            "expired: closed closed closed closed stay closed closed closed",
        ]
    );
    assert!(Stage::ALL.iter().all(|stage| Stage::parse(stage.as_str()) == Some(*stage)));
}

proptest! {
    #[test]
    fn stock_is_held_until_an_order_ends_once(steps in prop::collection::vec(0..Step::ALL.len(), 0..20)) {
        let (mut stage, mut left) = (Stage::Held, 0);
        for asked in steps.into_iter().map(|index| Step::ALL[index]) {
            if let Ok(Next::To(to)) = step(stage, asked) {
                prop_assert!(stage.holds_stock() || !to.holds_stock(), "what was let go is not held again");
                left += i32::from(stage.holds_stock() && !to.holds_stock());
                stage = to;
            }
        }
        prop_assert_eq!(left, i32::from(!stage.holds_stock()));
    }
}
