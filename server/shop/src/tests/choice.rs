use super::{NOW, cny, coupon, product};
use crate::{Choice, Goods, Item, Priced, Refusal, gift, lines};
use proptest::prelude::*;
use protocol::{Coupon, CouponClass, OrderLine, Product, ServerTime, ShippingRule};

fn cart(prices: &[i64]) -> Vec<OrderLine> {
    let products: Vec<Product> =
        (1..).zip(prices).map(|(id, price)| Product { id, ..product(*price, 99) }).collect();
    let item = |product| Item { product, variant: None, quantity: 1, bought: 0 };
    lines(&products.iter().map(item).collect::<Vec<_>>(), NOW).unwrap()
}

fn price(
    lines: &[OrderLine],
    rule: Option<&ShippingRule>,
    coupons: &[&Coupon],
    now: ServerTime,
) -> Result<Priced, Refusal> {
    crate::price(Goods { lines, gifts: &[], rule, now }, coupons)
}

fn best(
    lines: &[OrderLine],
    rule: Option<&ShippingRule>,
    coupons: &[Coupon],
    now: ServerTime,
) -> Result<Choice, Refusal> {
    crate::best(Goods { lines, gifts: &[], rule, now }, coupons)
}

#[test]
fn the_dearest_gift_comes_on_top_of_the_best_coupons() {
    let lines = cart(&[2_000]);
    let gifts: Vec<OrderLine> = [(7, 100), (8, 900)]
        .iter()
        .filter_map(|(id, price)| gift(&Product { id: *id, ..product(*price, 1) }, NOW))
        .collect();
    let gives =
        |id, product| Coupon { id, class: CouponClass::Gift, products: vec![product], ..coupon(1, 1_500) };
    let coupons = [gives(1, 7), gives(2, 8), Coupon { id: 3, ..coupon(400, 0) }, gives(4, 9)];
    let choice = crate::best(Goods { lines: &lines, gifts: &gifts, rule: None, now: NOW }, &coupons).unwrap();
    let reasons: Vec<_> = choice.reasons.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(reasons, ["others_are_better", "used", "used", "coupon_gift_gone"]);
    assert_eq!((choice.priced.total, choice.priced.lines.len()), (cny(1_600), 2));
}

#[test]
fn the_best_coupons_are_chosen_and_the_others_say_why_not() {
    let rule = ShippingRule { fee: cny(600), free_from: None };
    let coupons = [
        Coupon { id: 1, ..coupon(300, 0) },
        Coupon { id: 2, ..coupon(500, 2_000) },
        Coupon { id: 3, ..coupon(900, 9_000) },
        Coupon { id: 4, class: CouponClass::Shipping, ..coupon(600, 0) },
        Coupon { id: 5, exclusive: true, ..coupon(1_000, 0) },
        Coupon { id: 6, expires: Some(NOW), ..coupon(2_000, 0) },
    ];
    let choice = best(&cart(&[2_000, 500]), Some(&rule), &coupons, NOW).unwrap();
    assert_eq!(choice.priced.total, cny(2_000));
    let reasons: Vec<_> = choice.reasons.iter().map(|one| (one.coupon, one.code.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (1, "others_are_better"),
            (2, "used"),
            (3, "coupon_below_min_spend"),
            (4, "used"),
            (5, "others_are_better"),
            (6, "coupon_expired"),
        ]
    );
}

#[test]
fn a_coupon_that_would_push_a_better_one_below_its_threshold_is_left() {
    let coupons = [
        Coupon { id: 1, class: CouponClass::Items, products: vec![1], ..coupon(100, 0) },
        Coupon { id: 2, ..coupon(800, 1_000) },
    ];
    let choice = best(&cart(&[1_000]), None, &coupons, NOW).unwrap();
    assert_eq!((choice.priced.total, choice.reasons[0].code.as_str()), (cny(200), "others_are_better"));
}

fn any_coupon() -> impl Strategy<Value = Coupon> {
    let class = prop::sample::select(vec![CouponClass::Items, CouponClass::Order, CouponClass::Shipping]);
    let products = prop::collection::vec(1_i64..5, 1..3);
    let expires = prop::option::of(900_i64..1_100);
    (class, 1_i64..3_000, prop::option::of(1_u32..=100), 0_i64..4_000, any::<bool>(), products, expires)
        .prop_map(|(class, off, percent_off, least, exclusive, products, expires)| Coupon {
            class,
            percent_off,
            exclusive,
            products: if class == CouponClass::Items { products } else { Vec::new() },
            expires: expires.map(ServerTime),
            ..coupon(off, least)
        })
}

proptest! {
    #[test]
    fn no_allowed_combination_is_cheaper_than_the_best(
        prices in prop::collection::vec(1_i64..3_000, 1..5),
        coupons in prop::collection::vec(any_coupon(), 0..8),
        fee in 0_i64..1_000,
        free_from in prop::option::of(0_i64..5_000),
    ) {
        let coupons: Vec<Coupon> = (1..).zip(coupons).map(|(id, one)| Coupon { id, ..one }).collect();
        let rule = ShippingRule { fee: cny(fee), free_from: free_from.map(cny) };
        let cart = cart(&prices);
        let choice = best(&cart, Some(&rule), &coupons, NOW).unwrap();
        // Every set of coupons, also those that nobody would think of.
        for set in 0_usize..1 << coupons.len() {
            let some: Vec<&Coupon> =
                coupons.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, one)| one).collect();
            if let Ok(priced) = price(&cart, Some(&rule), &some, NOW) {
                prop_assert!(choice.priced.total.amount <= priced.total.amount, "{:?}", some);
            }
        }
        let used: Vec<&Coupon> = choice.priced.coupons.iter().map(|used| &coupons[usize::try_from(used.coupon).unwrap() - 1]).collect();
        prop_assert_eq!(price(&cart, Some(&rule), &used, NOW), Ok(choice.priced));
        prop_assert_eq!(choice.reasons.len(), coupons.len());
    }
}
