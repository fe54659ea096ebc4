-- Plain SQL that SQLite and PostgreSQL both take. Identifiers are made by the application; times are milliseconds since
-- the Unix epoch; amounts are minor units of `currency`.

CREATE TABLE users (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- What names that nobody can tell apart have in common.
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'host', 'admin')),
    -- argon2id as a PHC string; none for a user who only has bearer tokens.
    password_hash TEXT,
    created BIGINT NOT NULL
);

CREATE TABLE sessions (
    -- SHA-256 of the token: who reads the table cannot log in with it.
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX sessions_by_expires ON sessions (expires);

CREATE TABLE rooms (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    host_id BIGINT NOT NULL REFERENCES users (id),
    cover TEXT NOT NULL,
    stream_key TEXT NOT NULL UNIQUE,
    created BIGINT NOT NULL
);

-- The one log: append-only, no holes.
CREATE TABLE room_events (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    time BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (room_id, seq)
);
-- A room is folded from the few events that are not comments.
CREATE INDEX room_events_by_kind ON room_events (room_id, kind, seq);

CREATE TABLE products (
    id BIGINT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    image TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    compare_at BIGINT CHECK (compare_at > price),
    currency TEXT NOT NULL,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    created BIGINT NOT NULL,
    -- Never oversold, whatever the code above does.
    CHECK (on_hand - held - sold >= 0)
);
CREATE INDEX products_by_room ON products (room_id, id);

CREATE TABLE coupons (
    id BIGINT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    title TEXT NOT NULL,
    amount_off BIGINT NOT NULL CHECK (amount_off > 0),
    min_spend BIGINT NOT NULL CHECK (min_spend >= 0),
    currency TEXT NOT NULL,
    total BIGINT NOT NULL CHECK (total > 0),
    claimed BIGINT NOT NULL DEFAULT 0 CHECK (claimed >= 0 AND claimed <= total),
    released BIGINT NOT NULL DEFAULT 0 CHECK (released IN (0, 1)),
    expires BIGINT,
    created BIGINT NOT NULL
);
CREATE INDEX coupons_by_room ON coupons (room_id, id);

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    stage TEXT NOT NULL CHECK (stage IN ('held', 'paying', 'paid', 'cancelled', 'expired')),
    subtotal BIGINT NOT NULL,
    discount BIGINT NOT NULL CHECK (discount >= 0),
    total BIGINT NOT NULL CHECK (total >= 0 AND total = subtotal - discount),
    currency TEXT NOT NULL,
    coupon_id BIGINT REFERENCES coupons (id),
    placed BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    -- Payments asked of the provider so far, and how the last one was to be made.
    attempts BIGINT NOT NULL DEFAULT 0,
    method TEXT,
    payment TEXT,
    paid BIGINT,
    CHECK ((stage = 'paid') = (payment IS NOT NULL)),
    CHECK ((stage = 'paid') = (paid IS NOT NULL))
);
CREATE INDEX orders_by_user ON orders (user_id, placed);
CREATE INDEX orders_by_room ON orders (room_id, placed);
CREATE INDEX orders_by_stage ON orders (stage, held_until);

CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    title TEXT NOT NULL,
    unit_price BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, position)
);

CREATE TABLE coupon_claims (
    coupon_id BIGINT NOT NULL REFERENCES coupons (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    claimed BIGINT NOT NULL,
    -- The order that holds or has used it.
    order_id TEXT REFERENCES orders (id),
    PRIMARY KEY (coupon_id, user_id)
);

-- Events that are true already and wait to be told: written with what they tell, deleted with their place in the log.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    body TEXT NOT NULL
);
CREATE INDEX outbox_by_room ON outbox (room_id, id);

-- First answers under an Idempotency-Key.
CREATE TABLE idempotency (
    user_id BIGINT NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_by_created ON idempotency (created);
