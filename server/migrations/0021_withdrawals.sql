-- Hosts' income on its way to their banks, and who did what about it. The coins lie in the ledger's account for it meanwhile.

CREATE TABLE withdrawals (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    coins BIGINT NOT NULL CHECK (coins > 0),
    -- What the bank pays, fixed when it was asked for.
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    payee TEXT NOT NULL,
    account TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('requested', 'held', 'approved', 'paid', 'rejected', 'cancelled')),
    created BIGINT NOT NULL,
    -- When it was paid, rejected or cancelled.
    ended BIGINT,
    CHECK ((stage IN ('paid', 'rejected', 'cancelled')) = (ended IS NOT NULL))
);
CREATE INDEX withdrawals_by_user ON withdrawals (user_id, id);
CREATE INDEX withdrawals_by_stage ON withdrawals (stage, id);

-- Append-only.
CREATE TABLE withdrawal_steps (
    withdrawal_id BIGINT NOT NULL REFERENCES withdrawals (id),
    number BIGINT NOT NULL CHECK (number > 0),
    user_id BIGINT NOT NULL REFERENCES users (id),
    step TEXT NOT NULL CHECK (step IN ('approve', 'reject', 'pay', 'cancel')),
    note TEXT NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (withdrawal_id, number),
    -- Nobody does the same twice: four eyes are two people's.
    UNIQUE (withdrawal_id, user_id, step)
);
