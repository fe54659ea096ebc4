use super::{Account, Kind, LedgerError, MOST, MOST_ENTRIES, MOST_ID};
use protocol::Unit;
use std::collections::BTreeMap;

/// What a transfer does to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// Whose.
    pub account: Account,
    /// Of what.
    pub unit: Unit,
    /// How much comes in; below zero, how much leaves. Never zero.
    pub amount: i64,
}

/// Money and coins that move together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Names what is done: however often a transfer of one id is asked for, it is made once.
    pub id: String,
    /// Why.
    pub kind: Kind,
    /// The room it belongs to, for rankings and sales figures.
    pub room: Option<String>,
    /// One entry for an account and unit, in their order.
    entries: Vec<Entry>,
}

impl Transfer {
    /// A transfer that moves nothing yet.
    pub fn new(id: impl Into<String>, kind: Kind) -> Self {
        Self { id: id.into(), kind, room: None, entries: Vec::new() }
    }

    /// The same, in a room.
    #[must_use]
    pub fn in_room(self, room: impl Into<String>) -> Self {
        Self { room: Some(room.into()), ..self }
    }

    /// The same, moving `amount` more of `unit`.
    ///
    /// # Errors
    /// When the amount is not 1 to [`MOST`], or comes to more than that for an account.
    pub fn moving(self, from: Account, to: Account, unit: Unit, amount: i64) -> Result<Self, LedgerError> {
        if !(1..=MOST).contains(&amount) {
            return Err(LedgerError::BadAmount { unit, found: amount });
        }
        let more = [Entry { account: from, unit, amount: -amount }, Entry { account: to, unit, amount }];
        Self::with_entries(self.id, self.kind, self.room, self.entries.into_iter().chain(more))
    }

    /// A transfer as it was kept. Entries of one account and unit become one.
    ///
    /// # Errors
    /// When an account's entries come to more than [`MOST`].
    pub fn with_entries(
        id: String,
        kind: Kind,
        room: Option<String>,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<Self, LedgerError> {
        let mut sums: BTreeMap<(Account, Unit), i128> = BTreeMap::new();
        for Entry { account, unit, amount } in entries {
            // As wide as 2^64 entries of any amount need.
            let sum = sums.entry((account, unit)).or_insert(0);
            *sum = sum.saturating_add(i128::from(amount));
        }
        let mut entries = Vec::with_capacity(sums.len());
        for ((account, unit), found) in sums {
            match i64::try_from(found) {
                Ok(0) => {}
                Ok(amount) if (-MOST..=MOST).contains(&amount) => {
                    entries.push(Entry { account, unit, amount });
                }
                _ => return Err(LedgerError::OutOfRange { account, unit, found }),
            }
        }
        Ok(Self { id, kind, room, entries })
    }

    /// What it does to each account.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether it is a transfer at all: a proper id, two entries or more, in each unit as much in as out.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), LedgerError> {
        let found = self.id.len();
        if !(1..=MOST_ID).contains(&found) || !self.id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(LedgerError::BadId { found });
        }
        let found = self.entries.len();
        if !(2..=MOST_ENTRIES).contains(&found) {
            return Err(LedgerError::BadShape { found });
        }
        let mut sums: BTreeMap<Unit, i128> = BTreeMap::new();
        for entry in &self.entries {
            let sum = sums.entry(entry.unit).or_insert(0);
            *sum = sum.saturating_add(i128::from(entry.amount));
        }
        match sums.into_iter().find(|(_, sum)| *sum != 0) {
            Some((unit, found)) => Err(LedgerError::Unbalanced { unit, found }),
            None => Ok(()),
        }
    }
}
