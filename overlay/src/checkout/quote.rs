//! What a cart comes to, as the server says: nothing is reckoned here.

use crate::{api::ApiError, show::Show};
use leptos::prelude::*;
use protocol::{Money, NewQuote, Product, Quote};

/// The newest answer to what a cart comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    /// What was asked.
    pub(super) asked: NewQuote,
    /// What the server said; else why there is no price, in words.
    pub(super) quote: Result<Quote, String>,
    /// What the same cart came to when the shopper first read it, if the shop has changed that since.
    pub(super) before: Option<Money>,
}

impl Answer {
    fn after(previous: Option<&Self>, asked: NewQuote, quote: Result<Quote, String>) -> Self {
        let before = previous.filter(|previous| previous.asked == asked).and_then(|previous| {
            let (old, new) = (previous.quote.as_ref().ok()?, quote.as_ref().ok()?);
            let read = previous.before.or_else(|| changed(old, new).then_some(old.total));
            read.filter(|read| *read != new.total)
        });
        Self { asked, quote, before }
    }
}

/// Whether a shopper who has read `old` has to read `new` too: something costs another price, or all of it costs more. That a
/// coupon takes more off is no bad news.
fn changed(old: &Quote, new: &Quote) -> bool {
    old.subtotal != new.subtotal || old.shipping != new.shipping || old.total.amount < new.total.amount
}

/// Why there is no price; of several products, of which the server speaks.
fn why(show: Show, asked: &NewQuote, error: &ApiError) -> String {
    let words = show.words(error);
    let ApiError::Refused(problem) = error else { return words };
    let named = show.products.with_untracked(|products| {
        let is_asked = |product: &&Product| asked.lines.iter().any(|line| line.product == product.id);
        let named =
            products.iter().filter(is_asked).filter(|product| problem.detail.contains(&product.title));
        // One title may be a part of another.
        named.max_by_key(|product| product.title.len()).map(|product| product.title.clone())
    });
    match named {
        Some(title) if asked.lines.len() > 1 => format!("{title}: {words}"),
        _ => words,
    }
}

/// Asks what `asked` comes to, as often as it changes or `market` does.
pub(super) fn answers<T: Send + Sync + PartialEq + 'static>(
    show: Show,
    asked: Memo<Option<NewQuote>>,
    market: Memo<T>,
) -> RwSignal<Option<Answer>> {
    let answer = RwSignal::new(None);
    let newest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        market.track();
        let Some((asked, room)) = asked.get().zip(show.core().page.room.clone()) else { return };
        newest.update_value(|number| *number = number.wrapping_add(1));
        let number = newest.get_value();
        show.spawn(async move {
            let quote = show.api().quote(&room, &asked).await;
            // Of two questions that are under way, only the later is of interest.
            if newest.try_get_value() == Some(number) {
                let quote = quote.map_err(|error| why(show, &asked, &error));
                answer.update(|known: &mut Option<Answer>| {
                    *known = Some(Answer::after(known.as_ref(), asked, quote));
                });
            }
        });
    });
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, NewLine};

    fn cny(amount: i64) -> Money {
        Money::new(amount, Currency::CNY)
    }

    fn cups(quantity: u32) -> NewQuote {
        NewQuote { lines: vec![NewLine { product: 7, variant: None, quantity }], coupons: None }
    }

    fn quote(subtotal: i64, discount: i64) -> Result<Quote, String> {
        Ok(Quote {
            lines: Vec::new(),
            subtotal: cny(subtotal),
            discount: cny(discount),
            shipping: None,
            shipping_discount: None,
            total: cny(subtotal - discount),
            coupons: Vec::new(),
            reasons: Vec::new(),
            needs_address: false,
        })
    }

    #[test]
    fn a_price_that_changed_is_told_with_the_one_that_was_read_until_it_is_that_again() {
        let first = Answer::after(None, cups(1), quote(1_000, 0));
        assert_eq!(first.before, None);
        let dearer = Answer::after(Some(&first), cups(1), quote(1_200, 0));
        assert_eq!(dearer.before, Some(cny(1_000)));
        let still = Answer::after(Some(&dearer), cups(1), quote(1_300, 0));
        assert_eq!(still.before, Some(cny(1_000)));
        assert_eq!(Answer::after(Some(&still), cups(1), quote(1_000, 0)).before, None);
    }

    #[test]
    fn another_cart_or_a_better_coupon_is_no_changed_price_and_a_lost_coupon_is() {
        let first = Answer::after(None, cups(1), quote(1_000, 100));
        assert_eq!(Answer::after(Some(&first), cups(2), quote(2_000, 100)).before, None);
        assert_eq!(Answer::after(Some(&first), cups(1), quote(1_000, 200)).before, None);
        assert_eq!(Answer::after(Some(&first), cups(1), quote(1_000, 0)).before, Some(cny(900)));
        let lost = Answer::after(Some(&first), cups(1), Err(String::new()));
        assert_eq!(lost.before, None);
    }
}
