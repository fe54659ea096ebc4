use protocol::{
    Coupon, CouponClass, EventBody, LivePrice, NewCoupon, NewProduct, NewVariant, Order, Product, Quote,
    ServerTime, VariantOption,
};
use serde_json::{Value, json};
use server::{audit, clock};

use crate::support::{Client, Stall, TestApp, cny};

const ORDERS: &str = "/api/v1/rooms/tea/orders";
const PRODUCTS: &str = "/api/v1/rooms/tea/products";
const SHIPPING: &str = "/api/v1/rooms/tea/shipping";

async fn all_is_well(app: &TestApp) {
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
}

fn line(product: &Product, quantity: u32) -> Value {
    json!({"product": product.id, "quantity": quantity})
}

fn address() -> Value {
    json!({"name": "Ann", "phone": "+86 571 1", "country": "cn", "street": "1 Lake Road"})
}

async fn quote(client: &Client, lines: &[Value]) -> Quote {
    client.post("/api/v1/rooms/tea/quotes", &json!({"lines": lines})).await.ok().json()
}

/// A shirt in two sizes, the larger dearer.
async fn shirt(stall: &Stall) -> Product {
    let size = |value: &str, price, stock| NewVariant {
        options: vec![VariantOption { name: "size".to_owned(), value: value.to_owned() }],
        sku: format!("S-{value}"),
        price,
        compare_at: None,
        live: None,
        stock,
    };
    let variants = vec![size("M", None, 3), size("L", Some(cny(1_200)), 1)];
    let new = NewProduct { variants, ..NewProduct::plain("Shirt", cny(1_000), 0) };
    stall.host.post(PRODUCTS, &new).await.created().json()
}

#[tokio::test]
async fn a_cart_of_several_is_held_whole_or_not_at_all() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (tea, cup) = (stall.product(1_000, 5).await, stall.product(300, 1).await);
    let too_many = json!({"lines": [line(&tea, 1), line(&cup, 2)], "expected_total": cny(1_600)});
    assert_eq!(viewer.post_keyed(ORDERS, "a", &too_many).await.problem(), "409 sold_out");
    assert_eq!((stall.stock(&tea).await, stall.stock(&cup).await), (5, 1));
    let cart = json!({"lines": [line(&cup, 1), line(&tea, 2)], "expected_total": cny(2_300)});
    let order: Order = viewer.post_keyed(ORDERS, "b", &cart).await.created().json();
    assert_eq!(order.lines.iter().map(|line| line.product).collect::<Vec<_>>(), [cup.id, tea.id]);
    assert_eq!((stall.stock(&tea).await, stall.stock(&cup).await), (3, 0));
    viewer.cancel(&order, "c").await.ok();
    assert_eq!((stall.stock(&tea).await, stall.stock(&cup).await), (5, 1));
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_cart_that_makes_no_sense_is_refused() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(100, 5).await;
    for (cart, refusal) in [
        (json!({}), "422 bad_cart"),
        (json!({"product": tea.id}), "422 bad_cart"),
        (json!({"product": tea.id, "quantity": 1, "lines": [line(&tea, 1)]}), "422 bad_cart"),
        (json!({"lines": [line(&tea, 1)], "coupon": 1, "coupons": [2]}), "422 bad_cart"),
        (json!({"lines": vec![json!({"product": 1, "quantity": 1}); 21]}), "422 bad_cart"),
        (json!({"lines": [line(&tea, 1), line(&tea, 1)]}), "422 line_twice"),
        (json!({"lines": [{"product": 1, "quantity": 1}]}), "404 unknown_product"),
        (json!({"lines": [{"product": tea.id, "variant": 1, "quantity": 1}]}), "422 unknown_variant"),
        (json!({"lines": [line(&tea, 1)], "invoice": {"title": ""}}), "422 empty"),
        (
            json!({"lines": [line(&tea, 1)], "invoice": {"title": "A", "tax_number": "<b>"}}),
            "422 bad_invoice",
        ),
    ] {
        let mut cart = cart;
        cart["expected_total"] = json!(cny(100));
        let key = cart.to_string();
        assert_eq!(
            viewer.post_keyed(ORDERS, &key[..key.len().min(255)], &cart).await.problem(),
            refusal,
            "{cart}"
        );
    }
    assert_eq!(stall.stock(&tea).await, 5);
}

