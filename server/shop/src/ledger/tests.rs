//! The ledger against a model that keeps every entry and adds up whenever it is asked.

use super::{Account, Balances, Entry, Kind, LedgerError, MOST, Transfer};
use proptest::prelude::*;
use protocol::{Currency, Unit};

const COINS: Unit = Unit::Coins;
const CNY: Unit = Unit::Money(Currency::CNY);

fn entry(account: Account, unit: Unit, amount: i64) -> Entry {
    Entry { account, unit, amount }
}

fn kept(entries: impl IntoIterator<Item = Entry>) -> Transfer {
    Transfer::with_entries("t".to_owned(), Kind::Adjustment, None, entries).unwrap()
}

fn recharge(user: i64, coins: i64, price: i64) -> Transfer {
    Transfer::new("recharge", Kind::Recharge)
        .moving(Account::Provider, Account::House, CNY, price)
        .and_then(|transfer| transfer.moving(Account::House, Account::Wallet(user), COINS, coins))
        .unwrap()
}

#[test]
fn coins_are_bought_given_and_never_made_or_lost() {
    let mut balances = Balances::default();
    balances.apply(&recharge(1, 60, 600)).unwrap();
    let gift = Transfer::new("gift", Kind::Gift)
        .moving(Account::Wallet(1), Account::Pending(2), COINS, 25)
        .and_then(|transfer| transfer.moving(Account::Wallet(1), Account::Fees, COINS, 26))
        .unwrap();
    balances.apply(&gift).unwrap();
    assert_eq!(gift.entries().len(), 3);
    assert_eq!(balances.get(Account::Wallet(1), COINS), 9);
    assert_eq!(balances.get(Account::House, CNY), 600);
    assert_eq!(balances.iter().filter(|entry| entry.unit == COINS).map(|entry| entry.amount).sum::<i64>(), 0);
}

#[test]
fn nobody_spends_what_they_do_not_have() {
    let mut balances = Balances::default();
    balances.apply(&recharge(1, 60, 600)).unwrap();
    let before = balances.clone();
    let gift =
        Transfer::new("gift", Kind::Gift).moving(Account::Wallet(1), Account::Fees, COINS, 61).unwrap();
    let refused = LedgerError::Insufficient { account: Account::Wallet(1), unit: COINS, left: 60, asked: 61 };
    assert_eq!(balances.apply(&gift), Err(refused));
    assert_eq!(balances, before);
}

#[test]
fn what_does_not_balance_is_no_transfer() {
    let (wallet, house) = (Account::Wallet(1), Account::House);
    let unbalanced = kept([entry(wallet, COINS, 5), entry(house, COINS, -4)]);
    assert_eq!(unbalanced.check(), Err(LedgerError::Unbalanced { unit: COINS, found: 1 }));
    let crossed = kept([entry(wallet, COINS, 5), entry(house, CNY, -5)]);
    assert!(matches!(crossed.check(), Err(LedgerError::Unbalanced { .. })));
    let alone = kept([entry(wallet, COINS, 5), entry(wallet, COINS, -5)]);
    assert_eq!(alone.check(), Err(LedgerError::BadShape { found: 0 }));
    let many = (0..17).map(|user| entry(Account::Wallet(user), COINS, if user == 0 { -16 } else { 1 }));
    assert_eq!(kept(many).check(), Err(LedgerError::BadShape { found: 17 }));
    for id in ["", "a b", &"x".repeat(201)] {
        let mut named = recharge(1, 1, 1);
        id.clone_into(&mut named.id);
        assert_eq!(named.check(), Err(LedgerError::BadId { found: id.len() }));
    }
    for amount in [0, -1, MOST + 1] {
        let moved = Transfer::new("t", Kind::Gift).moving(wallet, house, COINS, amount);
        assert_eq!(moved, Err(LedgerError::BadAmount { unit: COINS, found: amount }));
    }
}

