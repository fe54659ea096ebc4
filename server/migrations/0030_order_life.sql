-- Orders go on after payment: they are shipped, delivered, and paid back in part or whole, with a history. The tables are made
-- anew, children first out of the way, since no constraint of a table can be changed in place everywhere.

CREATE TABLE orders_life (
    id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    stage TEXT NOT NULL CHECK (stage IN ('held', 'paying', 'paid', 'shipped', 'delivered', 'refunded', 'cancelled',
        'expired')),
    subtotal BIGINT NOT NULL,
    discount BIGINT NOT NULL CHECK (discount >= 0),
    -- The fee, and what a coupon takes off it.
    shipping BIGINT NOT NULL DEFAULT 0 CHECK (shipping >= 0),
    shipping_discount BIGINT NOT NULL DEFAULT 0 CHECK (shipping_discount >= 0 AND shipping_discount <= shipping),
    total BIGINT NOT NULL CHECK (total >= 0 AND total = subtotal - discount + shipping - shipping_discount),
    currency TEXT NOT NULL,
    placed BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    -- Payments asked of the provider so far, and how the last one was to be made.
    attempts BIGINT NOT NULL DEFAULT 0,
    method TEXT,
    payment TEXT,
    paid BIGINT,
    carrier TEXT,
    tracking TEXT,
    -- What was paid back, and how much of it of the shipping fee.
    refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= total),
    refunded_shipping BIGINT NOT NULL DEFAULT 0
        CHECK (refunded_shipping >= 0 AND refunded_shipping <= shipping - shipping_discount),
    CHECK ((stage IN ('paid', 'shipped', 'delivered', 'refunded')) = (payment IS NOT NULL)),
    CHECK ((stage IN ('paid', 'shipped', 'delivered', 'refunded')) = (paid IS NOT NULL)),
    CHECK (refunded = 0 OR payment IS NOT NULL),
    CHECK (stage <> 'refunded' OR refunded = total)
);
INSERT INTO orders_life (id, room_id, user_id, stage, subtotal, discount, total, currency, placed, held_until, attempts,
    method, payment, paid)
    SELECT id, room_id, user_id, stage, subtotal, discount, total, currency, placed, held_until, attempts, method,
        payment, paid FROM orders;

CREATE TABLE order_lines_life (
    order_id TEXT NOT NULL REFERENCES orders_life (id),
    position BIGINT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    title TEXT NOT NULL,
    unit_price BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    -- The line's share of the order's discount.
    discount BIGINT NOT NULL DEFAULT 0 CHECK (discount >= 0 AND discount <= unit_price * quantity),
    -- Items that were paid back, what for them, and how many of them are sold again.
    refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= quantity),
    refunded_amount BIGINT NOT NULL DEFAULT 0
        CHECK (refunded_amount >= 0 AND refunded_amount <= unit_price * quantity - discount),
    restocked BIGINT NOT NULL DEFAULT 0 CHECK (restocked >= 0 AND restocked <= refunded),
    PRIMARY KEY (order_id, position)
);
-- Until now an order had one line, which bore all of the discount.
INSERT INTO order_lines_life (order_id, position, product_id, title, unit_price, quantity, discount)
    SELECT l.order_id, l.position, l.product_id, l.title, l.unit_price, l.quantity, o.discount
        FROM order_lines l JOIN orders o ON o.id = l.order_id;

-- The coupons that an order uses, and what each takes off.
CREATE TABLE order_coupons (
    order_id TEXT NOT NULL REFERENCES orders_life (id),
    coupon_id BIGINT NOT NULL REFERENCES coupons (id),
    discount BIGINT NOT NULL CHECK (discount >= 0),
    PRIMARY KEY (order_id, coupon_id)
);
INSERT INTO order_coupons (order_id, coupon_id, discount)
    SELECT id, coupon_id, discount FROM orders WHERE coupon_id IS NOT NULL;

