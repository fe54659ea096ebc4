use super::{Account, Entry, LedgerError, MOST, Transfer};
use protocol::Unit;
use std::collections::BTreeMap;

/// What accounts hold: the fold of their entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<(Account, Unit), i64>);

impl Balances {
    /// Balances that were folded before.
    pub fn of(balances: impl IntoIterator<Item = Entry>) -> Self {
        Self(balances.into_iter().map(|entry| ((entry.account, entry.unit), entry.amount)).collect())
    }

    /// What an account holds; nothing, when it never had an entry.
    pub fn get(&self, account: Account, unit: Unit) -> i64 {
        self.0.get(&(account, unit)).copied().unwrap_or(0)
    }

    /// Each account and unit that ever had an entry, in order.
    pub fn iter(&self) -> impl Iterator<Item = Entry> + '_ {
        self.0.iter().map(|(&(account, unit), &amount)| Entry { account, unit, amount })
    }

    /// Folds a transfer in, whole or not at all. Whether it was made before is not asked: see [`Transfer::id`].
    ///
    /// # Errors
    /// When it is no transfer, or an account that may not be below zero would be.
    pub fn apply(&mut self, transfer: &Transfer) -> Result<(), LedgerError> {
        transfer.check()?;
        let after: Vec<_> =
            transfer.entries().iter().map(|entry| self.after(entry)).collect::<Result<_, _>>()?;
        self.0.extend(after);
        Ok(())
    }

    fn after(&self, entry: &Entry) -> Result<((Account, Unit), i64), LedgerError> {
        let Entry { account, unit, amount } = *entry;
        let left = self.get(account, unit);
        let found = i128::from(left).saturating_add(i128::from(amount));
        // Judged by what leaves, so that an account cannot be stuck below zero.
        if amount < 0 && found < 0 && !account.may_overdraw() {
            return Err(LedgerError::Insufficient { account, unit, left, asked: amount.saturating_neg() });
        }
        match i64::try_from(found) {
            Ok(balance) if (-MOST..=MOST).contains(&balance) => Ok(((account, unit), balance)),
            _ => Err(LedgerError::OutOfRange { account, unit, found }),
        }
    }
}
