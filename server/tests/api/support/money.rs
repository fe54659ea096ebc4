use protocol::{Unit, Wallet};
use server::store::ledger::post;
use server::{audit, clock, store};
use shop::ledger::{Account, Kind, Transfer};

use super::{Client, TestApp};

impl TestApp {
    /// Puts coins into an account, out of nothing.
    pub(crate) async fn endow(&self, account: Account, coins: i64) {
        let id = format!("present:{account}:{}", clock::next_id());
        let present = Transfer::new(id, Kind::Adjustment);
        let present = present.moving(Account::House, account, Unit::Coins, coins).unwrap();
        let mut tx = self.app.store.write().await.unwrap();
        post(&mut tx, &present, clock::now()).await.unwrap();
        store::commit(tx).await.unwrap();
    }

    /// A viewer with so many coins.
    pub(crate) async fn rich(&self, coins: i64) -> Client {
        let user = self.viewer().await;
        self.endow(Account::Wallet(user.id()), coins).await;
        user
    }

    /// The audit's findings are none.
    pub(crate) async fn nothing_is_wrong(&self) {
        assert_eq!(audit::audit(&self.app.store).await.unwrap().sentences(), Vec::<String>::new());
    }
}

impl Client {
    /// The user's number.
    pub(crate) fn id(&self) -> i64 {
        self.session.as_ref().unwrap().user.id
    }

    /// Coins in the wallet.
    pub(crate) async fn coins(&self) -> i64 {
        let wallet: Wallet = self.get("/api/v1/wallet").await.ok().json();
        wallet.balances.iter().find(|balance| balance.unit == Unit::Coins).unwrap().amount
    }
}
