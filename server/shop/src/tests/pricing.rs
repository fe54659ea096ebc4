use super::{NOW, cny, coupon, product};
use crate::{Goods, Item, Priced, Refusal, gift, lines};
use proptest::prelude::*;
use protocol::{
    Coupon, CouponClass, Currency, LivePrice, Money, OrderLine, Product, ServerTime, ShippingRule, Variant,
    VariantOption,
};

fn item(product: &Product, quantity: u32) -> Item<'_> {
    Item { product, variant: None, quantity, bought: 0 }
}

fn cart(product: &Product, quantity: u32) -> Vec<OrderLine> {
    lines(&[item(product, quantity)], NOW).unwrap()
}

fn price(
    lines: &[OrderLine],
    rule: Option<&ShippingRule>,
    coupons: &[&Coupon],
    now: ServerTime,
) -> Result<Priced, Refusal> {
    crate::price(Goods { lines, gifts: &[], rule, now }, coupons)
}

fn sums(priced: &Priced) -> [i64; 5] {
    [priced.subtotal, priced.discount, priced.shipping, priced.shipping_discount, priced.total]
        .map(|one| one.amount)
}

fn of(id: i64, class: CouponClass, amount_off: i64) -> Coupon {
    let products = if class == CouponClass::Items { vec![1] } else { Vec::new() };
    Coupon { id, class, products, ..coupon(amount_off, 0) }
}

#[test]
fn an_order_costs_its_items_less_its_coupon() {
    let priced = price(&cart(&product(1_999, 5), 3), None, &[&coupon(300, 5_997)], NOW).unwrap();
    assert_eq!(sums(&priced), [5_997, 300, 0, 0, 5_697]);
    assert_eq!(priced.confirmed(cny(5_997)).unwrap_err().code(), "price_changed");
}

#[test]
fn a_coupon_worth_more_than_the_order_makes_it_free_not_negative() {
    let priced = price(&cart(&product(100, 5), 1), None, &[&coupon(500, 0)], NOW).unwrap();
    assert_eq!(sums(&priced), [100, 100, 0, 0, 0]);
}

#[test]
fn a_gift_comes_along_as_a_line_of_its_own_at_no_cost() {
    let cup = Product { id: 2, ..product(900, 3) };
    let gifts: Vec<OrderLine> = gift(&cup, NOW).into_iter().collect();
    let (tea, rule) =
        (cart(&product(2_000, 9), 1), ShippingRule { fee: cny(600), free_from: Some(cny(2_500)) });
    let goods = Goods { lines: &tea, gifts: &gifts, rule: Some(&rule), now: NOW };
    let gives = Coupon { products: vec![2], min_spend: cny(1_700), ..of(1, CouponClass::Gift, 900) };
    let off = |amount| of(2, CouponClass::Order, amount);
    let priced = crate::price(goods, &[&off(300), &gives]).unwrap();
    // The gift is no part of what makes shipping free, nor of what the other coupon comes off.
    assert_eq!(sums(&priced), [2_900, 1_200, 600, 0, 2_300]);
    let lines: Vec<_> =
        priced.lines.iter().map(|line| (line.product, line.discount.map(|off| off.amount))).collect();
    assert_eq!(lines, [(1, Some(300)), (2, Some(900))]);
    assert_eq!(priced.coupons.iter().map(|used| used.off.amount).collect::<Vec<_>>(), [900, 300]);
    let refused = |goods, coupons: &[&Coupon]| crate::price(goods, coupons).unwrap_err().code();
    assert_eq!(refused(goods, &[&off(301), &gives]), "coupon_below_min_spend");
    assert_eq!(refused(Goods { gifts: &[], ..goods }, &[&gives]), "coupon_gift_gone");
    assert_eq!(refused(goods, &[&gives, &Coupon { id: 3, ..gives.clone() }]), "coupons_do_not_combine");
    assert_eq!(gift(&Product { stock: 0, ..cup }, NOW), None);
}

