-- Comments that a host imported into a show that is over. No account is behind them, so they are not in the log; a replay
-- shows them with it.
CREATE TABLE imported_comments (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    -- Number in the log of the event that began the show.
    show_id BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    -- The picture that it belongs to.
    at BIGINT NOT NULL,
    -- When it was imported.
    time BIGINT NOT NULL,
    mode TEXT NOT NULL,
    color BIGINT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (room_id, show_id, number)
);