#[tokio::test]
async fn a_variant_has_its_own_price_and_stock() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let shirt = shirt(&stall).await;
    assert_eq!(shirt.stock, 4);
    let large = shirt.variants[1].id;
    let buy = |variant: Option<i64>, quantity: i64, total| json!({"lines": [{"product": shirt.id, "variant": variant, "quantity": quantity}], "expected_total": cny(total)});
    assert_eq!(viewer.post_keyed(ORDERS, "a", &buy(None, 1, 1_000)).await.problem(), "422 variant_required");
    assert_eq!(viewer.post_keyed(ORDERS, "b", &buy(Some(large), 2, 2_400)).await.problem(), "409 sold_out");
    let order: Order = viewer.post_keyed(ORDERS, "c", &buy(Some(large), 1, 1_200)).await.created().json();
    assert_eq!((order.lines[0].options.as_str(), order.lines[0].sku.as_str()), ("L", "S-L"));
    viewer.pay(&order, "sandbox_ok", "p").await.ok();
    let listed: Vec<Product> = viewer.get(PRODUCTS).await.ok().json();
    assert_eq!((listed[0].stock, listed[0].variants[1].stock), (3, 0));
    let told = EventBody::ProductChanged { product: listed[0].clone() };
    stall.events(|events| events.iter().any(|event| event.body == told)).await;
    let back = json!({"restock": true, "reason": "too large"});
    stall.host.post_keyed(&format!("/api/v1/orders/{}/refunds", order.id), "r", &back).await.created();
    let path = format!("{PRODUCTS}/{}/variants/{large}", shirt.id);
    let changed: Product =
        stall.host.patch(&path, &json!({"restock": 2, "price": {"now": cny(900)}})).await.ok().json();
    assert_eq!((changed.stock, changed.variants[1].stock, changed.variants[1].price), (6, 3, cny(900)));
    assert_eq!(stall.host.patch(&path, &json!({"restock": -4})).await.problem(), "422 quantity_out_of_range");
    let restock = json!({"restock": 1});
    assert_eq!(
        stall.host.patch(&format!("{PRODUCTS}/{}", shirt.id), &restock).await.problem(),
        "422 restock_variant"
    );
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_variant_is_added_to_a_product_that_has_some_and_differs_from_them() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let (shirt, tea) = (shirt(&stall).await, stall.product(100, 5).await);
    let new = |value: &str| json!({"options": [{"name": "size", "value": value}], "stock": 2});
    let to = |product: &Product| format!("{PRODUCTS}/{}/variants", product.id);
    let added: Product = stall.host.post(&to(&shirt), &new("XL")).await.created().json();
    assert_eq!((added.stock, added.variants.len()), (6, 3));
    assert_eq!(stall.host.post(&to(&shirt), &new("XL")).await.problem(), "422 bad_variant");
    assert_eq!(stall.host.post(&to(&tea), &new("XL")).await.problem(), "409 no_variants");
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_live_price_ends_by_the_servers_clock_and_is_never_charged_after() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let now = clock::now().0;
    let live =
        LivePrice { price: cny(800), from: ServerTime(now - 1_000), until: ServerTime(now + 3_600_000) };
    let new = NewProduct { live: Some(live), ..NewProduct::plain("Tea", cny(1_000), 9) };
    let tea: Product = stall.host.post(PRODUCTS, &new).await.created().json();
    assert_eq!(tea.live, Some(live));
    let cart = |total| json!({"lines": [line(&tea, 2)], "expected_total": cny(total)});
    viewer.post_keyed(ORDERS, "a", &cart(1_600)).await.created();
    let over = LivePrice { until: ServerTime(now - 1), ..live };
    stall.host.patch(&format!("{PRODUCTS}/{}", tea.id), &json!({"live": over})).await.ok();
    let refused = viewer.post_keyed(ORDERS, "b", &cart(1_600)).await;
    assert_eq!(refused.problem(), "409 price_changed");
    assert_eq!(refused.json::<protocol::Problem>().total.as_deref(), Some(&cny(2_000)));
    viewer.post_keyed(ORDERS, "c", &cart(2_000)).await.created();
    stall.host.patch(&format!("{PRODUCTS}/{}", tea.id), &json!({"live": live})).await.ok();
    let ended: Product =
        stall.host.patch(&format!("{PRODUCTS}/{}", tea.id), &json!({"end_live": true})).await.ok().json();
    assert_eq!(ended.live, None);
}

