//! Orders, stock and coupons through the real router and store, against a plain model: any steps in any order, clocks that
//! jump, processes that end in the middle. After each step the audit finds nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

mod model;
#[path = "../scratch/mod.rs"]
mod scratch;
mod shop;

use model::{Model, Step};
use proptest::prelude::ProptestConfig;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use serde_json::json;
use shop::Shop;

impl StateMachineTest for Shop {
    type SystemUnderTest = Self;
    type Reference = Model;

    fn init_test(_: &<Model as ReferenceStateMachine>::State) -> Self {
        Self::open()
    }

    fn apply(mut shop: Self, model: &Model, step: Step) -> Self {
        let answer = match step {
            Step::Claim { user } => shop.claim(user),
            Step::Place { user, cart, coupon } => shop.place(user, &cart, coupon),
            Step::Pay { order, how } => shop.of_shopper(order, "pay", &json!({"method": how.method()})),
            Step::Cancel { order } => shop.of_shopper(order, "cancel", &json!({})),
            Step::Ship { order } => shop.of_host(order, "ship", &json!({"carrier": "SF", "tracking": "1"})),
            Step::Deliver { order } => shop.of_host(order, "deliver", &json!({})),
            Step::Refund { order, line, restock } => {
                let lines = line.map(|(line, quantity)| vec![json!({"line": line, "quantity": quantity})]);
                shop.of_host(
                    order,
                    "refunds",
                    &json!({"lines": lines, "restock": restock, "reason": "broken"}),
                )
            }
            Step::Clock { by, sweep } => shop.jump(by, sweep),
            // The model has paid for it already, if it may.
            Step::Crash { paying } => shop.crash(paying),
        };
        assert_eq!(answer, model.answer);
        shop
    }

    fn check_invariants(shop: &Self, model: &Model) {
        shop.check(model);
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_shop_is_the_model_after_any_orders_refunds_jumps_and_crashes(sequential 1..40 => Shop);
}
