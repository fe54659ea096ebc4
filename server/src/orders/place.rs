use axum::http::StatusCode;
use protocol::{
    Checkout, Coupon, CouponClass, NewLine, Order, OrderLine, OrderStatus, ServerTime, ShippingRule,
};
use shop::{Goods, Item, Stage};
use std::collections::BTreeMap;

use super::tell::tell;
use super::{cart, stock};
use crate::catalog::coupons;
use crate::clock::secret;
use crate::error::{ApiError, ApiResult};
use crate::store::{self, Db, steps::Actor};

/// Who orders, where and when.
pub(super) struct Placing<'a> {
    /// The room.
    pub(super) room: &'a str,
    /// The shopper.
    pub(super) user: i64,
    /// Now.
    pub(super) now: ServerTime,
    /// Until when stock is held.
    pub(super) held_until: ServerTime,
}

/// A cart at the server's prices, and what else its total depends on.
pub(super) struct Known {
    /// Its lines.
    pub(super) lines: Vec<OrderLine>,
    /// What shipping costs.
    pub(super) rule: Option<ShippingRule>,
}

impl Known {
    /// The same, with what coupons may give.
    pub(super) fn goods<'a>(&'a self, gifts: &'a [OrderLine], now: ServerTime) -> Goods<'a> {
        Goods { lines: &self.lines, gifts, rule: self.rule.as_ref(), now }
    }
}

/// Looks up what is to be bought, and prices it.
pub(super) async fn look_up(
    db: &mut Db,
    (room, user): (&str, i64),
    lines: &[NewLine],
    now: ServerTime,
) -> ApiResult<Known> {
    let mut products = BTreeMap::new();
    for id in lines.iter().map(|line| line.product) {
        if products.contains_key(&id) {
            continue;
        }
        let product = store::products::by_id(db, room, id).await?;
        let product = product.ok_or_else(|| ApiError::from(room::Refusal::UnknownProduct { product: id }))?;
        let bought = match product.per_user {
            Some(_) => store::orders::bought(db, user, id).await?,
            None => 0,
        };
        products.insert(id, (product, bought));
    }
    let item = |line: &NewLine| {
        let (product, bought) = products.get(&line.product)?;
        Some(Item { product, variant: line.variant, quantity: line.quantity, bought: *bought })
    };
    let items: Vec<Item<'_>> = lines.iter().filter_map(item).collect();
    let lines = shop::lines(&items, now)?;
    Ok(Known { lines, rule: store::rooms::shipping(db, room).await? })
}

/// What these coupons give, as far as it is there to be given.
pub(super) async fn gifts<'a>(
    db: &mut Db,
    room: &str,
    coupons: impl Iterator<Item = &'a Coupon>,
    now: ServerTime,
) -> ApiResult<Vec<OrderLine>> {
    let mut gifts: Vec<OrderLine> = Vec::new();
    for product in coupons.filter(|one| one.class == CouponClass::Gift).flat_map(|one| &one.products) {
        if !gifts.iter().any(|gift| gift.product == *product) {
            let product = store::products::by_id(db, room, *product).await?;
            gifts.extend(product.and_then(|product| shop::gift(&product, now)));
        }
    }
    Ok(gifts)
}

/// Coupons that the shopper wants to use.
pub(super) async fn usable(db: &mut Db, (room, user): (&str, i64), asked: &[i64]) -> ApiResult<Vec<Coupon>> {
    let mut found = Vec::with_capacity(asked.len());
    for id in asked {
        found.push(coupons::usable(db, room, *id, user).await?);
    }
    Ok(found)
}

/// Places an order, inside a write: holds its stock, uses its coupons, and leaves word of the stock.
pub(super) async fn place(db: &mut Db, placing: &Placing<'_>, new: &Checkout) -> ApiResult<Order> {
    let Placing { room, user, now, held_until } = *placing;
    let (lines, asked) = cart::asked(new)?;
    let address = new.address.as_ref().map(cart::address).transpose()?;
    let invoice = new.invoice.as_ref().map(cart::invoice).transpose()?;
    let known = look_up(db, (room, user), &lines, now).await?;
    let coupons = usable(db, (room, user), &asked).await?;
    let gifts = gifts(db, room, coupons.iter(), now).await?;
    let priced = shop::price(known.goods(&gifts, now), &coupons.iter().collect::<Vec<_>>())?;
    let priced = priced.confirmed(new.expected_total)?;
    if known.rule.is_some() && address.is_none() {
        let detail = "the order is to be sent; expected an address";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "address_required", detail));
    }
    stock::hold_all(db, room, &priced.lines).await?;
    let order = Order {
        id: secret::<16>(),
        room: room.to_owned(),
        status: OrderStatus::Held,
        lines: priced.lines,
        subtotal: priced.subtotal,
        discount: priced.discount,
        shipping: Some(priced.shipping).filter(|fee| fee.amount > 0),
        shipping_discount: Some(priced.shipping_discount).filter(|off| off.amount > 0),
        total: priced.total,
        refunded: None,
        coupon: priced.coupons.first().map(|used| used.coupon),
        coupons: priced.coupons,
        placed: now,
        held_until: Some(held_until),
        receipt: None,
        address,
        invoice,
        shipment: None,
    };
    store::orders::insert(db, user, &order, held_until).await?;
    store::steps::note(db, &order.id, None, Stage::Held, Actor::Shopper(user), now).await?;
    for used in &order.coupons {
        if !store::coupons::use_claim(db, used.coupon, user, &order.id).await? {
            return Err(shop::Refusal::CouponUsed.into());
        }
    }
    tell(db, &order, now).await?;
    metrics::counter!("livestall_orders_placed_total").increment(1);
    Ok(order)
}
