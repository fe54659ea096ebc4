-- Coins bought through a payment provider. Coins are credited by the provider's signed word alone, once: the ledger's
-- transfer is named after the recharge.

CREATE TABLE recharges (
    id TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    package TEXT NOT NULL,
    -- What was offered, and what the provider must have taken for it: later changes of the price list change nothing.
    coins BIGINT NOT NULL CHECK (coins > 0),
    price BIGINT NOT NULL CHECK (price > 0),
    currency TEXT NOT NULL,
    provider TEXT NOT NULL,
    method TEXT NOT NULL,
    -- The provider's name for it, once it has one.
    reference TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('pending', 'failed', 'paid', 'undone')),
    created BIGINT NOT NULL,
    ended BIGINT,
    -- Coins that were spent already when the payment was taken back.
    shortfall BIGINT NOT NULL DEFAULT 0 CHECK (shortfall >= 0 AND shortfall <= coins),
    UNIQUE (provider, reference),
    CHECK ((stage = 'pending') = (ended IS NULL))
);
CREATE INDEX recharges_by_user ON recharges (user_id, created);
CREATE INDEX recharges_by_stage ON recharges (stage, created);

-- What providers told us, each event once, and what came of it.
CREATE TABLE webhook_events (
    provider TEXT NOT NULL,
    event TEXT NOT NULL,
    recharge_id TEXT REFERENCES recharges (id),
    outcome TEXT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (provider, event)
);
CREATE INDEX webhook_events_by_received ON webhook_events (received);
