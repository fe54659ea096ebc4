use protocol::{Leaderboard, Rank, Show};
use serde_json::json;
use server::store;
use shop::ledger::Account;
use std::collections::BTreeMap;

use crate::support::{Client, PRICE, Stall, TestApp};

const BOARD: &str = "/api/v1/rooms/tea/leaderboard";

async fn board(user: &Client, query: &str) -> Leaderboard {
    user.get(&format!("{BOARD}{query}")).await.ok().json()
}

async fn end_show(stall: &Stall) {
    stall.command(json!({"type": "end_show"})).await.accepted();
}

/// What each wallet gave by gifts, folded from every entry of the ledger after `after` up to `until`.
async fn folded(app: &TestApp, after: i64, until: i64) -> Vec<i64> {
    let mut transfers: BTreeMap<i64, Vec<shop::ledger::Entry>> = BTreeMap::new();
    let mut db = app.app.store.read().await.unwrap();
    store::ledger::fold(&mut db, |seq, entry| transfers.entry(seq).or_default().push(entry)).await.unwrap();
    let mut given: BTreeMap<Account, (i64, i64)> = BTreeMap::new();
    for (seq, entries) in transfers.range(after + 1..=until) {
        // A gift is what moves coins to the shop's share.
        if !entries.iter().any(|entry| entry.account == Account::Fees) {
            continue;
        }
        for entry in entries.iter().filter(|entry| entry.amount < 0) {
            let sum = given.entry(entry.account).or_default();
            *sum = (sum.0 - entry.amount, *seq);
        }
    }
    let mut ranks: Vec<_> = given.into_values().collect();
    ranks.sort_by_key(|(coins, reached)| (-coins, *reached));
    ranks.into_iter().map(|(coins, _)| coins).collect()
}

#[tokio::test]
async fn a_leaderboard_is_the_fold_of_the_ledger_for_the_room_and_for_each_show() {
    let app = TestApp::init().await;
    let stall = app.with_gifts().await;
    let mut crowd = Vec::new();
    for _ in 0..7 {
        crowd.push(app.rich(10_000).await);
    }
    let mut ends = vec![0];
    for show in 0..3_usize {
        app.begin_show().await;
        for turn in 0..14 {
            let giver = &crowd[(turn * (show + 2)) % crowd.len()];
            giver
                .give(&format!("{show} {turn}"), u32::try_from(1 + turn * turn % 5).unwrap())
                .await
                .accepted();
        }
        if show < 2 {
            end_show(&stall).await;
            assert_eq!(crowd[0].give(&format!("{show} between"), 1).await.problem(), "409 show_over");
        }
        ends.push(store::ledger::last(&mut app.app.store.read().await.unwrap()).await.unwrap());
    }
    let shows: Vec<Show> = stall.host.get("/api/v1/rooms/tea/shows").await.ok().json();
    assert_eq!(shows.len(), 3);
    let mut ids: Vec<_> = shows.iter().map(|show| show.id).collect();
    ids.sort_unstable();
    let mut all = 0;
    for (show, span) in ids.iter().zip(ends.windows(2)) {
        let board = board(&stall.host, &format!("?show={show}&limit=100")).await;
        let coins: Vec<_> = board.ranks.iter().map(|rank| rank.coins).collect();
        assert_eq!(coins, folded(&app, span[0], span[1]).await);
        assert_eq!((board.watermark, board.coins), (span[1], coins.iter().sum()));
        all += board.coins;
    }
    let whole = board(&stall.host, "?limit=100").await;
    let coins: Vec<_> = whole.ranks.iter().map(|rank| rank.coins).collect();
    assert_eq!(coins, folded(&app, 0, whole.watermark).await);
    assert_eq!((whole.coins, whole.givers), (all, i64::try_from(coins.len()).unwrap()));
    assert_eq!(stall.host.get(&format!("{BOARD}?show=1000000")).await.problem(), "404 unknown_show");
}

#[tokio::test]
async fn names_are_told_of_those_who_said_so_and_each_sees_their_own_place() {
    let app = TestApp::init().await;
    let stall = app.with_gifts().await;
    let (ann, bob) = (app.rich(100).await, app.rich(100).await);
    bob.give("a", 1).await.accepted();
    ann.give("a", 2).await.accepted();
    bob.give("b", 1).await.accepted();
    let before = board(&stall.host, "").await;
    assert!(before.ranks.iter().all(|rank| rank.user.is_none()) && before.own.is_none());
    ann.put("/api/v1/wallet/naming", &json!({"named": true})).await.ok();
    let named = board(&stall.host, "").await;
    let coins = i64::from(2 * PRICE);
    // As many coins: who came to it first stands first.
    let user = ann.session.as_ref().map(|session| session.user.clone());
    assert_eq!(named.ranks, [Rank { place: 1, user, coins }, Rank { place: 2, user: None, coins }]);
    assert_eq!(board(&app.guest(), "").await, named);
    let own = board(&bob, "").await.own.unwrap();
    assert_eq!((own.place, own.coins, own.user.unwrap().id), (2, coins, bob.id()));
    ann.put("/api/v1/wallet/naming", &json!({"named": false})).await.ok();
    assert_eq!(board(&bob, "").await.ranks, before.ranks);
}
