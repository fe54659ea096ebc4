-- Variants, prices for a while, limits, shipping fees, addresses and invoices, and coupons of more kinds.

ALTER TABLE rooms ADD COLUMN shipping_fee BIGINT CHECK (shipping_fee >= 0);
ALTER TABLE rooms ADD COLUMN shipping_free_from BIGINT CHECK (shipping_free_from >= 0);
ALTER TABLE rooms ADD COLUMN shipping_currency TEXT;

ALTER TABLE products ADD COLUMN sku TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN live_price BIGINT CHECK (live_price > 0);
ALTER TABLE products ADD COLUMN live_from BIGINT;
ALTER TABLE products ADD COLUMN live_until BIGINT;
ALTER TABLE products ADD COLUMN per_order BIGINT CHECK (per_order > 0);
ALTER TABLE products ADD COLUMN per_user BIGINT CHECK (per_user > 0);

-- A product that has any is sold as one of them; its own counts of items are the sums of theirs.
CREATE TABLE variants (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    -- What it differs in, JSON: read together and never joined.
    options TEXT NOT NULL,
    sku TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    compare_at BIGINT CHECK (compare_at > price),
    live_price BIGINT CHECK (live_price > 0 AND live_price < price),
    live_from BIGINT,
    live_until BIGINT,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    UNIQUE (product_id, options),
    CHECK (on_hand - held - sold >= 0)
);

ALTER TABLE orders ADD COLUMN address TEXT;
ALTER TABLE orders ADD COLUMN invoice TEXT;
ALTER TABLE order_lines ADD COLUMN variant_id BIGINT REFERENCES variants (id);
ALTER TABLE order_lines ADD COLUMN options TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN sku TEXT NOT NULL DEFAULT '';

ALTER TABLE coupons ADD COLUMN class TEXT NOT NULL DEFAULT 'order' CHECK (class IN ('items', 'order', 'shipping'));
ALTER TABLE coupons ADD COLUMN percent_off BIGINT CHECK (percent_off BETWEEN 1 AND 100);
-- The products that it is for, a JSON list.
ALTER TABLE coupons ADD COLUMN products TEXT NOT NULL DEFAULT '[]';
ALTER TABLE coupons ADD COLUMN exclusive BIGINT NOT NULL DEFAULT 0 CHECK (exclusive IN (0, 1));
ALTER TABLE coupons ADD COLUMN per_user BIGINT NOT NULL DEFAULT 1 CHECK (per_user > 0);
ALTER TABLE coupons ADD COLUMN starts BIGINT;
ALTER TABLE coupons ADD COLUMN code TEXT;
CREATE UNIQUE INDEX coupons_by_code ON coupons (room_id, code);
