use super::Check;

/// Checks of red packets, hosts' income and withdrawals.
pub(super) const CHECKS: &[Check] = &[
    Check {
        what: "what of a red packet was taken and what was not come to the packet",
        things: "red packets",
        count: "SELECT COUNT(*) FROM red_packets",
        wrong: "SELECT 'packet ' || p.id AS subject, p.coins - p.coins_left AS expected, \
            CAST(COALESCE(SUM(s.coins), 0) AS BIGINT) AS found FROM red_packets p \
            LEFT JOIN red_packet_shares s ON s.packet_id = p.id \
            GROUP BY p.id, p.coins, p.coins_left, p.shares, p.shares_left \
            HAVING p.coins - p.coins_left <> COALESCE(SUM(s.coins), 0) \
            OR p.shares - p.shares_left <> COUNT(s.user_id) ORDER BY p.id",
    },
    Check {
        what: "a red packet was filled, and holds what nobody took until it is over",
        things: "red packets",
        count: "SELECT COUNT(*) FROM red_packets",
        wrong: "SELECT 'packet ' || p.id AS subject, \
            CASE WHEN p.ended IS NULL THEN p.coins_left ELSE 0 END AS expected, COALESCE(b.balance, 0) AS found \
            FROM red_packets p LEFT JOIN ledger_balances b ON b.account = 'red_packet:' || p.id AND b.unit = 'coins' \
            LEFT JOIN ledger_transfers t ON t.id = 'packet:' || p.id LEFT JOIN ledger_entries e \
            ON e.transfer_seq = t.seq AND e.account = 'wallet:' || p.user_id WHERE \
            CASE WHEN p.ended IS NULL THEN p.coins_left ELSE 0 END <> COALESCE(b.balance, 0) \
            OR COALESCE(e.amount, 0) <> -p.coins ORDER BY p.id",
    },
    Check {
        what: "a share of a red packet was paid out, once",
        things: "shares",
        count: "SELECT COUNT(*) FROM red_packet_shares",
        wrong: "SELECT 'packet ' || s.packet_id || ' user ' || s.user_id AS subject, s.coins AS expected, \
            COALESCE(e.amount, 0) AS found FROM red_packet_shares s LEFT JOIN ledger_transfers t \
            ON t.id = 'packet:' || s.packet_id || ':share:' || s.user_id LEFT JOIN ledger_entries e \
            ON e.transfer_seq = t.seq AND e.account = 'wallet:' || s.user_id \
            WHERE COALESCE(e.amount, 0) <> s.coins ORDER BY s.packet_id, s.user_id",
    },
    Check {
        what: "what the ledger gave out of red packets are shares and rests",
        things: "transfers out of red packets",
        count: "SELECT COUNT(*) FROM ledger_transfers WHERE kind IN ('packet_share', 'packet_returned')",
        wrong: "SELECT 'the ledger' AS subject, (SELECT COUNT(*) FROM red_packet_shares) + \
            (SELECT COUNT(*) FROM red_packets WHERE ended IS NOT NULL AND coins_left > 0) AS expected, \
            COUNT(*) AS found FROM ledger_transfers WHERE kind IN ('packet_share', 'packet_returned') \
            HAVING COUNT(*) <> (SELECT COUNT(*) FROM red_packet_shares) + \
            (SELECT COUNT(*) FROM red_packets WHERE ended IS NOT NULL AND coins_left > 0)",
    },
    Check {
        what: "what a host earned is what waits, is to be withdrawn, is on its way and is paid out",
        things: "hosts",
        count: "SELECT COUNT(*) FROM users WHERE role <> 'viewer'",
        wrong: "SELECT 'host ' || id AS subject, CAST(earned AS BIGINT) AS expected, CAST(there AS BIGINT) AS found \
            FROM (SELECT u.id, (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entries e JOIN ledger_transfers t \
            ON t.seq = e.transfer_seq WHERE t.kind IN ('gift', 'adjustment') AND e.unit = 'coins' AND e.account IN \
            ('pending:' || u.id, 'available:' || u.id, 'withdrawing:' || u.id, 'paid_out:' || u.id)) AS earned, \
            (SELECT COALESCE(SUM(b.balance), 0) FROM ledger_balances b WHERE b.unit = 'coins' AND b.account IN \
            ('pending:' || u.id, 'available:' || u.id, 'withdrawing:' || u.id, 'paid_out:' || u.id)) AS there \
            FROM users u WHERE u.role <> 'viewer') AS hosts WHERE earned <> there ORDER BY id",
    },
    Check {
        what: "income on its way out is what open withdrawals are about",
        things: "hosts",
        count: "SELECT COUNT(DISTINCT user_id) FROM withdrawals",
        wrong: "SELECT 'host ' || w.user_id AS subject, w.coins AS expected, COALESCE(b.balance, 0) AS found \
            FROM (SELECT user_id, CAST(SUM(CASE WHEN ended IS NULL THEN coins ELSE 0 END) AS BIGINT) AS coins \
            FROM withdrawals GROUP BY user_id) AS w LEFT JOIN ledger_balances b \
            ON b.account = 'withdrawing:' || w.user_id AND b.unit = 'coins' \
            WHERE w.coins <> COALESCE(b.balance, 0) ORDER BY w.user_id",
    },
    Check {
        what: "what the bank paid is what was approved by as many as it takes, never by the host",
        things: "withdrawals paid",
        count: "SELECT COUNT(*) FROM withdrawals WHERE stage = 'paid'",
        wrong: "SELECT 'withdrawal ' || w.id AS subject, CASE WHEN w.coins > 50000 THEN 2 ELSE 1 END AS expected, \
            COUNT(s.user_id) AS found FROM withdrawals w LEFT JOIN withdrawal_steps s \
            ON s.withdrawal_id = w.id AND s.step = 'approve' AND s.user_id <> w.user_id \
            WHERE w.stage IN ('approved', 'paid') GROUP BY w.id, w.coins \
            HAVING COUNT(s.user_id) < CASE WHEN w.coins > 50000 THEN 2 ELSE 1 END ORDER BY w.id",
    },
    Check {
        what: "a withdrawal that is paid was paid out of the shop's money once, in full",
        things: "withdrawals",
        count: "SELECT COUNT(*) FROM withdrawals",
        wrong: "SELECT 'withdrawal ' || w.id AS subject, CASE WHEN w.stage = 'paid' THEN w.amount ELSE 0 END AS expected, \
            COALESCE(e.amount, 0) AS found FROM withdrawals w LEFT JOIN ledger_transfers t \
            ON t.id = 'withdrawal:' || w.id || ':paid' LEFT JOIN ledger_entries e \
            ON e.transfer_seq = t.seq AND e.account = 'bank' AND e.unit = w.currency \
            WHERE COALESCE(e.amount, 0) <> CASE WHEN w.stage = 'paid' THEN w.amount ELSE 0 END ORDER BY w.id",
    },
];
