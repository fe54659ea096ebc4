/// First pause: short, as most breaks are a server's restart or a phone's change of cell.
const FIRST_MS: f64 = 400.0;

/// Longest pause: a viewer who waits longer reloads the page.
const LONGEST_MS: f64 = 15_000.0;

/// How long to wait before attempt number `attempt` (from 0), in milliseconds. `random` in 0..1 spreads the viewers of
/// a busy room, so that a restarted server does not meet them all at once.
pub(super) fn pause_ms(attempt: u32, random: f64) -> u32 {
    let longest = (FIRST_MS * 2_f64.powi(attempt.min(16).cast_signed())).min(LONGEST_MS);
    (longest * (0.5 + random / 2.0)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_are_spread_over_half_their_length() {
        assert_eq!(pause_ms(0, 0.0), 200);
        assert_eq!(pause_ms(0, 1.0), 400);
        assert_eq!(pause_ms(3, 1.0), 3_200);
        assert_eq!(pause_ms(u32::MAX, 1.0), 15_000);
    }
}
