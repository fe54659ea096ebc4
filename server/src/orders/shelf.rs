//! What a room has for sale, looked up once for all who ask together. What the first of them take, the next do not find.

use protocol::{Coupon, CouponClass, NewLine, OrderLine, Product, ServerTime, ShippingRule};
use shop::{Goods, Item};
use std::collections::{BTreeMap, BTreeSet};

use crate::error::ApiResult;
use crate::store::{self, Db, StoreError};

/// A product, or one of its variants.
pub(super) type Article = (i64, Option<i64>);

/// Who asks for which product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The shopper.
    pub(super) user: i64,
    /// The product.
    pub(super) product: i64,
}

/// A room's products, as far as anybody asked for them.
#[derive(Debug)]
pub(super) struct Shelf {
    room: String,
    rule: Option<ShippingRule>,
    products: BTreeMap<i64, Option<Product>>,
    /// By user and product, where a product has a limit.
    bought: BTreeMap<(i64, i64), i64>,
    taken: BTreeMap<Article, u32>,
}

/// A cart at the server's prices, and what else its total depends on.
#[derive(Debug)]
pub(super) struct Known {
    /// Its lines.
    pub(super) lines: Vec<OrderLine>,
    /// What shipping costs.
    pub(super) rule: Option<ShippingRule>,
}

impl Known {
    /// A product as it is beside what is bought of it.
    fn leaves(&self, product: &Product) -> Product {
        let of_it = self.lines.iter().filter(|line| line.product == product.id);
        let stock = of_it.fold(product.stock, |stock, line| stock.saturating_sub(line.quantity.into()));
        Product { stock, ..product.clone() }
    }

    /// The same, with what coupons may give.
    pub(super) fn goods<'a>(&'a self, gifts: &'a [OrderLine], now: ServerTime) -> Goods<'a> {
        Goods { lines: &self.lines, gifts, rule: self.rule.as_ref(), now }
    }
}

impl Shelf {
    /// A room's, with what is wanted from it.
    pub(super) async fn open(db: &mut Db, room: &str, wanted: &[Wanted]) -> Result<Self, StoreError> {
        let rule = store::rooms::shipping(db, room).await?;
        let (products, bought, taken) = Default::default();
        let mut shelf = Self { room: room.to_owned(), rule, products, bought, taken };
        let mut limited = BTreeSet::new();
        for Wanted { user, product } in wanted {
            if shelf.look_for(db, *product).await?.is_some_and(|found| found.per_user.is_some()) {
                limited.insert((*user, *product));
            }
        }
        shelf.bought = store::orders::bought(db, &limited).await?;
        Ok(shelf)
    }

    async fn look_for(&mut self, db: &mut Db, product: i64) -> Result<Option<&Product>, StoreError> {
        if !self.products.contains_key(&product) {
            let found = store::products::by_id(db, &self.room, product).await?;
            self.products.insert(product, found);
        }
        Ok(self.product(product))
    }

    fn product(&self, product: i64) -> Option<&Product> {
        self.products.get(&product)?.as_ref()
    }

    /// Prices what a shopper wants to buy of what is here.
    ///
    /// # Errors
    /// When a product is not here, or the shop's rules refuse a line.
    pub(super) fn price(&self, user: i64, lines: &[NewLine], now: ServerTime) -> ApiResult<Known> {
        let item = |line: &NewLine| {
            let product = self.product(line.product);
            let product = product.ok_or(room::Refusal::UnknownProduct { product: line.product })?;
            let bought = self.bought.get(&(user, line.product)).copied().unwrap_or(0);
            Ok(Item { product, variant: line.variant, quantity: line.quantity, bought })
        };
        let items: Vec<Item<'_>> = lines.iter().map(item).collect::<ApiResult<_>>()?;
        Ok(Known { lines: shop::lines(&items, now)?, rule: self.rule })
    }

    /// What these coupons give, as far as it is there to be given beside what is bought.
    pub(super) async fn gifts<'a>(
        &mut self,
        db: &mut Db,
        coupons: impl Iterator<Item = &'a Coupon>,
        bought: &Known,
        now: ServerTime,
    ) -> ApiResult<Vec<OrderLine>> {
        let mut gifts: Vec<OrderLine> = Vec::new();
        for id in coupons.filter(|one| one.class == CouponClass::Gift).flat_map(|one| &one.products) {
            if !gifts.iter().any(|gift| gift.product == *id) {
                let left = self.look_for(db, *id).await?.map(|product| bought.leaves(product));
                gifts.extend(left.and_then(|left| shop::gift(&left, now)));
            }
        }
        Ok(gifts)
    }

    /// Takes what is bought from the shelf: all of it, or nothing.
    ///
    /// # Errors
    /// [`shop::Refusal::SoldOut`] when there is not enough of something.
    pub(super) fn take(&mut self, lines: &[OrderLine]) -> Result<(), shop::Refusal> {
        for (at, line) in lines.iter().enumerate() {
            if !self.change(line, i64::from(line.quantity).saturating_neg()) {
                for taken in lines.iter().take(at) {
                    self.change(taken, i64::from(taken.quantity));
                }
                let (title, asked) = (line.title.clone(), line.quantity);
                return Err(shop::Refusal::SoldOut { title, left: self.left(line), asked });
            }
        }
        for line in lines {
            let taken = self.taken.entry((line.product, line.variant)).or_insert(0);
            *taken = taken.saturating_add(line.quantity);
        }
        Ok(())
    }

    /// What is left of a line's product, or of its variant.
    fn left(&self, line: &OrderLine) -> i64 {
        let product = self.product(line.product);
        let of_variant = |product: &Product| {
            product.variants.iter().find(|one| Some(one.id) == line.variant).map(|one| one.stock)
        };
        product.map_or(0, |product| of_variant(product).unwrap_or(product.stock))
    }

    /// Changes what is left of a line's product and its variant, unless that were less than nothing.
    fn change(&mut self, line: &OrderLine, by: i64) -> bool {
        let Some(Some(product)) = self.products.get_mut(&line.product) else { return false };
        let after = |stock: i64| stock.checked_add(by).filter(|after| *after >= 0);
        let Some(left) = after(product.stock) else { return false };
        if let Some(id) = line.variant {
            let variant = product.variants.iter_mut().find(|one| one.id == id);
            let Some(variant) = variant else { return false };
            let Some(left) = after(variant.stock) else { return false };
            variant.stock = left;
        }
        product.stock = left;
        true
    }

    /// The room.
    pub(super) fn room(&self) -> &str {
        &self.room
    }

    /// What was taken of each, always in one order.
    pub(super) fn taken(&self) -> impl Iterator<Item = (Article, u32)> {
        self.taken.iter().map(|(article, quantity)| (*article, *quantity))
    }

    /// Products that something was taken of, as they are now.
    pub(super) fn changed(&self) -> impl Iterator<Item = &Product> {
        let all = self.products.values().flatten();
        all.filter(|product| self.taken.keys().any(|(taken, _)| *taken == product.id))
    }
}
