//! When a message is tried again. Knows no clock, and draws no numbers.

/// Milliseconds from one attempt to the next, as Standard Webhooks suggests: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h
/// and 24 h.
const DELAYS: [i64; 9] =
    [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000];
/// A webhook that has taken nothing for so long is given up, in milliseconds: five days, longer than a message is tried.
pub(super) const GIVE_UP_MS: i64 = 5 * 24 * 3_600_000;

/// How long to wait after so many attempts, in milliseconds; none when it was tried often enough. `bits` are random: a tenth
/// either way, so that what failed together does not come back together.
pub(super) fn delay(attempts: i64, bits: u64) -> Option<i64> {
    let attempt = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let delay = *DELAYS.get(attempt)?;
    let part = i64::try_from(bits % 2_001).unwrap_or(0) - 1_000;
    // At most a day times a thousand.
    Some(delay + delay / 10 * part / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_wait_is_the_schedules_to_a_tenth(attempt in 1_i64..=9, bits: u64) {
            let (wait, plan) = (delay(attempt, bits).unwrap(), DELAYS[usize::try_from(attempt).unwrap() - 1]);
            prop_assert!((plan - plan / 10..=plan + plan / 10).contains(&wait), "{wait} for {plan}");
        }
    }

    #[test]
    fn a_message_is_tried_for_three_days_and_then_no_more() {
        let all: i64 = (1..).map_while(|attempt| delay(attempt, 1_000)).sum();
        assert_eq!(all / 3_600_000, 75);
        assert!(all < GIVE_UP_MS);
        assert_eq!((delay(0, 0), delay(-1, 0), delay(10, 0)), (None, None, None));
    }
}
