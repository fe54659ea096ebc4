//! Waiting for something to become true, with a limit that says what was waited for.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How often a condition is looked at.
const EVERY: Duration = Duration::from_millis(50);

/// Calls `look` until it finds something; fails with `what` after `limit`.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if started.elapsed() > limit {
            bail!("waited {} s in vain: {what}", limit.as_secs_f32());
        }
        tokio::time::sleep(EVERY).await;
    }
}
