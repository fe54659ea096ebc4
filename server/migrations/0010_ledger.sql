-- Money and coins: append-only entries, and what they come to. Only `store::ledger` writes here, and nobody ever updates or
-- deletes a transfer or an entry: a mistake is put right by another transfer.

CREATE TABLE ledger_transfers (
    -- Their order, without holes: "up to here" for rankings and figures.
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    -- What is done, by name: a second one of the same name is the first.
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    room_id TEXT REFERENCES rooms (id),
    time BIGINT NOT NULL
);
CREATE INDEX ledger_transfers_by_room ON ledger_transfers (room_id, seq);

CREATE TABLE ledger_entries (
    transfer_seq BIGINT NOT NULL REFERENCES ledger_transfers (seq),
    account TEXT NOT NULL,
    -- An ISO 4217 code, or 'coins'.
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (transfer_seq, account, unit)
);
CREATE INDEX ledger_entries_by_account ON ledger_entries (account, transfer_seq);

-- The fold of the entries, so that nobody has to add them up: `livestall admin audit` does, and compares.
CREATE TABLE ledger_balances (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    balance BIGINT NOT NULL,
    PRIMARY KEY (account, unit),
    -- Never below zero, whatever the code above does; these two stand for the world outside and for the issuing of coins.
    CHECK (balance >= 0 OR account IN ('provider', 'house'))
);