#[tokio::test]
async fn nobody_buys_more_than_one_may() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let new = NewProduct { per_order: Some(2), per_user: Some(3), ..NewProduct::plain("Tea", cny(100), 9) };
    let tea: Product = stall.host.post(PRODUCTS, &new).await.created().json();
    let cart = |quantity: u32| json!({"lines": [line(&tea, quantity)], "expected_total": cny(100 * i64::from(quantity))});
    assert_eq!(viewer.post_keyed(ORDERS, "a", &cart(3)).await.problem(), "422 too_many_in_order");
    let first: Order = viewer.post_keyed(ORDERS, "b", &cart(2)).await.created().json();
    assert_eq!(viewer.post_keyed(ORDERS, "c", &cart(2)).await.problem(), "409 too_many_for_user");
    viewer.cancel(&first, "d").await.ok();
    viewer.post_keyed(ORDERS, "e", &cart(2)).await.created();
    viewer.post_keyed(ORDERS, "f", &cart(1)).await.created();
    app.viewer().await.post_keyed(ORDERS, "g", &cart(2)).await.created();
    stall.host.patch(&format!("{PRODUCTS}/{}", tea.id), &json!({"per_user": 0})).await.ok();
    viewer.post_keyed(ORDERS, "h", &cart(1)).await.created();
}

#[tokio::test]
async fn shipping_costs_what_the_room_says_and_wants_an_address() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(1_000, 9).await;
    let rule = json!({"fee": cny(600), "free_from": cny(2_000)});
    assert_eq!(viewer.put(SHIPPING, &rule).await.status, 403);
    assert_eq!(stall.host.put(SHIPPING, &json!({"fee": cny(-1)})).await.problem(), "422 amount_out_of_range");
    stall.host.put(SHIPPING, &rule).await.ok();
    assert_eq!(viewer.get(SHIPPING).await.ok().json::<Value>(), rule);
    let priced = quote(&viewer, &[line(&tea, 1)]).await;
    assert_eq!((priced.shipping, priced.total, priced.needs_address), (Some(cny(600)), cny(1_600), true));
    assert_eq!(quote(&viewer, &[line(&tea, 2)]).await.total, cny(2_000));
    let mut cart = json!({"lines": [line(&tea, 1)], "expected_total": cny(1_600)});
    assert_eq!(viewer.post_keyed(ORDERS, "a", &cart).await.problem(), "422 address_required");
    cart["address"] = json!({"name": "Ann", "phone": "1", "country": "China", "street": "1"});
    assert_eq!(viewer.post_keyed(ORDERS, "b", &cart).await.problem(), "422 bad_address");
    cart["address"] = address();
    cart["invoice"] = json!({"title": "Tea & Co", "tax_number": "91330100"});
    let order: Order = viewer.post_keyed(ORDERS, "c", &cart).await.created().json();
    assert_eq!((order.shipping, order.total), (Some(cny(600)), cny(1_600)));
    let paid: Order = viewer.pay(&order, "sandbox_ok", "p").await.ok().json();
    assert_eq!(paid.address.unwrap().country, "CN");
    assert_eq!(paid.invoice.unwrap().title, "Tea & Co");
    let back = json!({"lines": [{"line": 0, "quantity": 1}], "restock": true, "reason": "broken"});
    let path = format!("/api/v1/orders/{}/refunds", order.id);
    let refund: protocol::Refund = stall.host.post_keyed(&path, "r", &back).await.created().json();
    assert_eq!((refund.amount, refund.shipping), (cny(1_000), None));
    let rest = json!({"restock": true, "reason": "the fee too"});
    let refund: protocol::Refund = stall.host.post_keyed(&path, "s", &rest).await.created().json();
    assert_eq!((refund.amount, refund.shipping), (cny(600), Some(cny(600))));
    stall.host.put(SHIPPING, &Value::Null).await.ok();
    assert_eq!(quote(&viewer, &[line(&tea, 1)]).await.total, cny(1_000));
    all_is_well(&app).await;
}

