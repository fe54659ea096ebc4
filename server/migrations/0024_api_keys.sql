-- Keys for merchants' programs: what a program may do in its user's name, and no more.

CREATE TABLE api_keys (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- SHA-256 of the key: who reads the table cannot use it.
    token_hash TEXT NOT NULL UNIQUE,
    -- How it begins, so that its owner knows it again.
    prefix TEXT NOT NULL,
    -- What it may do, a space between two.
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    -- To the minute.
    last_used BIGINT,
    revoked BIGINT
);
CREATE INDEX api_keys_by_user ON api_keys (user_id, id);