CREATE TABLE coupon_claims_life (
    coupon_id BIGINT NOT NULL REFERENCES coupons (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    -- The user's first, second … of this coupon.
    number BIGINT NOT NULL CHECK (number > 0),
    claimed BIGINT NOT NULL,
    -- The order that holds or has used it.
    order_id TEXT REFERENCES orders_life (id),
    PRIMARY KEY (coupon_id, user_id, number)
);
INSERT INTO coupon_claims_life (coupon_id, user_id, number, claimed, order_id)
    SELECT coupon_id, user_id, 1, claimed, order_id FROM coupon_claims;

DROP TABLE coupon_claims;
DROP TABLE order_lines;
DROP TABLE orders;
ALTER TABLE orders_life RENAME TO orders;
ALTER TABLE order_lines_life RENAME TO order_lines;
ALTER TABLE coupon_claims_life RENAME TO coupon_claims;

CREATE INDEX orders_by_user ON orders (user_id, placed);
CREATE INDEX orders_by_room ON orders (room_id, placed);
CREATE INDEX orders_by_stage ON orders (stage, held_until);
CREATE INDEX order_lines_by_product ON order_lines (product_id);
CREATE INDEX order_coupons_by_coupon ON order_coupons (coupon_id);
CREATE INDEX coupon_claims_by_order ON coupon_claims (order_id);
-- Of one coupon an order uses one claim.
CREATE UNIQUE INDEX coupon_claims_used ON coupon_claims (order_id, coupon_id) WHERE order_id IS NOT NULL;

-- Where an order stood since when, and by whom it was moved there: nowhere twice.
CREATE TABLE order_steps (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    from_status TEXT,
    to_status TEXT NOT NULL CHECK (to_status IN ('held', 'paid', 'shipped', 'delivered', 'refunded', 'cancelled',
        'expired')),
    time BIGINT NOT NULL,
    -- What they were to the order: shopper, shop, or server; and which user it was, if it was one.
    actor TEXT NOT NULL CHECK (actor IN ('shopper', 'shop', 'server')),
    user_id BIGINT REFERENCES users (id),
    PRIMARY KEY (order_id, position),
    UNIQUE (order_id, to_status),
    CHECK ((position = 0) = (from_status IS NULL))
);
INSERT INTO order_steps (order_id, position, to_status, time, actor, user_id)
    SELECT id, 0, 'held', placed, 'shopper', user_id FROM orders;
INSERT INTO order_steps (order_id, position, from_status, to_status, time, actor, user_id)
    SELECT id, 1, 'held', 'paid', paid, 'shopper', user_id FROM orders WHERE paid IS NOT NULL;
-- When an order was cancelled was not kept; no later than this.
INSERT INTO order_steps (order_id, position, from_status, to_status, time, actor, user_id)
    SELECT id, 1, 'held', 'cancelled', held_until, 'shopper', user_id FROM orders WHERE stage = 'cancelled';
INSERT INTO order_steps (order_id, position, from_status, to_status, time, actor)
    SELECT id, 1, 'held', 'expired', held_until, 'server' FROM orders WHERE stage = 'expired';

-- Money paid back. The provider is asked under the refund's own name, which follows from the request: asked again, it is the
-- same refund.
CREATE TABLE refunds (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    stage TEXT NOT NULL CHECK (stage IN ('pending', 'done', 'failed')),
    shipping BIGINT NOT NULL CHECK (shipping >= 0),
    amount BIGINT NOT NULL CHECK (amount >= shipping),
    restock BIGINT NOT NULL CHECK (restock IN (0, 1)),
    reason TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    asked BIGINT NOT NULL,
    ended BIGINT,
    -- The provider's own name for it.
    reference TEXT,
    CHECK ((stage = 'pending') = (ended IS NULL)),
    CHECK ((stage = 'done') = (reference IS NOT NULL))
);
CREATE INDEX refunds_by_order ON refunds (order_id, asked);
-- One at a time: what is left to be paid back is then never counted twice.
CREATE UNIQUE INDEX refunds_pending ON refunds (order_id) WHERE stage = 'pending';

CREATE TABLE refund_lines (
    refund_id TEXT NOT NULL REFERENCES refunds (id),
    position BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (refund_id, position)
);
