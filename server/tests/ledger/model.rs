//! What the ledger should be, in the plainest terms: a list of what was made, added up whenever somebody asks.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;
use protocol::{Currency, Unit};
use shop::ledger::{Account, Kind, Transfer};
use std::collections::BTreeMap;

const CNY: Unit = Unit::Money(Currency::CNY);

/// Every account that the steps touch.
pub(crate) const ACCOUNTS: [Account; 5] =
    [Account::Wallet(0), Account::Wallet(1), Account::House, Account::Fees, Account::Provider];

/// A transfer, as the model sees it: each leg from one account to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) id: String,
    pub(crate) legs: Vec<(Account, Account, Unit, i64)>,
}

impl Move {
    pub(crate) fn recharge(id: &str, user: i64, coins: i64) -> Self {
        let money = (Account::Provider, Account::House, CNY, 10 * coins);
        Self {
            id: id.to_owned(),
            legs: vec![money, (Account::House, Account::Wallet(user), Unit::Coins, coins)],
        }
    }
}

pub(crate) fn move_of(one: &Move) -> Transfer {
    one.legs.iter().fold(Transfer::new(&one.id, Kind::Adjustment), |transfer, &(from, to, unit, amount)| {
        transfer.moving(from, to, unit, amount).unwrap()
    })
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// One write of these, made to last.
    Write(Vec<Move>),
    /// One write of these, undone.
    Lose(Vec<Move>),
    /// The file closed and opened.
    Reopen,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) made: Vec<Move>,
    /// What the last write should have been answered.
    pub(crate) answers: Vec<&'static str>,
}

fn net(one: &Move) -> BTreeMap<(Account, Unit), i64> {
    let mut net = BTreeMap::new();
    for &(from, to, unit, amount) in &one.legs {
        *net.entry((from, unit)).or_insert(0) -= amount;
        *net.entry((to, unit)).or_insert(0) += amount;
    }
    net.retain(|_, amount| *amount != 0);
    net
}

impl Model {
    fn balance(&self, account: Account, unit: Unit) -> i64 {
        self.made.iter().filter_map(|one| net(one).get(&(account, unit)).copied()).sum()
    }

    /// What an account holds, of each unit that it ever had an entry in.
    pub(crate) fn balances(&self, account: Account) -> Vec<(Unit, i64)> {
        let touched = |unit| self.made.iter().any(|one| net(one).contains_key(&(account, unit)));
        let units = [Unit::Coins, CNY].into_iter().filter(|unit| touched(*unit));
        units.map(|unit| (unit, self.balance(account, unit))).collect()
    }

    pub(crate) fn entries(&self, account: Account) -> usize {
        self.made.iter().map(|one| net(one).keys().filter(|(of, _)| *of == account).count()).sum()
    }

    fn post(&mut self, one: &Move) -> &'static str {
        if let Some(first) = self.made.iter().find(|first| first.id == one.id) {
            return if net(first) == net(one) { "made before" } else { "mismatch" };
        }
        let net = net(one);
        if net.len() < 2 {
            return "no transfer";
        }
        for (&(account, unit), amount) in &net {
            let world = matches!(account, Account::House | Account::Provider);
            if !world && *amount < 0 && self.balance(account, unit) + amount < 0 {
                return "insufficient";
            }
        }
        self.made.push(one.clone());
        "made"
    }
}

fn moves() -> impl Strategy<Value = Move> {
    let account = || prop::sample::select(ACCOUNTS.as_slice());
    let unit = prop_oneof![3 => Just(Unit::Coins), 1 => Just(CNY)];
    let leg = (account(), account(), unit, 1_i64..40);
    let any = (0..30, prop::collection::vec(leg, 1..3))
        .prop_map(|(id, legs)| Move { id: format!("any:{id}"), legs });
    let recharge = (0..6, 0_i64..2, 1_i64..60)
        .prop_map(|(id, user, coins)| Move::recharge(&format!("recharge:{id}"), user, coins));
    prop_oneof![2 => any, 1 => recharge]
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Step> {
        let several = || prop::collection::vec(moves(), 0..6);
        prop_oneof![
            6 => several().prop_map(Step::Write),
            2 => several().prop_map(Step::Lose),
            1 => Just(Step::Reopen),
        ]
        .boxed()
    }

    fn apply(mut model: Self, step: &Step) -> Self {
        match step {
            Step::Write(moves) => model.answers = moves.iter().map(|one| model.post(one)).collect(),
            Step::Lose(moves) => {
                let mut lost = model.clone();
                model.answers = moves.iter().map(|one| lost.post(one)).collect();
            }
            Step::Reopen => {}
        }
        model
    }
}
