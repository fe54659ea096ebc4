use super::*;
use crate::ledger::Balances;
use proptest::prelude::*;

const HOST: i64 = 1;
const ANN: i64 = 2;
const BOB: i64 = 3;

fn standing(status: Status, coins: i64, approvers: &[i64]) -> Standing<'_> {
    Standing { status, coins, owner: HOST, approvers }
}

#[test]
fn every_step_from_every_status() {
    use Status::{Approved, Cancelled, Paid, Rejected};
    let rows: Vec<Vec<Option<Status>>> = STATUSES
        .iter()
        .map(|status| {
            let take = |one: Step| {
                let by = if one == Step::Cancel { HOST } else { BOB };
                step(&standing(*status, LEAST, &[ANN]), one, by).ok()
            };
            Step::ALL.into_iter().map(take).collect()
        })
        .collect();
    assert_eq!(
        rows,
        [
            [Some(Approved), Some(Rejected), None, Some(Cancelled)],
            [Some(Approved), Some(Rejected), None, Some(Cancelled)],
            [None, Some(Rejected), Some(Paid), None],
            [None; 4],
            [None; 4],
            [None; 4],
        ]
    );
    assert!(STATUSES.into_iter().all(|status| parse(word(status)) == Some(status)));
}

#[test]
fn above_the_limit_two_look_and_nobody_looks_at_their_own() {
    let large = ONE_REVIEWER + 1;
    assert_eq!(
        step(&standing(Status::Requested, ONE_REVIEWER, &[]), Step::Approve, ANN),
        Ok(Status::Approved)
    );
    assert_eq!(step(&standing(Status::Requested, large, &[]), Step::Approve, ANN), Ok(Status::Held));
    let held = standing(Status::Held, large, &[ANN]);
    assert_eq!(step(&held, Step::Approve, ANN), Err(WithdrawalError::SameReviewer));
    assert_eq!(step(&held, Step::Approve, HOST), Err(WithdrawalError::OwnWithdrawal));
    assert_eq!(step(&held, Step::Approve, BOB), Ok(Status::Approved));
    assert_eq!(step(&held, Step::Cancel, ANN), Err(WithdrawalError::NotYours));
    for step_of_ours in [Step::Approve, Step::Reject, Step::Pay] {
        let own = step(&standing(Status::Approved, large, &[ANN, BOB]), step_of_ours, HOST);
        assert_eq!(own, Err(WithdrawalError::OwnWithdrawal));
    }
}

#[test]
fn what_may_be_asked_for_is_bounded() {
    assert_eq!(check_new(LEAST, 0), Ok(Money::new(5_000, Currency::CNY)));
    assert_eq!(check_new(LEAST - 1, 0), Err(WithdrawalError::Coins { found: LEAST - 1 }));
    assert_eq!(check_new(MOST + 1, 0), Err(WithdrawalError::Coins { found: MOST + 1 }));
    assert_eq!(check_new(LEAST, MOST_OPEN), Err(WithdrawalError::TooManyOpen { found: MOST_OPEN }));
}

proptest! {
    /// What somebody does about one of two withdrawals, any number of times.
    #[test]
    fn income_is_neither_made_nor_lost_and_paid_only_after_enough_eyes(
        steps in prop::collection::vec((0_usize..2, 0_usize..4, HOST..=BOB), 0..40),
    ) {
        let coins = [LEAST, ONE_REVIEWER + LEAST];
        let mut balances = Balances::default();
        let earned: i64 = coins.iter().sum();
        let gift = Transfer::new("g", Kind::Release);
        balances.apply(&gift.moving(Account::House, Account::Available(HOST), Unit::Coins, earned).unwrap()).unwrap();
        let mut all: Vec<(Status, Vec<i64>)> = vec![(Status::Requested, Vec::new()); 2];
        for (id, coins) in coins.iter().enumerate() {
            balances.apply(&set_aside(id as i64, HOST, *coins).unwrap()).unwrap();
        }
        for (id, which, by) in steps {
            let (status, approvers) = &mut all[id];
            let now = Standing { status: *status, coins: coins[id], owner: HOST, approvers };
            let Ok(next) = step(&now, Step::ALL[which], by) else { continue };
            if Step::ALL[which] == Step::Approve {
                approvers.push(by);
            }
            *status = next;
            if next == Status::Paid {
                let eyes = approvers.iter().collect::<std::collections::BTreeSet<_>>().len();
                prop_assert!(eyes > usize::from(coins[id] > ONE_REVIEWER));
                prop_assert!(!approvers.contains(&HOST));
            }
            let amount = check_new(coins[id], 0).unwrap();
            if let Some(moved) = settle(id as i64, HOST, coins[id], amount, next).unwrap() {
                balances.apply(&moved).unwrap();
            }
            let [available, withdrawing, paid] =
                [Account::Available(HOST), Account::Withdrawing(HOST), Account::PaidOut(HOST)]
                    .map(|account| balances.get(account, Unit::Coins));
            prop_assert_eq!(available + withdrawing + paid, earned);
            let open = |(status, _): &(Status, Vec<i64>)| {
                matches!(status, Status::Requested | Status::Held | Status::Approved)
            };
            let waiting: i64 = all.iter().zip(coins).filter(|(one, _)| open(one)).map(|(_, coins)| coins).sum();
            prop_assert_eq!(withdrawing, waiting);
            prop_assert_eq!(balances.get(Account::Bank, Unit::Money(Currency::CNY)), paid * FEN_A_COIN);
        }
    }
}
