use protocol::{LIMITS, LivePrice, Money, Product, ServerTime, Variant};

/// What is bought, as it stands at a moment: a product, or one of its variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What one costs.
    pub(crate) price: Money,
    /// The price before it that is struck out: the usual one while another holds for a while.
    pub(crate) before: Option<Money>,
    /// When the price is over, if it holds for a while.
    pub(crate) until: Option<ServerTime>,
    /// How many are left.
    pub(crate) stock: i64,
}

impl Offer {
    /// What `product`, or this variant of it, is sold for at `now` by the server's clock.
    pub(crate) fn of(product: &Product, variant: Option<&Variant>, now: ServerTime) -> Self {
        let (price, compare_at, live, stock) = match variant {
            Some(variant) => (variant.price, variant.compare_at, &variant.live, variant.stock),
            None => (product.price, product.compare_at, &product.live, product.stock),
        };
        let holds = |live: &&LivePrice| live.from <= now && now < live.until;
        match live.as_ref().filter(holds) {
            Some(live) => Self { price: live.price, before: Some(price), until: Some(live.until), stock },
            None => Self { price, before: compare_at, until: None, stock },
        }
    }

    /// How many of it, which is of `product`, may be bought at once.
    pub(crate) fn most(&self, product: &Product) -> u32 {
        let limit = limit(product).unwrap_or(LIMITS.order_quantity).min(LIMITS.order_quantity);
        u32::try_from(self.stock.max(0)).unwrap_or(u32::MAX).min(limit)
    }
}

/// The most that an order or a shopper may have of a product, where the shop says.
pub(crate) fn limit(product: &Product) -> Option<u32> {
    [product.per_order, product.per_user].into_iter().flatten().min()
}

/// What one of a product costs at `now` by the server's clock, and the price before it that is struck out.
pub(crate) fn price_at(product: &Product, now: ServerTime) -> (Money, Option<Money>) {
    let offer = Offer::of(product, None, now);
    (offer.price, offer.before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Currency;

    fn cny(amount: i64) -> Money {
        Money::new(amount, Currency::CNY)
    }

    #[test]
    fn a_live_price_holds_from_its_beginning_to_before_its_end_with_the_usual_one_struck_out() {
        let live = LivePrice { price: cny(800), from: ServerTime(10), until: ServerTime(20) };
        let plain = Product::plain(1, "tea", cny(1_000), 5);
        let product = Product { live: Some(live), compare_at: Some(cny(1_200)), ..plain };
        for (now, expected) in
            [(9, (1_000, 1_200)), (10, (800, 1_000)), (19, (800, 1_000)), (20, (1_000, 1_200))]
        {
            let (price, before) = price_at(&product, ServerTime(now));
            assert_eq!(
                (price.amount, before.map(|before| before.amount)),
                (expected.0, Some(expected.1)),
                "{now}"
            );
        }
    }

    #[test]
    fn no_more_may_be_bought_than_there_is_and_the_shop_allows() {
        let product = Product::plain(1, "tea", cny(1_000), 5);
        let most = |product: &Product| Offer::of(product, None, ServerTime(0)).most(product);
        assert_eq!(most(&product), 5);
        assert_eq!(most(&Product { per_user: Some(2), per_order: Some(3), ..product.clone() }), 2);
        assert_eq!(most(&Product { stock: -1, ..product.clone() }), 0);
        assert_eq!(most(&Product { stock: i64::MAX, ..product }), LIMITS.order_quantity);
    }

    #[test]
    fn a_variant_has_a_price_and_a_stock_of_its_own() {
        let product = Product::plain(1, "shirt", cny(1_000), 5);
        let live = Some(LivePrice { price: cny(900), from: ServerTime(0), until: ServerTime(20) });
        let (options, sku) = (Vec::new(), String::new());
        let large = Variant { id: 2, options, sku, price: cny(1_200), compare_at: None, live, stock: 1 };
        let offer = Offer::of(&product, Some(&large), ServerTime(10));
        let (before, until) = (Some(cny(1_200)), Some(ServerTime(20)));
        assert_eq!(offer, Offer { price: cny(900), before, until, stock: 1 });
    }
}
