//! How much a viewer may give away: so much a gift, so much in 24 hours, and a word from time to time before it comes to
//! much. A refusal, not a warning: who goes on has read it.

use protocol::SpendLimits;
use thiserror::Error;

/// Most coins in one gift that any viewer may allow themselves: ¥1,000.
pub const MOST_PER_GIFT: i64 = 10_000;
/// Most coins in 24 hours: ¥5,000.
pub const MOST_PER_DAY: i64 = 50_000;
/// Hours that a day looks back over.
pub const DAY_HOURS: i64 = 24;

/// What holds for who has set nothing.
pub const DEFAULT: SpendLimits =
    SpendLimits { per_gift: MOST_PER_GIFT, per_day: MOST_PER_DAY, remind_at: 2_000 };

/// Why a gift is not paid for, though the coins are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SpendRefusal {
    /// More than the limit for one gift.
    #[error("the gift costs {asked} coins; your limit for one gift is {limit}")]
    Gift {
        /// What it costs.
        asked: i64,
        /// The limit.
        limit: i64,
    },
    /// More than the limit for a day.
    #[error("you gave {spent} coins in 24 hours; with {asked} more that passes your limit, {limit}")]
    Day {
        /// Coins given in 24 hours.
        spent: i64,
        /// What the gift costs.
        asked: i64,
        /// The limit.
        limit: i64,
    },
    /// Worth a thought.
    #[error(
        "you gave {spent} coins in 24 hours, and {asked} more are asked for; confirm that you want to go on"
    )]
    Reminder {
        /// Coins given in 24 hours.
        spent: i64,
        /// What the gift costs.
        asked: i64,
    },
    /// A limit that nobody may set.
    #[error("{what} is {found}; expected {least} to {most}")]
    BadLimit {
        /// Which.
        what: &'static str,
        /// What was given.
        found: i64,
        /// Least allowed.
        least: i64,
        /// Most allowed.
        most: i64,
    },
}

impl SpendRefusal {
    /// Stable code for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Gift { .. } => "spend_limit_gift",
            Self::Day { .. } => "spend_limit_day",
            Self::Reminder { .. } => "spend_reminder",
            Self::BadLimit { .. } => "bad_limit",
        }
    }
}

/// Whether a viewer who gave `spent` coins in 24 hours, and said that they know of `confirmed`, may give `asked` more.
///
/// # Errors
/// Why not.
pub fn check(limits: &SpendLimits, confirmed: i64, spent: i64, asked: i64) -> Result<(), SpendRefusal> {
    if asked > limits.per_gift {
        return Err(SpendRefusal::Gift { asked, limit: limits.per_gift });
    }
    let after = spent.saturating_add(asked);
    if after > limits.per_day {
        return Err(SpendRefusal::Day { spent, asked, limit: limits.per_day });
    }
    if after > limits.remind_at.max(confirmed) {
        Err(SpendRefusal::Reminder { spent, asked })
    } else {
        Ok(())
    }
}

/// How far a viewer who gave `spent` coins, and goes on, is left alone.
pub const fn confirm(limits: &SpendLimits, spent: i64) -> i64 {
    // Room for one gift of any size that they allow themselves, or the same gift would be asked about again.
    let step = if limits.per_gift > limits.remind_at { limits.per_gift } else { limits.remind_at };
    spent.saturating_add(step)
}

/// Whether limits may be set so.
///
/// # Errors
/// The first that may not.
pub fn check_limits(limits: &SpendLimits) -> Result<(), SpendRefusal> {
    let bounds = [
        ("per_gift", limits.per_gift, 0, MOST_PER_GIFT),
        ("per_day", limits.per_day, 0, MOST_PER_DAY),
        ("remind_at", limits.remind_at, 1, MOST_PER_DAY),
    ];
    let bad = bounds.into_iter().find(|(_, found, least, most)| !(*least..=*most).contains(found));
    bad.map_or(Ok(()), |(what, found, least, most)| Err(SpendRefusal::BadLimit { what, found, least, most }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: SpendLimits = SpendLimits { per_gift: 100, per_day: 300, remind_at: 150 };

    #[test]
    fn a_viewer_is_held_back_by_gift_by_day_and_by_a_word() {
        assert_eq!(check(&LIMITS, 0, 0, 100), Ok(()));
        assert_eq!(check(&LIMITS, 0, 0, 101), Err(SpendRefusal::Gift { asked: 101, limit: 100 }));
        assert_eq!(check(&LIMITS, 0, 100, 51), Err(SpendRefusal::Reminder { spent: 100, asked: 51 }));
        let confirmed = confirm(&LIMITS, 100);
        assert_eq!(check(&LIMITS, confirmed, 100, 51), Ok(()));
        assert_eq!(
            check(&LIMITS, 900, 250, 51),
            Err(SpendRefusal::Day { spent: 250, asked: 51, limit: 300 })
        );
        assert_eq!(check_limits(&DEFAULT), Ok(()));
        let loose = SpendLimits { per_day: MOST_PER_DAY + 1, ..DEFAULT };
        assert_eq!(check_limits(&loose).unwrap_err().code(), "bad_limit");
    }

    proptest! {
        #[test]
        fn nobody_passes_the_limit_of_a_day_and_a_word_confirmed_is_not_said_again(
            gifts in prop::collection::vec(1_i64..=120, 0..20),
        ) {
            let (mut spent, mut confirmed) = (0, 0);
            for asked in gifts {
                let mut answer = check(&LIMITS, confirmed, spent, asked);
                if matches!(answer, Err(SpendRefusal::Reminder { .. })) {
                    confirmed = confirm(&LIMITS, spent);
                    answer = check(&LIMITS, confirmed, spent, asked);
                    let reminded = matches!(answer, Err(SpendRefusal::Reminder { .. }));
                    prop_assert!(!reminded);
                }
                spent += if answer.is_ok() { asked } else { 0 };
                prop_assert!(spent <= LIMITS.per_day);
            }
        }
    }
}
