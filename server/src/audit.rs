//! `livestall admin audit`: whether the data is what it must be, on any data folder, beside a running server or without
//! one. Changes nothing.

use protocol::Unit;
use shop::ledger::{Account, Entry};
use sqlx::Connection;
use std::collections::BTreeMap;
use std::fmt;

use crate::error::ApiResult;
use crate::store::audit::{Finding, MOST_FINDINGS, checks};
use crate::store::{self, Db, Store, StoreError};

/// What was checked, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report(Vec<Line>);

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What must hold.
    pub what: &'static str,
    /// How many of what were looked at.
    pub looked_at: (i64, &'static str),
    /// What breaks it, the first few.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many things are wrong, as far as they are told.
    pub fn findings(&self) -> usize {
        self.0.iter().map(|line| line.findings.len()).sum()
    }

    /// What is wrong, each as a sentence.
    pub fn sentences(&self) -> Vec<String> {
        let told = |line: &Line| -> Vec<String> {
            let told = line.findings.iter().map(|one| {
                let Finding { subject, expected, found } = one;
                format!("{subject}: expected {expected}, found {found} ({})", line.what)
            });
            told.collect()
        };
        self.0.iter().flat_map(told).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Line { what, looked_at: (count, things), findings } in &self.0 {
            let word = if findings.is_empty() { "holds" } else { "BROKEN" };
            writeln!(f, "{word:<7} {what} ({count} {things})")?;
        }
        for sentence in self.sentences() {
            writeln!(f, "finding {sentence}")?;
        }
        write!(f, "{} checks, {} findings", self.0.len(), self.findings())
    }
}

/// Checks all of it, as it stands at one moment.
///
/// # Errors
/// When the store fails.
pub async fn audit(store: &Store) -> ApiResult<Report> {
    let mut connection = store.read().await?;
    // One snapshot for all checks: a running server goes on writing.
    let mut tx = connection.begin().await.map_err(StoreError::from)?;
    let mut report = Report::default();
    for check in checks() {
        let (count, findings) = check.run(&mut tx).await?;
        report.0.push(Line { what: check.what, looked_at: (count, check.things), findings });
    }
    report.0.extend(ledger(&mut tx).await?);
    report.0.push(gifts(&mut tx).await?);
    Ok(report)
}

/// Compares the gifts in the rooms' logs with what was paid.
async fn gifts(db: &mut Db) -> Result<Line, StoreError> {
    let rooms = store::audit::gifts(db).await?;
    let looked_at = (i64::try_from(rooms.len()).unwrap_or(i64::MAX), "rooms with gifts");
    let wrong = rooms.into_iter().filter(|(_, (shown, paid))| shown != paid);
    let finding = |(room, (shown, paid))| Finding {
        subject: format!("room {room}"),
        expected: narrow(shown),
        found: narrow(paid),
    };
    let findings = wrong.map(finding).take(MOST_FINDINGS).collect();
    Ok(Line {
        what: "the gifts that were shown were paid for, at the price that was shown",
        looked_at,
        findings,
    })
}

/// Adds every entry up again, and compares with the balances that are kept.
async fn ledger(db: &mut Db) -> Result<[Line; 2], StoreError> {
    let mut sums: BTreeMap<(Account, Unit), i128> = BTreeMap::new();
    let mut below = Vec::new();
    let kept = store::ledger::fold(db, |seq, Entry { account, unit, amount }| {
        let sum = sums.entry((account, unit)).or_insert(0);
        *sum = sum.saturating_add(i128::from(amount));
        if *sum < 0 && !account.may_overdraw() && below.len() < MOST_FINDINGS {
            let subject = format!("{account} in {unit} after transfer {seq}");
            below.push(Finding { subject, expected: 0, found: narrow(*sum) });
        }
    })
    .await?;
    let looked_at = (i64::try_from(sums.len()).unwrap_or(i64::MAX), "balances");
    let kept: BTreeMap<_, i128> =
        kept.iter().map(|one| ((one.account, one.unit), i128::from(one.amount))).collect();
    let keys = sums.keys().chain(kept.keys()).collect::<std::collections::BTreeSet<_>>();
    let differing = keys.into_iter().filter_map(|key| {
        let [sum, kept] = [&sums, &kept].map(|side| side.get(key).copied().unwrap_or(0));
        let subject = || format!("{} in {}", key.0, key.1);
        (sum != kept).then(|| Finding { subject: subject(), expected: narrow(sum), found: narrow(kept) })
    });
    let findings = differing.take(MOST_FINDINGS).collect();
    Ok([
        Line { what: "a balance is the sum of its entries", looked_at, findings },
        Line { what: "no user's balance was ever below zero", looked_at, findings: below },
    ])
}

fn narrow(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}
