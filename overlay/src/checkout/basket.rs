use super::{
    address::Destination,
    quote::{Answer, answers},
};
use crate::show::Show;
use leptos::prelude::*;
use protocol::{Checkout, Invoice, NewLine, NewQuote, Quote};

/// What is bought in one order: which lines, with which coupons, where to, for how much.
#[derive(Clone, Copy)]
pub(super) struct Basket {
    pub(super) show: Show,
    pub(super) lines: Memo<Vec<NewLine>>,
    /// The coupons that the shopper picked; none picked yet means the best ones.
    pub(super) picked: RwSignal<Option<Vec<i64>>>,
    pub(super) destination: Destination,
    /// Whom an invoice is for, if one is wanted.
    pub(super) invoice: RwSignal<Option<Invoice>>,
    /// What it comes to with the best coupons, and why with those.
    pub(super) best: RwSignal<Option<Answer>>,
    /// What is asked for and shown: with the coupons picked, else with the best. None when nothing is bought.
    asked: Memo<Option<NewQuote>>,
    with_picked: RwSignal<Option<Answer>>,
    again: RwSignal<u32>,
}

impl Basket {
    /// Of these lines. What they come to is asked anew when `prices` change.
    pub(super) fn of<T: Clone + PartialEq + Send + Sync + 'static>(
        show: Show,
        lines: Memo<Vec<NewLine>>,
        prices: Memo<T>,
    ) -> Self {
        let picked = RwSignal::new(None::<Vec<i64>>);
        let again = RwSignal::new(0);
        let quote = move |coupons| {
            let lines = lines.get();
            (!lines.is_empty()).then_some(NewQuote { lines, coupons })
        };
        let market = Memo::new(move |_| (prices.get(), show.claims.get(), again.get()));
        let of_best = Memo::new(move |_| quote(None));
        let of_picked = Memo::new(move |_| picked.get().and_then(|picked| quote(Some(picked))));
        Self {
            show,
            lines,
            picked,
            destination: Destination::new(show),
            invoice: RwSignal::new(None),
            best: answers(show, of_best, market),
            asked: Memo::new(move |_| of_picked.get().or_else(|| of_best.get())),
            with_picked: answers(show, of_picked, market),
            again,
        }
    }

    /// The newest answer, which may be of what was chosen before.
    pub(super) fn answer(self) -> Option<Answer> {
        if self.picked.with(Option::is_some) { self.with_picked.get() } else { self.best.get() }
    }

    /// What all that is chosen comes to; none as long as the server has not said.
    pub(super) fn quote(self) -> Option<Quote> {
        let answer =
            self.answer().filter(|answer| self.asked.with(|asked| asked.as_ref() == Some(&answer.asked)))?;
        answer.quote.ok()
    }

    /// Asks anew what it comes to.
    pub(super) fn ask_again(self) {
        self.again.update(|again| *again = again.wrapping_add(1));
    }

    /// The order that the shopper has read; none as long as there is no price.
    pub(super) fn order(self) -> Option<Checkout> {
        let quote = self.quote()?;
        Some(Checkout {
            lines: self.asked.get()?.lines,
            product: None,
            quantity: None,
            coupons: quote.coupons.iter().map(|used| used.coupon).collect(),
            coupon: None,
            address: quote.needs_address.then(|| self.destination.address.get()),
            invoice: self.invoice.get(),
            expected_total: quote.total,
        })
    }
}
