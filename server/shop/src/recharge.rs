//! Coins bought with money: which packages there are, and what a provider's word does to a recharge. Words come late,
//! twice, out of order and about other amounts; only a whole payment of the price that was offered makes coins.

use crate::ledger::{Account, Kind, LedgerError, Transfer};
use protocol::{CoinPackage, Currency, Money, RechargeStatus, Unit};
use thiserror::Error;

/// What one coin costs, in fen; larger packages cost the same, so that nobody is drawn to buy more than they want.
const FEN_A_COIN: i64 = 10;
/// Coins in each package.
const SIZES: [i64; 6] = [60, 300, 680, 1_280, 3_280, 6_480];

/// The packages on offer.
pub fn packages() -> Vec<CoinPackage> {
    let package = |coins: i64| CoinPackage {
        id: format!("coins_{coins}"),
        coins,
        price: Money::new(coins.saturating_mul(FEN_A_COIN), Currency::CNY),
    };
    SIZES.into_iter().map(package).collect()
}

/// What a provider says of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It is being made.
    Processing,
    /// It came to nothing this time; the shopper may try again.
    Failed,
    /// This much was taken.
    Succeeded(Money),
    /// This much was given back, or taken back by the bank.
    Undone(Money),
}

/// What news makes of a recharge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: it was known, or is older than what is known.
    Nothing,
    /// It failed for now.
    Fail,
    /// It is paid: credit the coins.
    Credit,
    /// It is undone: take the coins back, as far as they are there.
    TakeBack,
    /// It is undone before it was heard to be paid: it never will be.
    Void,
}

/// The provider speaks of another sum than the one that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the provider speaks of {} {}; {} {} was offered", found.amount, found.currency, expected.amount, expected.currency)]
pub struct OtherAmount {
    /// What was offered.
    pub expected: Money,
    /// What the provider said.
    pub found: Money,
}

/// What `news` makes of a recharge that stands at `status` and was offered for `price`.
///
/// # Errors
/// When the provider took or gave back another amount: nothing follows from it but a look by a person.
pub fn hear(status: RechargeStatus, price: Money, news: News) -> Result<Heard, OtherAmount> {
    use RechargeStatus as S;
    if let News::Succeeded(found) | News::Undone(found) = news
        && found != price
    {
        return Err(OtherAmount { expected: price, found });
    }
    Ok(match (status, news) {
        (S::Pending, News::Failed) => Heard::Fail,
        (S::Pending | S::Failed, News::Succeeded(_)) => Heard::Credit,
        (S::Paid, News::Undone(_)) => Heard::TakeBack,
        (S::Pending | S::Failed, News::Undone(_)) => Heard::Void,
        (_, News::Processing) | (S::Failed | S::Paid | S::Undone, _) => Heard::Nothing,
    })
}

/// The transfer that credits a recharge. Named after it, so that it is made once.
///
/// # Errors
/// When an amount is out of range.
pub fn credit(id: &str, user: i64, coins: i64, price: Money) -> Result<Transfer, LedgerError> {
    Transfer::new(format!("recharge:{id}"), Kind::Recharge)
        .moving(Account::Provider, Account::House, Unit::Money(price.currency), price.amount)?
        .moving(Account::House, Account::Wallet(user), Unit::Coins, coins)
}

/// The transfer that takes a recharge back from a wallet that still has `left` coins, and how many coins are lacking: the
/// shop bears those, since no wallet is ever below zero.
///
/// # Errors
/// When an amount is out of range.
pub fn take_back(
    id: &str,
    user: i64,
    coins: i64,
    price: Money,
    left: i64,
) -> Result<(Transfer, i64), LedgerError> {
    let taken = coins.min(left.max(0));
    let transfer = Transfer::new(format!("recharge:{id}:undone"), Kind::RechargeUndone).moving(
        Account::House,
        Account::Provider,
        Unit::Money(price.currency),
        price.amount,
    )?;
    let transfer = match taken {
        0 => transfer,
        taken => transfer.moving(Account::Wallet(user), Account::House, Unit::Coins, taken)?,
    };
    Ok((transfer, coins.saturating_sub(taken)))
}

/// The word for a status, as the store keeps it.
pub const fn word(status: RechargeStatus) -> &'static str {
    match status {
        RechargeStatus::Pending => "pending",
        RechargeStatus::Failed => "failed",
        RechargeStatus::Paid => "paid",
        RechargeStatus::Undone => "undone",
    }
}

/// The status that a word stands for.
pub fn parse(text: &str) -> Option<RechargeStatus> {
    use RechargeStatus as S;
    [S::Pending, S::Failed, S::Paid, S::Undone].into_iter().find(|status| word(*status) == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Balances;
    use RechargeStatus as S;

    const PRICE: Money = Money::new(600, Currency::CNY);

    #[test]
    fn every_word_at_every_status() {
        let words = [News::Processing, News::Failed, News::Succeeded(PRICE), News::Undone(PRICE)];
        let table = [S::Pending, S::Failed, S::Paid, S::Undone]
            .map(|status| words.map(|news| hear(status, PRICE, news).unwrap()));
        use Heard::{Credit, Fail, Nothing, TakeBack, Void};
        assert_eq!(
            table,
            [
                [Nothing, Fail, Credit, Void],
                [Nothing, Nothing, Credit, Void],
                [Nothing, Nothing, Nothing, TakeBack],
                [Nothing; 4],
            ]
        );
    }

    #[test]
    fn another_amount_or_currency_makes_no_coins() {
        for found in
            [Money::new(599, Currency::CNY), Money::new(601, Currency::CNY), Money::new(600, Currency::USD)]
        {
            let refused = Err(OtherAmount { expected: PRICE, found });
            assert_eq!(hear(S::Pending, PRICE, News::Succeeded(found)), refused);
            assert_eq!(hear(S::Paid, PRICE, News::Undone(found)), refused);
        }
    }

    #[test]
    fn what_is_taken_back_is_at_most_what_is_left() {
        let mut balances = Balances::default();
        balances.apply(&credit("a", 1, 60, PRICE).unwrap()).unwrap();
        let gift = Transfer::new("g", Kind::Gift);
        let gift = gift.moving(Account::Wallet(1), Account::Fees, Unit::Coins, 50).unwrap();
        balances.apply(&gift).unwrap();
        let (undone, lacking) = take_back("a", 1, 60, PRICE, 10).unwrap();
        balances.apply(&undone).unwrap();
        assert_eq!((lacking, balances.get(Account::Wallet(1), Unit::Coins)), (50, 0));
        assert_eq!(balances.get(Account::Provider, Unit::Money(Currency::CNY)), 0);
        let (undone, lacking) = take_back("b", 1, 60, PRICE, 0).unwrap();
        assert_eq!((undone.check(), lacking), (Ok(()), 60));
    }

    #[test]
    fn packages_have_names_of_their_own_and_one_price_a_coin() {
        let packages = packages();
        let ids: std::collections::BTreeSet<_> = packages.iter().map(|one| &one.id).collect();
        assert_eq!(ids.len(), packages.len());
        assert!(packages.iter().all(|one| one.price.amount == one.coins * FEN_A_COIN));
    }
}