#[tokio::test]
async fn the_best_of_a_shoppers_coupons_are_named_and_the_order_takes_them() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (tea, cup) = (stall.product(1_000, 9).await, stall.product(500, 9).await);
    stall.host.put(SHIPPING, &json!({"fee": cny(600)})).await.ok();
    let plain = |off| NewCoupon::plain("Off", cny(off), cny(0), 9);
    let new = [
        NewCoupon {
            class: CouponClass::Items,
            products: vec![tea.id],
            percent_off: Some(10),
            ..plain(5_000)
        },
        NewCoupon { class: CouponClass::Shipping, ..plain(600) },
        NewCoupon { min_spend: cny(1_400), ..plain(300) },
        NewCoupon { exclusive: true, ..plain(800) },
    ];
    let mut coupons: Vec<Coupon> = Vec::new();
    for one in &new {
        coupons.push(stall.release(one).await);
        viewer.claim(coupons.last().unwrap().id).await.ok();
    }
    let lines = [line(&tea, 1), line(&cup, 1)];
    let priced = quote(&viewer, &lines).await;
    assert_eq!(
        (priced.discount, priced.shipping_discount, priced.total),
        (cny(400), Some(cny(600)), cny(1_100))
    );
    let codes: Vec<_> = priced.reasons.iter().map(|reason| (reason.coupon, reason.code.as_str())).collect();
    assert!(codes.contains(&(coupons[3].id, "others_are_better")), "{codes:?}");
    let used: Vec<i64> = priced.coupons.iter().map(|used| used.coupon).collect();
    let mut cart =
        json!({"lines": lines, "coupons": used, "address": address(), "expected_total": cny(1_100)});
    let order: Order = viewer.post_keyed(ORDERS, "a", &cart).await.created().json();
    assert_eq!(
        order.lines.iter().map(|line| line.discount).collect::<Vec<_>>(),
        [Some(cny(293)), Some(cny(107))]
    );
    cart["expected_total"] = json!(cny(1));
    cart["coupons"] = json!([coupons[2].id]);
    assert_eq!(viewer.post_keyed(ORDERS, "b", &cart).await.problem(), "409 coupon_used");
    viewer.cancel(&order, "c").await.ok();
    cart["coupons"] = json!([coupons[2].id, coupons[3].id]);
    assert_eq!(viewer.post_keyed(ORDERS, "d", &cart).await.problem(), "422 coupons_do_not_combine");
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_code_claims_a_coupon_that_is_not_out_and_is_not_guessed() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let new = NewCoupon { code: Some("tea-2026".to_owned()), ..NewCoupon::plain("Off", cny(100), cny(0), 9) };
    let coupon: Coupon = stall.host.post("/api/v1/rooms/tea/coupons", &new).await.created().json();
    assert_eq!(stall.host.post("/api/v1/rooms/tea/coupons", &new).await.problem(), "409 code_taken");
    assert_eq!(viewer.claim(coupon.id).await.problem(), "409 coupon_not_released");
    let claim = async |code: &str| viewer.post("/api/v1/rooms/tea/claims", &json!({"code": code})).await;
    let claimed: protocol::CouponClaim = claim("TEA-2026").await.ok().json();
    assert_eq!(claimed.coupon.id, coupon.id);
    for _ in 0..10 {
        assert_eq!(claim("TEA-2027").await.problem(), "404 unknown_code");
    }
    assert_eq!(claim("TEA-2026").await.problem(), "429 slow_down");
}

