//! The ledger in the store against a plain model: the same transfers in any order and bundle, writes that are lost, files
//! that are opened again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

mod model;
#[path = "../scratch/mod.rs"]
mod scratch;

use model::{Model, Step, move_of};
use proptest::prelude::ProptestConfig;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use protocol::ServerTime;
use server::store::ledger::{Posted, balances_of, entries_of, last, post, post_all};
use server::store::{self, Store};
use server::{audit, store::Write};
use shop::ledger::LedgerError;
use tempfile::TempDir;
use tokio::runtime::Runtime;

struct Kept {
    runtime: Runtime,
    folder: TempDir,
    store: Store,
}

impl Kept {
    fn open(runtime: &Runtime, folder: &TempDir) -> Store {
        runtime.block_on(open(folder))
    }
}

async fn open(folder: &TempDir) -> Store {
    Store::open(&scratch::address(folder.path()).await.unwrap().parse().unwrap()).await.unwrap()
}

fn word(posted: &Result<Posted, LedgerError>) -> &'static str {
    match posted {
        Ok(Posted::Made(_)) => "made",
        Ok(Posted::MadeBefore(_)) => "made before",
        Err(LedgerError::Insufficient { .. }) => "insufficient",
        Err(LedgerError::Mismatch { .. }) => "mismatch",
        Err(_) => "no transfer",
    }
}

async fn write(tx: &mut Write, moves: &[model::Move]) -> Vec<&'static str> {
    let transfers: Vec<_> = moves.iter().map(move_of).collect();
    post_all(tx, &transfers, ServerTime(7)).await.unwrap().iter().map(word).collect()
}

impl StateMachineTest for Kept {
    type SystemUnderTest = Self;
    type Reference = Model;

    fn init_test(_: &<Model as ReferenceStateMachine>::State) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Self::open(&runtime, &folder);
        Self { runtime, folder, store }
    }

    fn apply(mut kept: Self, model: &Model, step: Step) -> Self {
        match step {
            Step::Write(moves) => kept.runtime.block_on(async {
                let mut tx = kept.store.write().await.unwrap();
                assert_eq!(write(&mut tx, &moves).await, model.answers);
                store::commit(tx).await.unwrap();
            }),
            Step::Lose(moves) => kept.runtime.block_on(async {
                let mut tx = kept.store.write().await.unwrap();
                assert_eq!(write(&mut tx, &moves).await, model.answers);
                drop(tx);
            }),
            Step::Reopen => {
                kept.runtime.block_on(kept.store.close());
                kept.store = Self::open(&kept.runtime, &kept.folder);
            }
        }
        kept
    }

    fn check_invariants(kept: &Self, model: &Model) {
        kept.runtime.block_on(async {
            let mut db = kept.store.read().await.unwrap();
            assert_eq!(last(&mut db).await.unwrap(), i64::try_from(model.made.len()).unwrap());
            for account in model::ACCOUNTS {
                let mut expected = model.balances(account);
                expected.sort_by_key(|(unit, _)| unit.to_string());
                assert_eq!(balances_of(&mut db, account).await.unwrap(), expected, "{account}");
                let entries = entries_of(&mut db, account, i64::MAX, 1_000).await.unwrap();
                assert_eq!(entries.len(), model.entries(account), "{account}");
            }
            drop(db);
            assert_eq!(audit::audit(&kept.store).await.unwrap().sentences(), Vec::<String>::new());
        });
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_kept_ledger_is_the_model_after_any_transfers_losses_and_restarts(sequential 1..24 => Kept);
}

#[tokio::test]
async fn the_table_refuses_what_the_code_would_let_through() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    let broken = "INSERT INTO ledger_balances (account, unit, balance) VALUES ('wallet:1', 'coins', -1)";
    assert!(sqlx::query(broken).execute(&mut *tx).await.is_err());
}

#[tokio::test]
async fn the_audit_finds_what_was_done_behind_the_ledgers_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    post(&mut tx, &move_of(&model::Move::recharge("r", 0, 60)), ServerTime(7)).await.unwrap();
    for broken in [
        "UPDATE ledger_balances SET balance = 61 WHERE account = 'wallet:0' AND unit = 'coins'",
        "UPDATE ledger_entries SET amount = 599 WHERE account = 'house' AND unit = 'CNY'",
        "INSERT INTO ledger_transfers (seq, id, kind, time) VALUES (3, 'x', 'gift', 0)",
        "INSERT INTO ledger_entries (transfer_seq, account, unit, amount) VALUES (3, 'fees', 'coins', -5)",
    ] {
        sqlx::query(broken).execute(&mut *tx).await.unwrap();
    }
    store::commit(tx).await.unwrap();
    let report = audit::audit(&store).await.unwrap();
    assert_eq!(
        report.sentences(),
        [
            "the ledger: expected 3, found 2 (places in the ledger have no holes)",
            "transfer 1 in CNY: expected 0, found -1 (the entries of a transfer sum to zero in each unit)",
            "transfer 3 in coins: expected 0, found -5 (the entries of a transfer sum to zero in each unit)",
            "transfer 3: expected 2, found 1 (a transfer has two entries or more)",
            "wallet:0 in coins: expected 60, found 61 (a balance is the sum of its entries)",
            "house in CNY: expected 599, found 600 (a balance is the sum of its entries)",
            "fees in coins: expected -5, found 0 (a balance is the sum of its entries)",
            "fees in coins after transfer 3: expected 0, found -5 (no user's balance was ever below zero)",
        ]
    );
}
