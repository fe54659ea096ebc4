//! What must hold of the data, whatever happened to the process: each check is a query for what breaks it. Reads only, and
//! trusts none of the code that writes.

mod orders;
mod wallet;

use super::{Db, StoreError};
use futures_util::TryStreamExt;
use protocol::EventBody;
use std::collections::BTreeMap;

/// Something that must hold.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What must hold, as a sentence.
    pub what: &'static str,
    /// What is looked at.
    pub things: &'static str,
    /// Counts them.
    count: &'static str,
    /// What breaks it: its name, what was expected of it, what was found.
    wrong: &'static str,
}

/// What breaks a check.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Finding {
    /// Which thing.
    pub subject: String,
    /// What was expected of it.
    pub expected: i64,
    /// What was found.
    pub found: i64,
}

/// Findings told of one check; a hundred more tell nothing more.
pub const MOST_FINDINGS: usize = 20;

/// Every check: what the shop, the ledger and the wallets promise.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().chain(orders::CHECKS).chain(wallet::CHECKS)
}

/// Those of the ledger, and of what moves it.
const CHECKS: &[Check] = &[
    Check {
        what: "places in the ledger have no holes",
        things: "transfers",
        count: "SELECT COUNT(*) FROM ledger_transfers",
        wrong: "SELECT 'the ledger' AS subject, COALESCE(MAX(seq), 0) AS expected, COUNT(*) AS found \
            FROM ledger_transfers HAVING COALESCE(MAX(seq), 0) <> COUNT(*)",
    },
    Check {
        what: "the entries of a transfer sum to zero in each unit",
        things: "transfers",
        count: "SELECT COUNT(*) FROM ledger_transfers",
        wrong: "SELECT 'transfer ' || transfer_seq || ' in ' || unit AS subject, 0 AS expected, \
            CAST(SUM(amount) AS BIGINT) AS found FROM ledger_entries \
            GROUP BY transfer_seq, unit HAVING SUM(amount) <> 0 ORDER BY transfer_seq",
    },
    Check {
        what: "a transfer has two entries or more",
        things: "transfers",
        count: "SELECT COUNT(*) FROM ledger_transfers",
        wrong: "SELECT 'transfer ' || t.seq AS subject, 2 AS expected, COUNT(e.account) AS found \
            FROM ledger_transfers t LEFT JOIN ledger_entries e ON e.transfer_seq = t.seq \
            GROUP BY t.seq HAVING COUNT(e.account) < 2 ORDER BY t.seq",
    },
    Check {
        what: "a recharge that was paid was credited once, with the coins and the price that were offered",
        things: "recharges",
        count: "SELECT COUNT(*) FROM recharges",
        wrong: "SELECT 'recharge ' || r.id AS subject, \
            CASE WHEN r.stage = 'paid' OR (r.stage = 'undone' AND EXISTS (SELECT 1 FROM ledger_transfers u \
            WHERE u.id = 'recharge:' || r.id || ':undone')) THEN r.coins ELSE 0 END AS expected, \
            CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS found FROM recharges r \
            LEFT JOIN ledger_transfers t ON t.id = 'recharge:' || r.id AND t.kind = 'recharge' \
            LEFT JOIN ledger_entries e ON e.transfer_seq = t.seq AND e.unit = 'coins' \
            AND e.account = 'wallet:' || r.user_id GROUP BY r.id, r.stage, r.coins \
            HAVING CASE WHEN r.stage = 'paid' OR (r.stage = 'undone' AND EXISTS (SELECT 1 FROM ledger_transfers u \
            WHERE u.id = 'recharge:' || r.id || ':undone')) THEN r.coins ELSE 0 END \
            <> COALESCE(SUM(e.amount), 0) ORDER BY r.id",
    },
    Check {
        what: "every recharge in the ledger is one that was asked for, at its price",
        things: "credited recharges",
        count: "SELECT COUNT(*) FROM ledger_transfers WHERE kind = 'recharge'",
        wrong: "SELECT 'transfer ' || t.seq AS subject, COALESCE(r.price, 0) AS expected, e.amount AS found \
            FROM ledger_transfers t JOIN ledger_entries e ON e.transfer_seq = t.seq AND e.account = 'house' \
            AND e.unit <> 'coins' LEFT JOIN recharges r ON t.id = 'recharge:' || r.id AND e.unit = r.currency \
            WHERE t.kind = 'recharge' AND (r.id IS NULL OR r.price <> e.amount) ORDER BY t.seq",
    },
    Check {
        what: "what of a recharge was taken back and what was lacking come to its coins",
        things: "recharges undone",
        count: "SELECT COUNT(*) FROM ledger_transfers WHERE kind = 'recharge_undone'",
        wrong: "SELECT 'recharge ' || r.id AS subject, r.coins - r.shortfall AS expected, \
            CAST(-COALESCE(SUM(e.amount), 0) AS BIGINT) AS found FROM recharges r \
            JOIN ledger_transfers t ON t.id = 'recharge:' || r.id || ':undone' \
            LEFT JOIN ledger_entries e ON e.transfer_seq = t.seq AND e.account = 'wallet:' || r.user_id \
            GROUP BY r.id, r.coins, r.shortfall \
            HAVING r.coins - r.shortfall <> -COALESCE(SUM(e.amount), 0) ORDER BY r.id",
    },
    Check {
        what: "what a host waits for is what is held",
        things: "holds",
        count: "SELECT COUNT(*) FROM income_holds",
        wrong: "SELECT 'host ' || h.host_id AS subject, h.held AS expected, COALESCE(b.balance, 0) AS found \
            FROM (SELECT host_id, CAST(SUM(CASE WHEN released = 0 THEN amount ELSE 0 END) AS BIGINT) AS held \
            FROM income_holds GROUP BY host_id) AS h LEFT JOIN ledger_balances b \
            ON b.account = 'pending:' || h.host_id AND b.unit = 'coins' \
            WHERE h.held <> COALESCE(b.balance, 0) ORDER BY h.host_id",
    },
    Check {
        what: "what a viewer gave away by the hour is what the ledger says",
        things: "hours",
        count: "SELECT COUNT(*) FROM gift_spending",
        wrong: "SELECT 'user ' || s.user_id AS subject, CAST(COALESCE(-SUM(e.amount), 0) AS BIGINT) AS expected, \
            s.coins AS found FROM (SELECT user_id, CAST(SUM(coins) AS BIGINT) AS coins FROM gift_spending \
            GROUP BY user_id) AS s LEFT JOIN (SELECT e.account, e.amount FROM ledger_entries e \
            JOIN ledger_transfers t ON t.seq = e.transfer_seq WHERE t.kind IN ('gift', 'packet_filled') AND e.amount < 0) AS e \
            ON e.account = 'wallet:' || s.user_id GROUP BY s.user_id, s.coins \
            HAVING COALESCE(-SUM(e.amount), 0) <> s.coins ORDER BY s.user_id",
    },
    Check {
        what: "a room's log has no holes",
        things: "rooms",
        count: "SELECT COUNT(*) FROM rooms",
        wrong: "SELECT 'room ' || room_id AS subject, MAX(seq) AS expected, COUNT(*) AS found FROM room_events \
            GROUP BY room_id HAVING MAX(seq) <> COUNT(*) ORDER BY room_id",
    },
];

