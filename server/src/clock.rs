//! The server's clock and the identifiers made from it. Pure crates take both as arguments.

use protocol::ServerTime;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in milliseconds since the Unix epoch.
pub fn now() -> ServerTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    ServerTime(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// 2026-01-01T00:00:00Z: identifiers count from here, so that they stay below 2^53, which JavaScript counts exactly,
/// until 2095.
const EPOCH_MS: i64 = 1_767_225_600_000;

/// A new identifier, larger than all that this process made before; 4,096 a millisecond.
pub fn next_id() -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let floor = now().0.saturating_sub(EPOCH_MS).saturating_mul(4_096);
    let step = |last: i64| last.saturating_add(1).max(floor);
    match LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(step(last))) {
        Ok(last) | Err(last) => step(last),
    }
}

/// `N` bytes that cannot be guessed, in hexadecimal.
pub fn secret<const N: usize>() -> String {
    hex(&rand::random::<[u8; N]>())
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_grow_and_are_exact_in_javascript() {
        let ids: Vec<i64> = (0..10_000).map(|_| next_id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| *id < 1 << 53));
    }
}
