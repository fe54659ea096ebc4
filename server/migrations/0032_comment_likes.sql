-- Who likes which comment: once each.
CREATE TABLE comment_likes (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    -- The comment's number in the room's log.
    comment BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (room_id, comment, user_id)
);

-- How many do, and how many of them the log has told of.
CREATE TABLE liked_comments (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    comment BIGINT NOT NULL,
    likes BIGINT NOT NULL CHECK (likes > 0),
    told BIGINT NOT NULL DEFAULT 0 CHECK (told <= likes),
    PRIMARY KEY (room_id, comment)
);
CREATE INDEX liked_comments_untold ON liked_comments (room_id, comment) WHERE told < likes;
