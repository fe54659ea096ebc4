-- Comments that viewers say should not be: one report a viewer and comment.
CREATE TABLE reports (
    room_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    reporter_id BIGINT NOT NULL REFERENCES users (id),
    reason TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (room_id, seq, reporter_id),
    FOREIGN KEY (room_id, seq) REFERENCES room_events (room_id, seq)
);
CREATE INDEX reports_by_room ON reports (room_id, created);
CREATE INDEX reports_by_reporter ON reports (reporter_id, created);
