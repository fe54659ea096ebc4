-- What hosts earn and viewers spend, beside the ledger: which income waits for how long, and who asked to be held back.

CREATE TABLE income_holds (
    -- The gift's transfer.
    transfer_seq BIGINT NOT NULL PRIMARY KEY REFERENCES ledger_transfers (seq),
    host_id BIGINT NOT NULL REFERENCES users (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- When it is the host's to withdraw.
    due BIGINT NOT NULL,
    released BIGINT NOT NULL DEFAULT 0 CHECK (released IN (0, 1))
);
CREATE INDEX income_holds_by_due ON income_holds (released, due);

-- Coins given away, by the hour since the Unix epoch: the fold of the gifts' entries, so that a day is 24 rows.
CREATE TABLE gift_spending (
    user_id BIGINT NOT NULL REFERENCES users (id),
    hour BIGINT NOT NULL,
    coins BIGINT NOT NULL CHECK (coins > 0),
    PRIMARY KEY (user_id, hour)
);

CREATE TABLE spend_limits (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id),
    per_gift BIGINT NOT NULL CHECK (per_gift >= 0),
    per_day BIGINT NOT NULL CHECK (per_day >= 0),
    remind_at BIGINT NOT NULL CHECK (remind_at > 0),
    -- What the user said they know of spending, and when.
    confirmed BIGINT NOT NULL DEFAULT 0,
    confirmed_at BIGINT NOT NULL DEFAULT 0
);
