//! The viewer's coins: how many there are, how to get more, where they went, and how to hold oneself back. What a
//! payment comes to is the server's say alone; this asks until it has said.

mod limits;
mod movements;
mod recharge;
mod reminder;

use crate::{
    account::Account,
    money,
    show::{Show, show},
    text::Text,
    ui::SheetFrame,
};
use leptos::prelude::*;
use protocol::{Unit, Wallet};

pub(crate) use reminder::Reminder;

/// Movements shown: the newest.
const MOVEMENTS: u32 = 20;

impl Show {
    /// Asks how many coins there are.
    pub(crate) fn load_coins(self) {
        if self.user.with_untracked(Option::is_some) {
            self.spawn(async move {
                // Without an answer the number of before stays; whoever opens the wallet hears why.
                if let Ok(wallet) = self.api().wallet(1).await {
                    self.coins.set(Some(coins(&wallet)));
                }
            });
        }
    }

    /// Coins in the reader's language; reactive.
    pub(crate) fn coins_text(self, coins: i64) -> String {
        let lang = self.lang.get();
        lang.of(Text::Coins).replace("{}", &money::exact(coins, lang))
    }
}

fn coins(wallet: &Wallet) -> i64 {
    wallet.balances.iter().find(|balance| balance.unit == Unit::Coins).map_or(0, |balance| balance.amount)
}

/// Everything about the viewer's coins.
#[component]
pub(crate) fn WalletSheet() -> impl IntoView {
    let show = show();
    let wallet = RwSignal::new(None::<Wallet>);
    let reload = move || {
        show.spawn(async move {
            match show.api().wallet(MOVEMENTS).await {
                Ok(found) => {
                    show.coins.set(Some(coins(&found)));
                    wallet.set(Some(found));
                }
                Err(error) => show.complain(&error),
            }
        });
    };
    reload();
    let balance = move || show.coins.get().map(|coins| show.coins_text(coins));
    view! {
        <SheetFrame title=Signal::derive(move || show.say_in(Text::Wallet).to_owned())>
            <p class="balance" role="status">{balance}</p>
            <recharge::Recharge paid=reload />
            <movements::Movements wallet=wallet />
            <limits::Limits />
            <Account />
        </SheetFrame>
    }
}
