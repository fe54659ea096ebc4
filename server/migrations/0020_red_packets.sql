-- Red packets: coins that a user put up for others in a room, and who took which share. The coins lie in the ledger's account
-- of the packet until then.

CREATE TABLE red_packets (
    id BIGINT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    -- Who sent it.
    user_id BIGINT NOT NULL REFERENCES users (id),
    split TEXT NOT NULL CHECK (split IN ('equal', 'luck')),
    coins BIGINT NOT NULL CHECK (coins > 0),
    shares BIGINT NOT NULL CHECK (shares > 0 AND shares <= coins),
    -- What nobody took; returned to the sender once it ended.
    coins_left BIGINT NOT NULL CHECK (coins_left >= shares_left AND coins_left <= coins),
    shares_left BIGINT NOT NULL CHECK (shares_left >= 0 AND shares_left <= shares),
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    -- When the last share was taken, or the rest was returned.
    ended BIGINT,
    CHECK ((shares_left = 0) = (coins_left = 0)),
    CHECK (shares_left > 0 OR ended IS NOT NULL)
);
CREATE INDEX red_packets_by_room ON red_packets (room_id, id);
CREATE INDEX red_packets_by_expires ON red_packets (ended, expires);

CREATE TABLE red_packet_shares (
    packet_id BIGINT NOT NULL REFERENCES red_packets (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    -- The first taken is 1.
    number BIGINT NOT NULL CHECK (number > 0),
    coins BIGINT NOT NULL CHECK (coins > 0),
    taken BIGINT NOT NULL,
    -- One each.
    PRIMARY KEY (packet_id, user_id),
    UNIQUE (packet_id, number)
);

-- The picture that an event belongs to, where it is not the newest there is when it is told.
ALTER TABLE outbox ADD COLUMN at BIGINT;
