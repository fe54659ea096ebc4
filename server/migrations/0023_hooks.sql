-- Webhooks to merchants' own servers. A message and who is to have it are written with what it tells; they are the outbox
-- that the sender works off.

CREATE TABLE hooks (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    url TEXT NOT NULL,
    -- 32 bytes in hexadecimal that messages are signed with; needed as they are.
    secret TEXT NOT NULL,
    -- Kinds of messages, a space between two.
    kinds TEXT NOT NULL,
    created BIGINT NOT NULL,
    -- Since when no attempt got through.
    failing_since BIGINT,
    -- When it was given up, and why.
    disabled BIGINT,
    reason TEXT,
    CHECK ((disabled IS NULL) = (reason IS NULL))
);
CREATE INDEX hooks_by_user ON hooks (user_id, id);

CREATE TABLE hook_messages (
    -- As the receiver sees it, so that it knows one that comes twice.
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX hook_messages_by_created ON hook_messages (created);

CREATE TABLE hook_deliveries (
    id BIGINT NOT NULL PRIMARY KEY,
    hook_id BIGINT NOT NULL REFERENCES hooks (id),
    message_id TEXT NOT NULL REFERENCES hook_messages (id),
    attempts BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When it is tried next; none once it is delivered or given up.
    due BIGINT,
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'delivered', 'failed')),
    -- The last answer's HTTP status, or why there was none.
    status BIGINT,
    error TEXT,
    updated BIGINT NOT NULL,
    UNIQUE (hook_id, message_id),
    CHECK ((stage = 'waiting') = (due IS NOT NULL))
);
CREATE INDEX hook_deliveries_by_due ON hook_deliveries (due);
CREATE INDEX hook_deliveries_by_message ON hook_deliveries (message_id);
