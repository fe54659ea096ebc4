//! What the room has sold, added up from its orders. Integers only, one sum a currency.

use protocol::{Money, Order, OrderStatus};

/// The server lists no more orders than this: sums over a full list are a lower bound.
const LISTED: usize = 200;

/// Paid orders and what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sales {
    /// How many orders were paid.
    pub(super) paid: usize,
    /// What they come to, one sum a currency, the newest sale's first.
    pub(super) sums: Vec<Money>,
    /// Whether there may be older orders than were counted.
    pub(super) more: bool,
}

impl Sales {
    /// Adds up `orders`, newest first.
    pub(super) fn of(orders: &[Order]) -> Self {
        let mut sales = Self { more: orders.len() >= LISTED, ..Self::default() };
        let counts =
            |status| matches!(status, OrderStatus::Paid | OrderStatus::Shipped | OrderStatus::Delivered);
        for order in orders.iter().filter(|order| counts(order.status)) {
            sales.paid += 1;
            let back = order.refunded.map_or(0, |back| back.amount);
            let kept = Money::new(order.total.amount.saturating_sub(back), order.total.currency);
            match sales.sums.iter_mut().find(|sum| sum.currency == kept.currency) {
                Some(sum) => sum.amount = sum.amount.saturating_add(kept.amount),
                None => sales.sums.push(kept),
            }
        }
        sales
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, ServerTime};

    fn order(status: OrderStatus, total: Money) -> Order {
        Order {
            id: "o".to_owned(),
            room: "r".to_owned(),
            status,
            lines: Vec::new(),
            subtotal: total,
            discount: Money::new(0, total.currency),
            shipping: None,
            shipping_discount: None,
            total,
            refunded: None,
            coupon: None,
            coupons: Vec::new(),
            placed: ServerTime(0),
            held_until: None,
            receipt: None,
            address: None,
            invoice: None,
            shipment: None,
        }
    }

    #[test]
    fn only_paid_orders_count_and_currencies_stay_apart() {
        let (yuan, dollars) = (Money::new(5_900, Currency::CNY), Money::new(999, Currency::USD));
        let orders = [
            order(OrderStatus::Paid, yuan),
            order(OrderStatus::Held, yuan),
            order(OrderStatus::Paid, dollars),
            order(OrderStatus::Cancelled, dollars),
            Order { refunded: Some(yuan), ..order(OrderStatus::Refunded, yuan) },
            Order { refunded: Some(Money::new(900, Currency::CNY)), ..order(OrderStatus::Delivered, yuan) },
        ];
        let sums = vec![Money::new(10_900, Currency::CNY), dollars];
        assert_eq!(Sales::of(&orders), Sales { paid: 3, sums, more: false });
    }

    #[test]
    fn a_full_list_is_a_lower_bound() {
        let orders = vec![order(OrderStatus::Expired, Money::new(1, Currency::CNY)); LISTED];
        assert_eq!(Sales::of(&orders), Sales { paid: 0, sums: Vec::new(), more: true });
    }
}
