//! What the demo's viewers give. The files lie in `gifts/`, beside the script that makes them.

use super::{ROOM, client::Client, server::Server};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

const CATALOGUE: &str = "xtask/src/demo/gifts/gifts.json";
/// Of so many gifts one takes the stage.
const LARGE_EVERY: usize = 3;
/// Taps in a row on a small one.
const TAPS: usize = 3;

/// The gifts in force.
pub(super) struct Gifts {
    version: i64,
    small: Vec<i64>,
    large: Vec<i64>,
    given: AtomicUsize,
}

impl Gifts {
    /// Puts them in force.
    pub(super) fn offer(server: &Server) -> Result<Self> {
        let catalogue: Value = serde_json::from_str(&server.admin(&["gifts", "import", CATALOGUE])?)?;
        let of = |tier: &str| -> Vec<i64> {
            let gifts = catalogue["gifts"].as_array().into_iter().flatten();
            gifts.filter(|gift| gift["tier"] == tier).filter_map(|gift| gift["id"].as_i64()).collect()
        };
        let version = catalogue["version"].as_i64().context("the catalogue has no version")?;
        Ok(Self { version, small: of("small"), large: of("luxury"), given: AtomicUsize::new(0) })
    }

    /// Has the next viewer give the next gift.
    pub(super) fn give(&self, viewers: &[Client]) -> Result<()> {
        let turn = self.given.fetch_add(1, Ordering::Relaxed);
        let viewer = viewers.get(turn % viewers.len().max(1)).context("nobody watches")?;
        let large = turn % LARGE_EVERY == LARGE_EVERY - 1;
        let (gifts, taps) = if large { (&self.large, 1) } else { (&self.small, TAPS) };
        let number = if large { turn / LARGE_EVERY } else { turn };
        let gift = gifts.get(number % gifts.len().max(1)).context("no such gift")?;
        for tap in 0..taps {
            let send = json!({
                "type": "send_gift",
                "client_id": format!("demo-gift-{turn}-{tap}"),
                "gift": gift,
                "count": 1,
                "combo": format!("demo-{turn}"),
                "catalogue_version": self.version,
            });
            viewer.post(&format!("/api/v1/rooms/{ROOM}/commands"), &send)?;
        }
        Ok(())
    }
}
