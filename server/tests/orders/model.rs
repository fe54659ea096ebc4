//! What orders, stock and coupons should be, in the plainest terms: lists, gone through whenever somebody asks.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;
use protocol::OrderStatus;

/// Products: a plain one, one of which a user may buy two, and two variants of a third.
pub(crate) const GOODS: usize = 4;
/// What each costs, in fen.
pub(crate) const PRICES: [i64; GOODS] = [1_000, 333, 700, 901];
/// How many are on hand.
pub(crate) const ON_HAND: [u32; GOODS] = [5, 4, 2, 3];
/// How many of the second product one user may buy.
pub(crate) const PER_USER: u32 = 2;
/// Shoppers.
pub(crate) const USERS: usize = 3;
/// Off an order, with a threshold; there are two, one for a user.
pub(crate) const COUPON: (i64, i64, usize) = (250, 1_000, 2);
/// How long an order is held, in seconds; the clock jumps by thousands, so that no test is too slow to tell before from after.
pub(crate) const HOLD_S: i64 = 3_500;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Claim {
        user: usize,
    },
    Place {
        user: usize,
        cart: Vec<(usize, u32)>,
        coupon: bool,
    },
    Pay {
        order: usize,
        how: How,
    },
    Cancel {
        order: usize,
    },
    Ship {
        order: usize,
    },
    Deliver {
        order: usize,
    },
    Refund {
        order: usize,
        line: Option<(usize, u32)>,
        restock: bool,
    },
    /// The clock goes on, or is set back, by seconds; what is over is swept now, or found out later.
    Clock {
        by: i64,
        sweep: bool,
    },
    /// A write is begun and lost, and the process ends; if an order is named that may be paid, while the provider is asked.
    Crash {
        paying: usize,
    },
}

/// How a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Well,
    /// The provider declines.
    Declined,
    /// The provider will decline to pay it back.
    ForGood,
}

impl How {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Well => "sandbox_ok",
            Self::Declined => "sandbox_declined",
            Self::ForGood => "sandbox_refund_declined",
        }
    }
}

/// An order, as the model sees it.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) user: usize,
    pub(crate) cart: Vec<(usize, u32)>,
    pub(crate) coupon: bool,
    pub(crate) status: OrderStatus,
    pub(crate) held_until: i64,
    /// Whether the provider will not pay it back.
    pub(crate) for_good: bool,
    /// Items of each line that were paid back, and of those, how many went back to stock.
    pub(crate) back: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) now: i64,
    pub(crate) orders: Vec<Placed>,
    /// Who has claimed the coupon.
    pub(crate) claims: Vec<usize>,
    /// What the last step should have been answered.
    pub(crate) answer: &'static str,
}

impl Placed {
    pub(crate) fn subtotal(&self) -> i64 {
        self.cart.iter().map(|(good, quantity)| PRICES[*good] * i64::from(*quantity)).sum()
    }

    pub(crate) fn total(&self) -> i64 {
        self.subtotal() - if self.coupon { COUPON.0.min(self.subtotal()) } else { 0 }
    }

    pub(crate) fn stands(&self) -> bool {
        !matches!(self.status, OrderStatus::Cancelled | OrderStatus::Expired | OrderStatus::Refunded)
    }

    fn is_paid_for(&self) -> bool {
        matches!(self.status, OrderStatus::Paid | OrderStatus::Shipped | OrderStatus::Delivered)
    }

    pub(crate) fn is_whole_back(&self) -> bool {
        self.cart.iter().zip(&self.back).all(|((_, quantity), (back, _))| quantity == back)
    }

    /// How many of a good it keeps from others.
    fn keeps(&self, good: usize) -> u32 {
        if matches!(self.status, OrderStatus::Cancelled | OrderStatus::Expired) {
            return 0;
        }
        let of = self.cart.iter().zip(&self.back).filter(|((one, _), _)| *one == good);
        of.map(|((_, quantity), (_, restocked))| quantity - restocked).sum()
    }
}

impl Model {
    pub(crate) fn left(&self, good: usize) -> u32 {
        ON_HAND[good] - self.orders.iter().map(|order| order.keeps(good)).sum::<u32>()
    }

    /// Whether a user has a claim that no order uses.
    fn has_claim(&self, user: usize) -> bool {
        let used = self.orders.iter().any(|order| order.user == user && order.coupon && order.stands());
        self.claims.contains(&user) && !used
    }

