-- Coupons that give a product: of class 'items' with the one product in `products`, since the check of `class` cannot be
-- changed in place everywhere.
ALTER TABLE coupons ADD COLUMN gift BIGINT NOT NULL DEFAULT 0 CHECK (gift IN (0, 1));