impl Check {
    /// How many things it looks at, and what is wrong with them, at most [`MOST_FINDINGS`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn run(&self, db: &mut Db) -> Result<(i64, Vec<Finding>), StoreError> {
        let count = sqlx::query_scalar(self.count).fetch_one(&mut *db).await?;
        let mut found: Vec<Finding> = sqlx::query_as(self.wrong).fetch_all(db).await?;
        found.truncate(MOST_FINDINGS);
        Ok((count, found))
    }
}

/// What the gifts of each room cost: as they were shown, and as they were paid for. Both in coins.
///
/// # Errors
/// When the store fails.
pub async fn gifts(db: &mut Db) -> Result<BTreeMap<String, (i128, i128)>, StoreError> {
    let mut rooms: BTreeMap<String, (i128, i128)> = BTreeMap::new();
    {
        let mut shown = sqlx::query_as::<_, (String, String)>(
            "SELECT room_id, body FROM room_events WHERE kind = 'gift_sent' ORDER BY room_id, seq",
        )
        .fetch(&mut *db);
        while let Some((room, body)) = shown.try_next().await? {
            let body = serde_json::from_str(&body)
                .map_err(|error| StoreError::corrupt("room_events.body", error))?;
            let EventBody::GiftSent(sent) = body else { continue };
            let coins = i128::from(sent.gift.price).saturating_mul(i128::from(sent.count));
            let sum = rooms.entry(room).or_default();
            sum.0 = sum.0.saturating_add(coins);
        }
    }
    let paid: Vec<(String, i64)> = sqlx::query_as(
        "SELECT t.room_id, CAST(-SUM(e.amount) AS BIGINT) FROM ledger_transfers t \
         JOIN ledger_entries e ON e.transfer_seq = t.seq AND e.amount < 0 \
         WHERE t.kind = 'gift' AND t.room_id IS NOT NULL GROUP BY t.room_id",
    )
    .fetch_all(db)
    .await?;
    for (room, coins) in paid {
        rooms.entry(room).or_default().1 = i128::from(coins);
    }
    Ok(rooms)
}
