use protocol::{ServerTime, Unit};
use server::store::{self, Store, ledger::post_all};
use shop::ledger::{Account, Kind, Transfer};
use std::time::Instant;

/// Prints a figure; `cargo xtask bench orders` is where it is measured against a bound.
#[tokio::test]
#[ignore = "a measurement, to be run alone on a release build"]
async fn transfers_a_second() {
    const TRANSFERS: i64 = 100_000;
    const ACCOUNTS: i64 = 10_000;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("ledger.db")).await.unwrap();
    let gift = |number: i64| {
        let (from, to) = (Account::Wallet(number % ACCOUNTS), Account::Pending(number % 7));
        Transfer::new(format!("gift:{number}"), Kind::Gift)
            .moving(from, to, Unit::Coins, 5)
            .and_then(|transfer| transfer.moving(from, Account::Fees, Unit::Coins, 5))
            .unwrap()
    };
    let fill = |user| {
        let coins = 10 * TRANSFERS;
        Transfer::new(format!("fill:{user}"), Kind::Adjustment)
            .moving(Account::House, Account::Wallet(user), Unit::Coins, coins)
            .unwrap()
    };
    let mut tx = store.write().await.unwrap();
    let filled =
        post_all(&mut tx, &(0..ACCOUNTS).map(fill).collect::<Vec<_>>(), ServerTime(0)).await.unwrap();
    assert!(filled.iter().all(Result::is_ok));
    store::commit(tx).await.unwrap();
    let gifts: Vec<_> = (0..TRANSFERS).map(gift).collect();
    let began = Instant::now();
    for batch in gifts.chunks(1_000) {
        let mut tx = store.write().await.unwrap();
        assert!(post_all(&mut tx, batch, ServerTime(1)).await.unwrap().iter().all(Result::is_ok));
        store::commit(tx).await.unwrap();
    }
    let rate = f64::from(u32::try_from(TRANSFERS).unwrap()) / began.elapsed().as_secs_f64();
    println!("{rate:.0} transfers a second, 1,000 a commit, three entries each");
}