    fn place(&mut self, user: usize, cart: &[(usize, u32)], coupon: bool) -> &'static str {
        let order = Placed {
            user,
            cart: cart.to_vec(),
            coupon,
            status: OrderStatus::Held,
            held_until: self.now + HOLD_S,
            for_good: false,
            back: vec![(0, 0); cart.len()],
        };
        let limited = cart.iter().filter(|(good, _)| *good == 1).map(|(_, quantity)| quantity).sum::<u32>();
        let mine = self.orders.iter().filter(|order| order.user == user && order.stands());
        let bought: u32 = mine
            .flat_map(|order| order.cart.iter().zip(&order.back))
            .filter(|((good, _), _)| *good == 1)
            .map(|((_, quantity), (back, _))| quantity - back)
            .sum();
        if limited > 0 && limited + bought > PER_USER {
            return "too_many_for_user";
        }
        if cart.iter().any(|(good, quantity)| self.left(*good) < *quantity) {
            return "sold_out";
        }
        if coupon && !self.claims.contains(&user) {
            return "coupon_not_claimed";
        }
        if coupon && !self.has_claim(user) {
            return "coupon_used";
        }
        if coupon && order.subtotal() < COUPON.1 {
            return "coupon_below_min_spend";
        }
        self.orders.push(order);
        "ok"
    }

    fn pay(&mut self, order: usize, how: How) -> &'static str {
        let now = self.now;
        let Some(order) = self.orders.get_mut(order) else { return "unknown_order" };
        match order.status {
            OrderStatus::Held if order.held_until <= now => {
                order.status = OrderStatus::Expired;
                "order_closed"
            }
            OrderStatus::Held if how == How::Declined => "payment_declined",
            OrderStatus::Held => {
                order.status = OrderStatus::Paid;
                order.for_good = how == How::ForGood;
                "ok"
            }
            _ if order.is_paid_for() => "ok",
            _ => "order_closed",
        }
    }

    fn step_to(&mut self, order: usize, from: OrderStatus, to: OrderStatus) -> &'static str {
        match self.orders.get_mut(order) {
            None => "unknown_order",
            Some(order) if order.status == from || order.status == to => {
                order.status = to;
                "ok"
            }
            Some(_) => "order_closed",
        }
    }

    fn refund(&mut self, order: usize, line: Option<(usize, u32)>, restock: bool) -> &'static str {
        let Some(order) = self.orders.get_mut(order) else { return "unknown_order" };
        if !order.is_paid_for() {
            return "order_closed";
        }
        let left = |order: &Placed, line: usize| order.cart[line].1 - order.back[line].0;
        let parts: Vec<(usize, u32)> = match line {
            Some((line, _)) if line >= order.cart.len() => return "unknown_line",
            Some((line, quantity)) if quantity > left(order, line) => return "quantity_out_of_range",
            Some(part) => vec![part],
            None => (0..order.cart.len()).map(|line| (line, left(order, line))).collect(),
        };
        if order.for_good {
            return "refund_declined";
        }
        for (line, quantity) in parts {
            let (back, restocked) = &mut order.back[line];
            *back += quantity;
            *restocked += if restock { quantity } else { 0 };
        }
        if order.is_whole_back() {
            order.status = OrderStatus::Refunded;
        }
        "ok"
    }

    /// Whether an order waits for payment, in its time.
    pub(crate) fn may_be_paid(&self, order: usize) -> bool {
        let now = self.now;
        self.orders
            .get(order)
            .is_some_and(|order| order.status == OrderStatus::Held && order.held_until > now)
    }

    fn sweep(&mut self) {
        let now = self.now;
        let over = |order: &&mut Placed| order.status == OrderStatus::Held && order.held_until <= now;
        self.orders.iter_mut().filter(over).for_each(|order| order.status = OrderStatus::Expired);
    }
}

fn any_cart() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::btree_map(0..GOODS, 1_u32..4, 1..4).prop_map(|cart| cart.into_iter().collect())
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Step> {
        // One past the last: an order that is not there.
        let order = 0..state.orders.len() + 1;
        let how = prop_oneof![6 => Just(How::Well), 1 => Just(How::Declined), 1 => Just(How::ForGood)];
        let line = prop::option::of((0_usize..4, 1_u32..4));
        prop_oneof![
            2 => (0..USERS).prop_map(|user| Step::Claim { user }),
            6 => (0..USERS, any_cart(), any::<bool>()).prop_map(|(user, cart, coupon)| Step::Place { user, cart, coupon }),
            5 => (order.clone(), how).prop_map(|(order, how)| Step::Pay { order, how }),
            2 => order.clone().prop_map(|order| Step::Cancel { order }),
            2 => order.clone().prop_map(|order| Step::Ship { order }),
            1 => order.clone().prop_map(|order| Step::Deliver { order }),
            4 => (order.clone(), line, any::<bool>()).prop_map(|(order, line, restock)| Step::Refund { order, line, restock }),
            2 => (-1_i64..4, any::<bool>()).prop_map(|(by, sweep)| Step::Clock { by: by * 1_000, sweep }),
            1 => order.prop_map(|paying| Step::Crash { paying }),
        ]
        .boxed()
    }

    fn apply(mut state: Self, step: &Step) -> Self {
        use OrderStatus::{Cancelled, Delivered, Held, Paid, Shipped};
        state.answer = match step {
            Step::Claim { user } if state.claims.contains(user) => "ok",
            Step::Claim { .. } if state.claims.len() == COUPON.2 => "coupon_gone",
            Step::Claim { user } => {
                state.claims.push(*user);
                "ok"
            }
            Step::Place { user, cart, coupon } => state.place(*user, cart, *coupon),
            Step::Pay { order, how } => state.pay(*order, *how),
            Step::Cancel { order } => state.step_to(*order, Held, Cancelled),
            Step::Ship { order } => state.step_to(*order, Paid, Shipped),
            Step::Deliver { order } => state.step_to(*order, Shipped, Delivered),
            Step::Refund { order, line, restock } => state.refund(*order, *line, *restock),
            Step::Clock { by, sweep } => {
                state.now += by;
                if *sweep {
                    state.sweep();
                }
                "ok"
            }
            Step::Crash { paying } => {
                if state.may_be_paid(*paying) {
                    state.pay(*paying, How::Well);
                }
                "ok"
            }
        };
        state
    }
}