#[test]
fn what_cannot_be_sold_is_refused() {
    let tea = Product { per_order: Some(3), per_user: Some(4), ..product(100, 5) };
    let dollars = Product { id: 2, price: Money::new(1, Currency::USD), ..product(1, 5) };
    let refused = |items: &[Item<'_>]| lines(items, NOW).unwrap_err().code();
    assert_eq!(refused(&[]), "quantity_out_of_range");
    assert_eq!(refused(&[item(&tea, 0)]), "quantity_out_of_range");
    assert_eq!(refused(&[item(&product(100, 500), 100)]), "quantity_out_of_range");
    assert_eq!(refused(&[item(&product(100, 5), 6)]), "sold_out");
    assert_eq!(refused(&[item(&tea, 4)]), "too_many_in_order");
    assert_eq!(refused(&[Item { bought: 3, ..item(&tea, 2) }]), "too_many_for_user");
    assert_eq!(refused(&[item(&tea, 1), item(&tea, 1)]), "line_twice");
    assert_eq!(refused(&[item(&tea, 1), item(&dollars, 1)]), "currency_mismatch");
    assert_eq!(refused(&[Item { variant: Some(1), ..item(&tea, 1) }]), "unknown_variant");
    let many: Vec<Product> = (0..21).map(|id| Product { id, ..product(100, 5) }).collect();
    assert_eq!(refused(&many.iter().map(|one| item(one, 1)).collect::<Vec<_>>()), "quantity_out_of_range");
}

#[test]
fn a_product_of_variants_is_bought_as_one_of_them_at_its_price() {
    let size = |id, value: &str, price| Variant {
        id,
        options: [("colour", "Red"), ("size", value)]
            .map(|(name, value)| VariantOption { name: name.to_owned(), value: value.to_owned() })
            .to_vec(),
        sku: format!("T-{value}"),
        price: cny(price),
        compare_at: None,
        live: None,
        stock: 1,
    };
    let shirt = Product { variants: vec![size(7, "M", 900), size(8, "L", 1_000)], ..product(900, 2) };
    let line = &lines(&[Item { variant: Some(8), ..item(&shirt, 1) }], NOW).unwrap()[0];
    assert_eq!((line.unit_price, line.options.as_str(), line.sku.as_str()), (cny(1_000), "Red, L", "T-L"));
    assert_eq!(lines(&[item(&shirt, 1)], NOW).unwrap_err().code(), "variant_required");
    assert_eq!(lines(&[Item { variant: Some(8), ..item(&shirt, 2) }], NOW).unwrap_err().code(), "sold_out");
}

#[test]
fn a_live_price_holds_from_its_beginning_to_before_its_end() {
    let live = Some(LivePrice { price: cny(80), from: ServerTime(10), until: ServerTime(20) });
    let tea = Product { live, ..product(100, 5) };
    let at = |now| lines(&[item(&tea, 1)], ServerTime(now)).unwrap()[0].unit_price.amount;
    assert_eq!([9, 10, 19, 20].map(at), [100, 80, 80, 100]);
}

#[test]
fn coupons_of_each_class_come_off_one_after_the_other() {
    let (tea, cup) = (product(1_000, 9), Product { id: 2, ..product(500, 9) });
    let cart = lines(&[item(&tea, 1), item(&cup, 2)], NOW).unwrap();
    let rule = ShippingRule { fee: cny(600), free_from: Some(cny(9_900)) };
    let coupons = [
        of(3, CouponClass::Shipping, 400),
        Coupon { percent_off: Some(15), min_spend: cny(1_500), ..of(2, CouponClass::Order, 250) },
        of(1, CouponClass::Items, 333),
    ];
    let priced = price(&cart, Some(&rule), &coupons.iter().collect::<Vec<_>>(), NOW).unwrap();
    // 15 % of 1,667 is 250.05, and at most 250.
    assert_eq!(sums(&priced), [2_000, 583, 600, 400, 1_617]);
    let shares: Vec<_> = priced.lines.iter().map(|line| line.discount.map(|one| one.amount)).collect();
    assert_eq!(shares, [Some(433), Some(150)]);
    let free = ShippingRule { free_from: Some(cny(2_000)), ..rule };
    assert_eq!(price(&cart, Some(&free), &[], NOW).unwrap().shipping, cny(0));
    let refused = |coupons: &[&Coupon]| price(&cart, Some(&free), coupons, NOW).unwrap_err().code();
    assert_eq!(refused(&[&coupons[0]]), "coupon_takes_nothing");
    assert_eq!(refused(&[&coupons[1], &of(9, CouponClass::Order, 1)]), "coupons_do_not_combine");
    let exclusive = Coupon { exclusive: true, ..of(9, CouponClass::Items, 1) };
    assert_eq!(refused(&[&coupons[1], &exclusive]), "coupons_do_not_combine");
    let others = Coupon { products: vec![3], ..of(9, CouponClass::Items, 1) };
    assert_eq!(refused(&[&others]), "coupon_for_others");
    let dear = Coupon { min_spend: cny(2_001), ..of(9, CouponClass::Order, 1) };
    assert_eq!(refused(&[&dear]), "coupon_below_min_spend");
    let late = Coupon { expires: Some(NOW), ..of(9, CouponClass::Order, 1) };
    assert_eq!(refused(&[&late]), "coupon_expired");
    let dollars = Coupon { amount_off: Money::new(1, Currency::USD), ..of(9, CouponClass::Order, 1) };
    assert_eq!(refused(&[&dollars]), "currency_mismatch");
    let abroad = ShippingRule { fee: Money::new(1, Currency::USD), free_from: None };
    assert_eq!(price(&cart, Some(&abroad), &[], NOW).unwrap_err().code(), "currency_mismatch");
}

proptest! {
    #[test]
    fn a_total_is_never_negative_and_always_adds_up(
        bought in prop::collection::vec((1_i64..=100_000_000_000, 1_u32..=99), 1..6),
        off in 1_i64..=100_000_000_000,
        percent in prop::option::of(1_u32..=100),
        min_spend in 0_i64..=100_000_000_000,
        fee in 0_i64..=100_000,
    ) {
        let products: Vec<Product> =
            (1..).zip(&bought).map(|(id, (price, _))| Product { id, ..product(*price, 99) }).collect();
        let items: Vec<_> = products.iter().zip(&bought).map(|(one, (_, quantity))| item(one, *quantity)).collect();
        let rule = ShippingRule { fee: cny(fee), free_from: None };
        let coupon = Coupon { percent_off: percent, ..coupon(off, min_spend) };
        let subtotal: i64 = bought.iter().map(|(price, quantity)| price * i64::from(*quantity)).sum();
        match price(&lines(&items, NOW).unwrap(), Some(&rule), &[&coupon], NOW) {
            Ok(priced) => {
                let [sum, discount, shipping, _, total] = sums(&priced);
                prop_assert!(subtotal >= min_spend && total >= 0);
                prop_assert_eq!((sum, shipping), (subtotal, fee));
                prop_assert_eq!(total, sum - discount + shipping);
                prop_assert!((1..=off.min(subtotal)).contains(&discount));
                let shares: i64 = priced.lines.iter().filter_map(|line| line.discount).map(|one| one.amount).sum();
                prop_assert_eq!(shares, discount);
                prop_assert_eq!(priced.coupons.iter().map(|used| used.off.amount).sum::<i64>(), discount);
            }
            Err(Refusal::CouponTakesNothing) => prop_assert!(percent.is_some_and(|percent| subtotal * i64::from(percent) < 100)),
            Err(refusal) => {
                prop_assert!(subtotal < min_spend);
                prop_assert_eq!(refusal.code(), "coupon_below_min_spend");
            }
        }
    }
}
