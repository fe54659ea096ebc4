//! Rules as sentences, over whole orders.

use proptest::prelude::*;
use protocol::{Coupon, Currency, Money, NewCoupon, NewOrder, NewProduct, Product, ServerTime};

use crate::{Next, Refusal, Stage, Step, check_coupon, check_product, may_claim, quote, step};

const NOW: ServerTime = ServerTime(1_000);

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::CNY)
}

fn product(price: i64, stock: i64) -> Product {
    Product {
        id: 1,
        title: "Tea".to_owned(),
        description: String::new(),
        image: String::new(),
        price: cny(price),
        compare_at: None,
        stock,
    }
}

fn coupon(amount_off: i64, min_spend: i64) -> Coupon {
    let (amount_off, min_spend) = (cny(amount_off), cny(min_spend));
    Coupon { id: 1, title: "Off".to_owned(), amount_off, min_spend, total: 9, remaining: 9, expires: None }
}

fn order(quantity: u32, expected_total: i64) -> NewOrder {
    NewOrder { product: 1, quantity, coupon: None, expected_total: cny(expected_total) }
}

#[test]
fn an_order_costs_its_items_less_its_coupon() {
    let quoted = quote(&order(3, 5_697), &product(1_999, 5), Some(&coupon(300, 5_997)), NOW).unwrap();
    assert_eq!((quoted.subtotal, quoted.discount, quoted.total), (cny(5_997), cny(300), cny(5_697)));
}

#[test]
fn a_coupon_worth_more_than_the_order_makes_it_free_not_negative() {
    let quoted = quote(&order(1, 0), &product(100, 5), Some(&coupon(500, 0)), NOW).unwrap();
    assert_eq!((quoted.discount, quoted.total), (cny(100), cny(0)));
}

#[test]
fn what_cannot_be_sold_is_refused() {
    let refused = |quantity, total, coupon: Option<&Coupon>| {
        quote(&order(quantity, total), &product(100, 5), coupon, NOW).unwrap_err().code()
    };
    assert_eq!(refused(0, 0, None), "quantity_out_of_range");
    assert_eq!(refused(100, 10_000, None), "quantity_out_of_range");
    assert_eq!(refused(6, 600, None), "sold_out");
    assert_eq!(refused(1, 99, None), "price_changed");
    assert_eq!(refused(1, 99, Some(&coupon(1, 101))), "coupon_below_min_spend");
    let late = Coupon { expires: Some(NOW), ..coupon(1, 0) };
    assert_eq!(refused(1, 99, Some(&late)), "coupon_expired");
    let dollars = Coupon { amount_off: Money::new(1, Currency::USD), ..coupon(1, 0) };
    assert_eq!(refused(1, 99, Some(&dollars)), "currency_mismatch");
    let expected = NewOrder { expected_total: Money::new(100, Currency::USD), ..order(1, 100) };
    assert_eq!(quote(&expected, &product(100, 5), None, NOW).unwrap_err().code(), "price_changed");
}

#[test]
fn a_coupon_is_claimed_while_it_is_out_in_time_and_not_gone() {
    let gone = Coupon { remaining: 0, ..coupon(1, 0) };
    let late = Coupon { expires: Some(NOW), ..coupon(1, 0) };
    assert_eq!(may_claim(&coupon(1, 0), true, NOW), Ok(()));
    assert_eq!(may_claim(&coupon(1, 0), false, NOW), Err(Refusal::CouponNotReleased));
    assert_eq!(may_claim(&late, true, NOW), Err(Refusal::CouponExpired));
    assert_eq!(may_claim(&gone, true, NOW), Err(Refusal::CouponGone { total: 9 }));
}

#[test]
fn numbers_of_the_catalogue_are_bounded() {
    let new = |price, before: Option<Money>, stock| {
        check_product(&NewProduct {
            title: String::new(),
            description: String::new(),
            image: String::new(),
            price: cny(price),
            compare_at: before,
            stock,
        })
        .map_err(|refusal| refusal.code())
    };
    assert_eq!(new(100, Some(cny(200)), 0), Ok(()));
    assert_eq!(new(0, None, 1), Err("amount_out_of_range"));
    assert_eq!(new(i64::MAX, None, 1), Err("amount_out_of_range"));
    assert_eq!(new(100, None, -1), Err("quantity_out_of_range"));
    assert_eq!(new(100, Some(cny(100)), 1), Err("compare_at_too_low"));
    assert_eq!(new(100, Some(Money::new(200, Currency::USD)), 1), Err("currency_mismatch"));
    let new = |amount_off, min_spend, total| {
        let new = NewCoupon { title: String::new(), amount_off, min_spend, total, expires: None };
        check_coupon(&new).map_err(|refusal| refusal.code())
    };
    assert_eq!(new(cny(1), cny(0), 1), Ok(()));
    assert_eq!(new(cny(0), cny(0), 1), Err("amount_out_of_range"));
    assert_eq!(new(cny(1), cny(0), 0), Err("quantity_out_of_range"));
    assert_eq!(new(cny(1), Money::new(0, Currency::USD), 1), Err("currency_mismatch"));
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
    // Pay, Charged, Declined, Cancel, Expire
    assert_eq!(
        table,
        [
            "held: paying closed closed cancelled expired",
            "paying: running paid held running running",
            "paid: stay stay closed closed closed",
            "cancelled: closed closed closed stay closed",
            "expired: closed closed closed closed stay",
        ]
    );
    assert!(Stage::ALL.iter().all(|stage| Stage::parse(stage.as_str()) == Some(*stage)));
}

proptest! {
    #[test]
    fn a_total_is_never_negative_and_always_adds_up(
        price in 1_i64..=100_000_000_000,
        quantity in 1_u32..=99,
        off in 1_i64..=100_000_000_000,
        min_spend in 0_i64..=100_000_000_000,
    ) {
        let (product, coupon) = (product(price, 99), coupon(off, min_spend));
        let subtotal = price * i64::from(quantity);
        let total = (subtotal - off).max(0);
        match quote(&order(quantity, total), &product, Some(&coupon), NOW) {
            Ok(quoted) => {
                prop_assert!(subtotal >= min_spend);
                prop_assert!(quoted.total.amount >= 0);
                prop_assert_eq!(quoted.subtotal.amount, quoted.discount.amount + quoted.total.amount);
                prop_assert_eq!(quoted.total.amount, total);
            }
            Err(refusal) => {
                prop_assert!(subtotal < min_spend);
                prop_assert_eq!(refusal.code(), "coupon_below_min_spend");
            }
        }
    }

    #[test]
    fn stock_is_held_until_an_order_ends_once(steps in prop::collection::vec(0_usize..5, 0..20)) {
        let (mut stage, mut left) = (Stage::Held, 0);
        for asked in steps.into_iter().map(|index| Step::ALL[index]) {
            if let Ok(Next::To(to)) = step(stage, asked) {
                prop_assert!(stage.holds_stock(), "an order that has ended goes nowhere");
                left += i32::from(!to.holds_stock());
                stage = to;
            }
        }
        prop_assert_eq!(left, i32::from(!stage.holds_stock()));
    }
}
