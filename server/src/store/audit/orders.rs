//! Stock, orders, refunds and coupons.

use super::Check;

/// What must hold of them.
pub(super) const CHECKS: &[Check] = &[
    Check {
        what: "no more is held and sold than is on hand",
        things: "products",
        count: "SELECT COUNT(*) FROM products",
        wrong: "SELECT 'product ' || id AS subject, on_hand AS expected, held + sold AS found \
            FROM products WHERE held < 0 OR sold < 0 OR on_hand - held - sold < 0 ORDER BY id",
    },
    Check {
        what: "what is held is what open orders hold",
        things: "products",
        count: "SELECT COUNT(*) FROM products",
        wrong: "SELECT 'product ' || p.id AS subject, CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) AS expected, \
            p.held AS found FROM products p LEFT JOIN (SELECT l.product_id, l.quantity FROM order_lines l \
            JOIN orders o ON o.id = l.order_id WHERE o.stage IN ('held', 'paying')) AS l ON l.product_id = p.id \
            GROUP BY p.id, p.held HAVING COALESCE(SUM(l.quantity), 0) <> p.held ORDER BY p.id",
    },
    Check {
        what: "what is sold is what paid orders bought and did not bring back, once",
        things: "products",
        count: "SELECT COUNT(*) FROM products",
        wrong: "SELECT 'product ' || p.id AS subject, CAST(COALESCE(SUM(l.kept), 0) AS BIGINT) AS expected, \
            p.sold AS found FROM products p LEFT JOIN (SELECT l.product_id, l.quantity - l.restocked AS kept \
            FROM order_lines l JOIN orders o ON o.id = l.order_id \
            WHERE o.stage IN ('paid', 'shipped', 'delivered', 'refunded')) AS l ON l.product_id = p.id \
            GROUP BY p.id, p.sold HAVING COALESCE(SUM(l.kept), 0) <> p.sold ORDER BY p.id",
    },
    Check {
        what: "a product's items are those of its variants",
        things: "products with variants",
        count: "SELECT COUNT(DISTINCT product_id) FROM variants",
        wrong: "SELECT 'product ' || p.id AS subject, CAST(SUM(v.on_hand) AS BIGINT) AS expected, \
            p.on_hand AS found FROM products p JOIN variants v ON v.product_id = p.id \
            GROUP BY p.id, p.on_hand, p.held, p.sold HAVING SUM(v.on_hand) <> p.on_hand \
            OR SUM(v.held) <> p.held OR SUM(v.sold) <> p.sold ORDER BY p.id",
    },
    Check {
        what: "what of a variant is held and sold is what orders hold and bought",
        things: "variants",
        count: "SELECT COUNT(*) FROM variants",
        wrong: "SELECT 'variant ' || v.id AS subject, \
            CAST(COALESCE(SUM(l.held), 0) + COALESCE(SUM(l.sold), 0) AS BIGINT) AS expected, \
            v.held + v.sold AS found FROM variants v LEFT JOIN (SELECT l.variant_id, \
            CASE WHEN o.stage IN ('held', 'paying') THEN l.quantity ELSE 0 END AS held, \
            CASE WHEN o.stage IN ('paid', 'shipped', 'delivered', 'refunded') THEN l.quantity - l.restocked ELSE 0 END \
            AS sold FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.variant_id IS NOT NULL) AS l \
            ON l.variant_id = v.id GROUP BY v.id, v.held, v.sold, v.on_hand \
            HAVING COALESCE(SUM(l.held), 0) <> v.held OR COALESCE(SUM(l.sold), 0) <> v.sold \
            OR v.on_hand - v.held - v.sold < 0 ORDER BY v.id",
    },
    Check {
        what: "an order's lines sum to its subtotal",
        things: "orders",
        count: "SELECT COUNT(*) FROM orders",
        wrong: "SELECT 'order ' || o.id AS subject, \
            CAST(COALESCE(SUM(l.unit_price * l.quantity), 0) AS BIGINT) AS expected, o.subtotal AS found \
            FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id GROUP BY o.id, o.subtotal \
            HAVING COALESCE(SUM(l.unit_price * l.quantity), 0) <> o.subtotal OR COUNT(l.order_id) = 0 ORDER BY o.id",
    },
    Check {
        what: "the lines' shares of a discount sum to it",
        things: "orders",
        count: "SELECT COUNT(*) FROM orders",
        wrong: "SELECT 'order ' || o.id AS subject, o.discount AS expected, \
            CAST(COALESCE(SUM(l.discount), 0) AS BIGINT) AS found FROM orders o \
            LEFT JOIN order_lines l ON l.order_id = o.id GROUP BY o.id, o.discount \
            HAVING COALESCE(SUM(l.discount), 0) <> o.discount ORDER BY o.id",
    },
    Check {
        what: "what coupons take off an order is its discount",
        things: "orders",
        count: "SELECT COUNT(*) FROM orders",
        wrong: "SELECT 'order ' || o.id AS subject, o.discount + o.shipping_discount AS expected, \
            CAST(COALESCE(SUM(c.discount), 0) AS BIGINT) AS found FROM orders o \
            LEFT JOIN order_coupons c ON c.order_id = o.id GROUP BY o.id, o.discount, o.shipping_discount \
            HAVING COALESCE(SUM(c.discount), 0) <> o.discount + o.shipping_discount ORDER BY o.id",
    },
    Check {
        what: "an order's total is its subtotal less its discount, with shipping, never below zero",
        things: "orders",
        count: "SELECT COUNT(*) FROM orders",
        wrong: "SELECT 'order ' || id AS subject, subtotal - discount + shipping - shipping_discount AS expected, \
            total AS found FROM orders WHERE total <> subtotal - discount + shipping - shipping_discount \
            OR total < 0 OR discount < 0 OR shipping_discount < 0 OR shipping_discount > shipping ORDER BY id",
    },
    Check {
        what: "an order's steps follow each other, and the last is where it stands",
        things: "steps",
        count: "SELECT COUNT(*) FROM order_steps",
        wrong: "SELECT 'order ' || o.id AS subject, 1 AS expected, CAST((SELECT COUNT(*) FROM order_steps s \
            WHERE s.order_id = o.id) AS BIGINT) AS found FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_steps s \
            WHERE s.order_id = o.id AND s.to_status = CASE WHEN o.stage = 'paying' THEN 'held' ELSE o.stage END \
            AND s.position = (SELECT MAX(t.position) FROM order_steps t WHERE t.order_id = o.id)) \
            OR EXISTS (SELECT 1 FROM order_steps s WHERE s.order_id = o.id AND s.position > 0 AND NOT EXISTS \
            (SELECT 1 FROM order_steps t WHERE t.order_id = o.id AND t.position = s.position - 1 \
            AND t.to_status = s.from_status AND t.time <= s.time)) ORDER BY o.id",
    },
    Check {
        what: "what was paid back for an order is what its refunds come to, and no more than was paid",
        things: "orders",
        count: "SELECT COUNT(*) FROM orders",
        wrong: "SELECT 'order ' || o.id AS subject, o.refunded AS expected, \
            CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) AS found FROM orders o \
            LEFT JOIN refunds r ON r.order_id = o.id AND r.stage = 'done' \
            GROUP BY o.id, o.refunded, o.refunded_shipping, o.total, o.stage \
            HAVING COALESCE(SUM(r.amount), 0) <> o.refunded OR COALESCE(SUM(r.shipping), 0) <> o.refunded_shipping \
            OR o.refunded > o.total OR (o.stage = 'refunded' AND o.refunded <> o.total) ORDER BY o.id",
    },
    Check {
        what: "a refund is the sum of its lines and of its part of the shipping fee",
        things: "refunds",
        count: "SELECT COUNT(*) FROM refunds",
        wrong: "SELECT 'refund ' || r.id AS subject, r.amount AS expected, \
            CAST(r.shipping + COALESCE(SUM(l.amount), 0) AS BIGINT) AS found FROM refunds r \
            LEFT JOIN refund_lines l ON l.refund_id = r.id GROUP BY r.id, r.amount, r.shipping \
            HAVING r.shipping + COALESCE(SUM(l.amount), 0) <> r.amount ORDER BY r.id",
    },
    Check {
        what: "what of a line was paid back is what refunds of it come to",
        things: "lines",
        count: "SELECT COUNT(*) FROM order_lines",
        wrong: "SELECT 'line ' || l.position || ' of order ' || l.order_id AS subject, \
            l.refunded_amount AS expected, CAST(COALESCE(SUM(b.amount), 0) AS BIGINT) AS found FROM order_lines l \
            LEFT JOIN (SELECT r.order_id, i.position, i.quantity, i.amount, r.restock FROM refund_lines i \
            JOIN refunds r ON r.id = i.refund_id WHERE r.stage = 'done') AS b \
            ON b.order_id = l.order_id AND b.position = l.position \
            GROUP BY l.order_id, l.position, l.refunded, l.refunded_amount, l.restocked, l.unit_price, l.quantity, \
            l.discount HAVING COALESCE(SUM(b.amount), 0) <> l.refunded_amount \
            OR COALESCE(SUM(b.quantity), 0) <> l.refunded \
            OR COALESCE(SUM(b.quantity * b.restock), 0) <> l.restocked \
            OR (l.refunded = l.quantity AND l.refunded_amount <> l.unit_price * l.quantity - l.discount) \
            ORDER BY l.order_id, l.position",
    },
    Check {
        what: "no more of a coupon are claimed than there are, and each claim is somebody's",
        things: "coupons",
        count: "SELECT COUNT(*) FROM coupons",
        wrong: "SELECT 'coupon ' || c.id AS subject, COUNT(k.user_id) AS expected, c.claimed AS found \
            FROM coupons c LEFT JOIN coupon_claims k ON k.coupon_id = c.id GROUP BY c.id, c.claimed, c.total \
            HAVING COUNT(k.user_id) <> c.claimed OR c.claimed > c.total ORDER BY c.id",
    },
    Check {
        what: "nobody claimed more of a coupon than one may",
        things: "coupons",
        count: "SELECT COUNT(*) FROM coupons",
        wrong: "SELECT 'coupon ' || c.id || ' of user ' || k.user_id AS subject, c.per_user AS expected, \
            COUNT(*) AS found FROM coupons c JOIN coupon_claims k ON k.coupon_id = c.id \
            GROUP BY c.id, c.per_user, k.user_id HAVING COUNT(*) > c.per_user ORDER BY c.id, k.user_id",
    },
    Check {
        what: "an order that uses a coupon has its shopper's claim",
        things: "orders with a coupon",
        count: "SELECT COUNT(DISTINCT order_id) FROM order_coupons",
        wrong: "SELECT 'order ' || o.id AS subject, 1 AS expected, 0 AS found FROM orders o \
            JOIN order_coupons c ON c.order_id = o.id \
            WHERE o.stage IN ('held', 'paying', 'paid', 'shipped', 'delivered') AND NOT EXISTS \
            (SELECT 1 FROM coupon_claims k WHERE k.order_id = o.id AND k.coupon_id = c.coupon_id \
            AND k.user_id = o.user_id) ORDER BY o.id",
    },
    Check {
        what: "a claim is used by an order of its own user that stands",
        things: "used claims",
        count: "SELECT COUNT(*) FROM coupon_claims WHERE order_id IS NOT NULL",
        wrong: "SELECT 'coupon ' || k.coupon_id || ' of user ' || k.user_id AS subject, 1 AS expected, 0 AS found \
            FROM coupon_claims k WHERE k.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o \
            JOIN order_coupons c ON c.order_id = o.id AND c.coupon_id = k.coupon_id \
            WHERE o.id = k.order_id AND o.user_id = k.user_id \
            AND o.stage IN ('held', 'paying', 'paid', 'shipped', 'delivered')) ORDER BY k.coupon_id, k.user_id",
    },
];