#[test]
fn sums_that_cannot_be_counted_are_refused() {
    let mut balances = Balances::default();
    balances.apply(&recharge(1, MOST, MOST)).unwrap();
    let before = balances.clone();
    assert!(matches!(balances.apply(&recharge(1, 1, 1)), Err(LedgerError::OutOfRange { .. })));
    assert_eq!(balances, before);
    let twice = recharge(1, MOST, 1).moving(Account::House, Account::Wallet(1), COINS, 1);
    assert!(matches!(twice, Err(LedgerError::OutOfRange { .. })));
}

#[test]
fn an_account_has_one_name() {
    let accounts = [
        Account::Wallet(7),
        Account::Pending(i64::MAX),
        Account::Available(0),
        Account::Withdrawing(1),
        Account::PaidOut(2),
        Account::RedPacket(3),
        Account::Provider,
        Account::Bank,
        Account::House,
        Account::Fees,
    ];
    for account in accounts {
        assert_eq!(account.to_string().parse(), Ok(account));
    }
    for text in ["", "wallet", "wallet:", "wallet:07", "wallet:+7", "wallet:7:7", "till:7", "house:1"] {
        assert!(text.parse::<Account>().is_err(), "{text}");
    }
    assert!(Kind::ALL.iter().all(|kind| Kind::parse(kind.as_str()) == Some(*kind)));
}

fn accounts() -> impl Strategy<Value = Account> {
    prop_oneof![
        4 => (0_i64..3).prop_map(Account::Wallet),
        1 => (0_i64..2).prop_map(Account::Pending),
        1 => Just(Account::House),
        1 => Just(Account::Fees),
    ]
}

fn units() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(COINS), Just(CNY)]
}

fn transfers() -> impl Strategy<Value = Transfer> {
    let amounts = prop_oneof![9 => -100_i64..=100, 1 => prop_oneof![Just(MOST), Just(-MOST)]];
    let moves = prop::collection::vec((accounts(), accounts(), units(), 1_i64..=100), 1..4);
    let proper = moves.prop_filter_map("comes to too much", |moves| {
        moves.into_iter().try_fold(Transfer::new("t", Kind::Gift), |transfer, (from, to, unit, amount)| {
            transfer.moving(from, to, unit, amount).ok()
        })
    });
    let any =
        prop::collection::vec((accounts(), units(), amounts), 0..5).prop_filter_map("too much", |rows| {
            let rows = rows.into_iter().map(|(account, unit, amount)| entry(account, unit, amount));
            Transfer::with_entries("t".to_owned(), Kind::Gift, None, rows).ok()
        });
    prop_oneof![3 => proper, 1 => any]
}

proptest! {
    #[test]
    fn balances_are_the_sums_of_all_entries_and_no_users_is_below_zero(
        asked in prop::collection::vec(transfers(), 0..60),
    ) {
        let (mut balances, mut entries) = (Balances::default(), Vec::<Entry>::new());
        let sum = |entries: &[Entry], of: &Entry| -> i128 {
            let same = entries.iter().filter(|entry| (entry.account, entry.unit) == (of.account, of.unit));
            same.map(|entry| i128::from(entry.amount)).sum()
        };
        for transfer in asked {
            let mut after = entries.clone();
            after.extend(transfer.entries());
            let sums: Vec<_> = transfer.entries().iter().map(|entry| (entry.account, sum(&after, entry))).collect();
            let balanced = [COINS, CNY].iter().all(|unit| {
                transfer.entries().iter().filter(|entry| entry.unit == *unit).map(|entry| entry.amount).sum::<i64>() == 0
            });
            let allowed = balanced
                && transfer.entries().len() >= 2
                && sums.iter().all(|(account, sum)| account.may_overdraw() || *sum >= 0)
                && sums.iter().all(|(_, sum)| sum.unsigned_abs() <= MOST.unsigned_abs().into());
            prop_assert_eq!(balances.apply(&transfer).is_ok(), allowed, "{:?}", transfer);
            if allowed {
                entries = after;
            }
            for balance in balances.iter() {
                prop_assert_eq!(i128::from(balance.amount), sum(&entries, &balance));
                prop_assert!(balance.account.may_overdraw() || balance.amount >= 0);
            }
        }
        for unit in [COINS, CNY] {
            prop_assert_eq!(balances.iter().filter(|entry| entry.unit == unit).map(|entry| entry.amount).sum::<i64>(), 0);
        }
    }
}
