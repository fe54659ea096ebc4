//! What is paid back, and for what: by line and quantity, never more than was paid, and all of it once everything is.

use crate::Refusal;
use protocol::{NewRefund, RefundItems};

/// A line that was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidLine {
    /// Items bought.
    pub quantity: u32,
    /// What was paid for all of them, after discounts, in minor units.
    pub paid: i64,
    /// Items that were paid back.
    pub refunded: u32,
    /// What was paid back for them.
    pub refunded_amount: i64,
}

/// An order that was paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidOrder {
    /// Its lines, in their order.
    pub lines: Vec<PaidLine>,
    /// What was paid for shipping.
    pub shipping: i64,
    /// What of it was paid back.
    pub refunded_shipping: i64,
}

/// What is to be paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundPlan {
    /// The items of each line, and what was paid for them.
    pub lines: Vec<(RefundItems, i64)>,
    /// Of the shipping fee.
    pub shipping: i64,
    /// All of it.
    pub amount: i64,
}

impl PaidLine {
    fn left(self) -> u32 {
        self.quantity.saturating_sub(self.refunded)
    }

    /// What is paid back for `quantity` more: what was paid for all that are then back, rounded down, less what is back
    /// already. So the last item brings what roundings kept.
    fn share(self, quantity: u32) -> i64 {
        let back = i128::from(self.refunded.saturating_add(quantity));
        let due = i128::from(self.paid).saturating_mul(back) / i128::from(self.quantity.max(1));
        i64::try_from(due).unwrap_or(0).saturating_sub(self.refunded_amount).max(0)
    }
}

impl PaidOrder {
    /// What a request comes to.
    ///
    /// # Errors
    /// When it asks for nothing, for a line that is not there, or for more items than are left of it.
    pub fn refund(&self, asked: &NewRefund) -> Result<RefundPlan, Refusal> {
        let all = || {
            let left =
                (0_u32..).zip(&self.lines).map(|(line, paid)| RefundItems { line, quantity: paid.left() });
            left.filter(|items| items.quantity > 0).collect()
        };
        let mut items: Vec<RefundItems> = asked.lines.clone().unwrap_or_else(all);
        items.sort_by_key(|items| items.line);
        let twice = items.windows(2).find_map(|pair| match pair {
            [one, other] if one.line == other.line => Some(one.line),
            _ => None,
        });
        if let Some(line) = twice {
            return Err(Refusal::LineTwice { line });
        }
        let shipping = if asked.shipping || asked.lines.is_none() {
            self.shipping.saturating_sub(self.refunded_shipping).max(0)
        } else {
            0
        };
        if items.is_empty() && shipping == 0 {
            return Err(Refusal::NothingToRefund);
        }
        let lines = items.into_iter().map(|items| self.line(items)).collect::<Result<Vec<_>, _>>()?;
        // No sum is above what was paid, which is in bounds.
        let amount = lines.iter().fold(shipping, |sum, (_, amount)| sum.saturating_add(*amount));
        Ok(RefundPlan { lines, shipping, amount })
    }

    fn line(&self, items: RefundItems) -> Result<(RefundItems, i64), Refusal> {
        let line = usize::try_from(items.line).ok().and_then(|index| self.lines.get(index));
        let line = line.ok_or(Refusal::UnknownLine { line: items.line, lines: self.lines.len() })?;
        if !(1..=line.left()).contains(&items.quantity) {
            let (found, most) = (i64::from(items.quantity), i64::from(line.left()));
            return Err(Refusal::QuantityOutOfRange { what: "quantity to refund", found, least: 1, most });
        }
        Ok((items, line.share(items.quantity)))
    }

    /// Whether everything is paid back.
    pub fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.left() == 0) && self.refunded_shipping >= self.shipping
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(quantity: u32, paid: i64) -> PaidLine {
        PaidLine { quantity, paid, refunded: 0, refunded_amount: 0 }
    }

    fn order(lines: Vec<PaidLine>, shipping: i64) -> PaidOrder {
        PaidOrder { lines, shipping, refunded_shipping: 0 }
    }

    fn asked(lines: Option<&[(u32, u32)]>, shipping: bool) -> NewRefund {
        let items = |&(line, quantity): &(u32, u32)| RefundItems { line, quantity };
        let lines = lines.map(|lines| lines.iter().map(items).collect());
        NewRefund { lines, shipping, restock: true, reason: "broken".to_owned() }
    }

    fn apply(order: &mut PaidOrder, plan: &RefundPlan) {
        for (items, amount) in &plan.lines {
            let line = &mut order.lines[items.line as usize];
            line.refunded += items.quantity;
            line.refunded_amount += amount;
        }
        order.refunded_shipping += plan.shipping;
    }

    #[test]
    fn what_cannot_be_paid_back_is_refused() {
        let order = order(vec![line(2, 300), line(1, 100)], 0);
        let refused = |lines: Option<&[(u32, u32)]>| order.refund(&asked(lines, true)).unwrap_err().code();
        assert_eq!(refused(Some(&[(0, 3)])), "quantity_out_of_range");
        assert_eq!(refused(Some(&[(0, 0)])), "quantity_out_of_range");
        assert_eq!(refused(Some(&[(2, 1)])), "unknown_line");
        assert_eq!(refused(Some(&[(0, 1), (0, 1)])), "line_twice");
        assert_eq!(refused(Some(&[])), "nothing_to_refund");
    }

    #[test]
    fn an_odd_unit_comes_back_with_the_last_item() {
        let mut order = order(vec![line(3, 100)], 800);
        let mut back = Vec::new();
        for _ in 0..3 {
            let plan = order.refund(&asked(Some(&[(0, 1)]), false)).unwrap();
            back.push(plan.amount);
            apply(&mut order, &plan);
        }
        assert_eq!(back, [33, 33, 34]);
        let rest = order.refund(&asked(None, false)).unwrap();
        assert_eq!((rest.shipping, rest.amount), (800, 800));
        assert!(!order.is_whole());
        apply(&mut order, &rest);
        assert!(order.is_whole());
    }

    proptest! {
        #[test]
        fn refunds_in_any_parts_come_to_what_was_paid(
            lines in prop::collection::vec((1_u32..=99, 0_i64..=9_900_000_000_000), 1..6),
            shipping in 0_i64..=100_000,
            steps in prop::collection::vec((0_u32..6, 1_u32..40, any::<bool>()), 0..40),
        ) {
            let lines = lines.into_iter().map(|(quantity, paid)| line(quantity, paid)).collect();
            let mut order = order(lines, shipping);
            let paid: i64 = order.lines.iter().map(|line| line.paid).sum::<i64>() + shipping;
            let mut back = 0;
            for (line, quantity, with_shipping) in steps {
                let Ok(plan) = order.refund(&asked(Some(&[(line, quantity)]), with_shipping)) else { continue };
                back += plan.amount;
                prop_assert!(back <= paid);
                apply(&mut order, &plan);
            }
            if let Ok(rest) = order.refund(&asked(None, false)) {
                back += rest.amount;
                apply(&mut order, &rest);
            }
            prop_assert!(order.is_whole());
            prop_assert_eq!(back, paid);
            prop_assert_eq!(order.refund(&asked(None, true)), Err(Refusal::NothingToRefund));
        }
    }
}
