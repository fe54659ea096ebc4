use futures_util::future::join_all;
use protocol::{Coupon, CouponClaim, CouponCounts, EventBody, Order};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_coupon_is_claimed_once_by_a_user() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let coupon = stall.coupon(300, 1000, 5).await;
    let first: CouponClaim = viewer.claim(coupon.id).await.ok().json();
    let again: CouponClaim = viewer.claim(coupon.id).await.ok().json();
    assert_eq!(first, again);
    assert_eq!(first.coupon.remaining, 4);
    let told = EventBody::CouponClaimed { coupon: coupon.id, remaining: 4 };
    let events = stall.events(|events| events.iter().any(|event| event.body == told)).await;
    assert_eq!(events.iter().filter(|event| event.body == told).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_coupons_are_claimed_than_there_are() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let coupon = stall.coupon(300, 1000, 3).await;
    let mut viewers = Vec::new();
    for _ in 0..12 {
        viewers.push(app.viewer().await);
    }
    let answers = join_all(viewers.iter().map(|viewer| viewer.claim(coupon.id))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 3);
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(refused.problem(), "409 coupon_gone");
    }
}

#[tokio::test]
async fn a_coupon_comes_off_one_order_and_is_back_when_that_is_cancelled() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(1999, 5).await, stall.coupon(300, 1000, 5).await);
    let id = Some(coupon.id);
    assert_eq!(viewer.order_with(&product, id, 1699, "a").await.problem(), "409 coupon_not_claimed");
    viewer.claim(coupon.id).await.ok();
    let order: Order = viewer.order_with(&product, id, 1699, "b").await.created().json();
    assert_eq!((order.subtotal.amount, order.discount.amount, order.total.amount), (1999, 300, 1699));
    assert_eq!(viewer.order_with(&product, id, 1699, "c").await.problem(), "409 coupon_used");
    viewer.cancel(&order, "d").await.ok();
    let again: Order = viewer.order_with(&product, id, 1699, "e").await.created().json();
    viewer.pay(&again, "sandbox_ok", "f").await.ok();
    let claims: Vec<CouponClaim> = viewer.get("/api/v1/rooms/tea/claims").await.ok().json();
    assert_eq!(claims.iter().map(|claim| claim.used).collect::<Vec<_>>(), [true]);
}

#[tokio::test]
async fn the_host_sees_how_many_coupons_were_claimed_and_redeemed() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(1999, 5).await, stall.coupon(300, 1000, 5).await);
    let code = json!({"title": "Code", "amount_off": {"amount": 100, "currency": "CNY"},
        "min_spend": {"amount": 0, "currency": "CNY"}, "total": 2, "code": "tea-2026"});
    let coded: Coupon = stall.host.post("/api/v1/rooms/tea/coupons", &code).await.created().json();
    viewer.claim(coupon.id).await.ok();
    app.viewer().await.claim(coupon.id).await.ok();
    viewer.order_with(&product, Some(coupon.id), 1699, "a").await.created();
    let path = "/api/v1/rooms/tea/coupons/counts";
    let counts: Vec<CouponCounts> = stall.host.get(path).await.ok().json();
    let plain = |coupon, code, released, issued, claimed, redeemed| CouponCounts {
        coupon,
        code,
        released,
        issued,
        claimed,
        redeemed,
    };
    let code = Some("TEA-2026".to_owned());
    assert_eq!(counts, [plain(coupon.id, None, true, 5, 2, 1), plain(coded.id, code, false, 2, 0, 0)]);
    assert_eq!(viewer.get(path).await.status, 403);
}

#[tokio::test]
async fn an_order_below_the_threshold_takes_no_coupon() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let (product, coupon) = (stall.product(999, 5).await, stall.coupon(300, 1000, 5).await);
    viewer.claim(coupon.id).await.ok();
    let refused = viewer.order_with(&product, Some(coupon.id), 699, "k").await;
    assert_eq!(refused.problem(), "422 coupon_below_min_spend");
}

#[tokio::test]
async fn a_coupon_that_is_not_out_is_neither_seen_nor_claimed() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let coupon = stall.coupon(300, 1000, 5).await;
    stall.command(json!({"type": "withdraw_coupon", "coupon": coupon.id})).await.accepted();
    assert_eq!(viewer.claim(coupon.id).await.problem(), "409 coupon_not_released");
    assert_eq!(viewer.get("/api/v1/rooms/tea/coupons").await.ok().json::<Vec<Coupon>>(), []);
    assert_eq!(stall.host.get("/api/v1/rooms/tea/coupons").await.ok().json::<Vec<Coupon>>(), [coupon]);
    assert_eq!(viewer.claim(1).await.problem(), "404 unknown_coupon");
    assert_eq!(app.guest().claim(1).await.problem(), "401 log_in_required");
}