#[tokio::test]
async fn a_coupon_may_be_claimed_again_once_it_is_used_as_often_as_its_limit_says() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let tea = stall.product(1_000, 9).await;
    let new = NewCoupon { per_user: 2, ..NewCoupon::plain("Off", cny(100), cny(0), 9) };
    let coupon = stall.release(&new).await;
    for key in ["a", "b"] {
        viewer.claim(coupon.id).await.ok();
        assert!(!viewer.claim(coupon.id).await.ok().json::<protocol::CouponClaim>().used);
        viewer.order_with(&tea, Some(coupon.id), 900, key).await.created();
    }
    let third: protocol::CouponClaim = viewer.claim(coupon.id).await.ok().json();
    assert_eq!((third.used, third.coupon.remaining), (true, 7));
    assert_eq!(viewer.order_with(&tea, Some(coupon.id), 900, "c").await.problem(), "409 coupon_used");
    all_is_well(&app).await;
}

#[tokio::test]
async fn a_gift_comes_with_the_order_out_of_the_stock_and_goes_back_with_it() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (tea, cup) = (stall.product(1_000, 9).await, stall.product(300, 1).await);
    let new = |products| NewCoupon {
        class: CouponClass::Gift,
        products,
        ..NewCoupon::plain("A cup with two teas", cny(1), cny(2_000), 9)
    };
    let refused = stall.host.post("/api/v1/rooms/tea/coupons", &new(vec![tea.id, cup.id])).await;
    assert_eq!(refused.problem(), "422 bad_coupon");
    let coupon = stall.release(&new(vec![cup.id])).await;
    assert_eq!(coupon.amount_off, cny(300));
    viewer.claim(coupon.id).await.ok();
    assert_eq!(quote(&viewer, &[line(&tea, 1)]).await.reasons[0].code, "coupon_below_min_spend");
    let priced = quote(&viewer, &[line(&tea, 2)]).await;
    let given = [(tea.id, None), (cup.id, Some(cny(300)))];
    assert_eq!(priced.lines.iter().map(|line| (line.product, line.discount)).collect::<Vec<_>>(), given);
    assert_eq!((priced.total, priced.coupons[0].coupon), (cny(2_000), coupon.id));
    let cart = json!({"lines": [line(&tea, 2)], "coupons": [coupon.id], "expected_total": cny(2_000)});
    let order: Order = viewer.post_keyed(ORDERS, "a", &cart).await.created().json();
    assert_eq!((order.lines.len(), stall.stock(&cup).await), (2, 0));
    let other = app.viewer().await;
    other.claim(coupon.id).await.ok();
    let theirs = quote(&other, &[line(&tea, 2)]).await;
    assert_eq!((theirs.lines.len(), theirs.reasons[0].code.as_str()), (1, "coupon_gift_gone"));
    assert_eq!(other.post_keyed(ORDERS, "b", &cart).await.problem(), "422 coupon_gift_gone");
    viewer.pay(&order, "sandbox_ok", "pay").await.ok();
    let whole = json!({"restock": true, "reason": "changed their mind"});
    let refund = format!("/api/v1/orders/{}/refunds", order.id);
    let paid_back: protocol::Refund = stall.host.post_keyed(&refund, "c", &whole).await.created().json();
    assert_eq!((paid_back.amount, stall.stock(&cup).await, stall.stock(&tea).await), (cny(2_000), 1, 9));
    all_is_well(&app).await;
}

#[tokio::test]
async fn the_last_one_is_not_given_to_whoever_buys_it() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let cup = stall.product(300, 1).await;
    let new = NewCoupon {
        class: CouponClass::Gift,
        products: vec![cup.id],
        ..NewCoupon::plain("A cup with a cup", cny(1), cny(0), 9)
    };
    let coupon = stall.release(&new).await;
    viewer.claim(coupon.id).await.ok();
    let priced = quote(&viewer, &[line(&cup, 1)]).await;
    assert_eq!((priced.lines.len(), priced.reasons[0].code.as_str()), (1, "coupon_gift_gone"));
    let cart = json!({"lines": [line(&cup, 1)], "coupons": [], "expected_total": cny(300)});
    viewer.post_keyed(ORDERS, "a", &cart).await.created();
    all_is_well(&app).await;
}
