-- How far the ledger was when a show ended, written with the event: what a room's ledger has between two ends is the show's.
CREATE TABLE show_marks (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    -- Number in the log of the event that ended the show.
    seq BIGINT NOT NULL,
    ledger_seq BIGINT NOT NULL CHECK (ledger_seq >= 0),
    PRIMARY KEY (room_id, seq)
);
-- Shows that ended before there were marks: by the clock.
INSERT INTO show_marks (room_id, seq, ledger_seq)
    SELECT e.room_id, e.seq,
        (SELECT COALESCE(MAX(t.seq), 0) FROM ledger_transfers t WHERE t.time <= e.time)
    FROM room_events e WHERE e.kind = 'show_ended';

-- Who lets their name stand in the lists of those who gave; nobody does who has not said so.
CREATE TABLE named_givers (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id),
    since BIGINT NOT NULL
);
