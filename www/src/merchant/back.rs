//! What a refund will come to, as the server reckons it: the merchant is told before it is asked for.

use protocol::{Order, Refund, RefundItems, RefundStatus};

/// What of an order can still be paid back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Left {
    /// By line, in their order.
    pub(super) lines: Vec<LeftLine>,
    /// Of the shipping fee, in minor units.
    pub(super) shipping: i64,
}

/// What of a line can still be paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftLine {
    quantity: u32,
    paid: i64,
    refunded: u32,
    refunded_amount: i64,
}

impl LeftLine {
    /// Items that were not paid back yet.
    pub(super) const fn items(self) -> u32 {
        self.quantity.saturating_sub(self.refunded)
    }

    /// What `quantity` more come to: what was paid for all that are then back, rounded down, less what is back already.
    fn share(self, quantity: u32) -> i64 {
        let back = i128::from(self.refunded.saturating_add(quantity));
        let due = i128::from(self.paid).saturating_mul(back) / i128::from(self.quantity.max(1));
        i64::try_from(due).unwrap_or(0).saturating_sub(self.refunded_amount).max(0)
    }
}

impl Left {
    /// What is left of `order` after `refunds`.
    pub(super) fn of(order: &Order, refunds: &[Refund]) -> Self {
        let done = || refunds.iter().filter(|refund| refund.status == RefundStatus::Done);
        let amount = |money: Option<protocol::Money>| money.map_or(0, |money| money.amount);
        let lines = (0_u32..).zip(&order.lines).map(|(index, line)| {
            let all = line.unit_price.amount.saturating_mul(i64::from(line.quantity));
            let parts = || done().flat_map(|refund| &refund.lines).filter(|part| part.line == index);
            LeftLine {
                quantity: line.quantity,
                paid: all.saturating_sub(amount(line.discount)),
                refunded: parts().map(|part| part.quantity).sum(),
                refunded_amount: parts().map(|part| part.amount.amount).sum(),
            }
        });
        let shipping = amount(order.shipping).saturating_sub(amount(order.shipping_discount));
        let back: i64 = done().map(|refund| amount(refund.shipping)).sum();
        Self { lines: lines.collect(), shipping: shipping.saturating_sub(back).max(0) }
    }

    /// What `items` come to, with what is left of the shipping fee if asked for; in minor units.
    pub(super) fn amount(&self, items: &[RefundItems], shipping: bool) -> i64 {
        let line = |items: &RefundItems| {
            let line = usize::try_from(items.line).ok().and_then(|index| self.lines.get(index));
            line.map_or(0, |line| line.share(items.quantity))
        };
        items.iter().map(line).sum::<i64>() + if shipping { self.shipping } else { 0 }
    }

    /// Whether there is anything left.
    pub(super) fn is_any(&self) -> bool {
        self.shipping > 0 || self.lines.iter().any(|line| line.items() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity: u32, paid: i64, refunded: u32, refunded_amount: i64) -> LeftLine {
        LeftLine { quantity, paid, refunded, refunded_amount }
    }

    #[test]
    fn the_last_item_brings_what_roundings_kept() {
        let one = |line| [RefundItems { line, quantity: 1 }];
        let left = Left { lines: vec![line(3, 2_900, 0, 0), line(3, 2_900, 2, 1_933)], shipping: 500 };
        assert_eq!(left.amount(&one(0), false), 966);
        assert_eq!(left.amount(&one(1), true), 967 + 500);
        assert_eq!(left.amount(&[RefundItems { line: 0, quantity: 3 }], false), 2_900);
        assert_eq!(left.amount(&[RefundItems { line: 9, quantity: 3 }], false), 0);
    }

    #[test]
    fn nothing_is_left_once_everything_is_back() {
        assert!(!Left { lines: vec![line(2, 100, 2, 100)], shipping: 0 }.is_any());
        assert!(Left { lines: vec![line(2, 100, 1, 50)], shipping: 0 }.is_any());
    }
}
