use super::{
    address::Destination,
    quote::{Answer, answers},
};
use crate::{
    product::{Offer, first},
    show::Show,
};
use leptos::prelude::*;
use protocol::{Checkout, LIMITS, NewLine, NewQuote, Product, Quote, Variant};

/// Which of it, how many, with which coupons, where to, for how much.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) show: Show,
    pub(super) product: Memo<Option<Product>>,
    /// Which of its variants, if it has any.
    pub(super) variant: RwSignal<Option<i64>>,
    pub(super) quantity: RwSignal<u32>,
    /// The coupons that the shopper picked; none picked yet means the best ones.
    pub(super) picked: RwSignal<Option<Vec<i64>>>,
    pub(super) destination: Destination,
    /// What is bought, as it stands now.
    pub(super) offer: Memo<Option<Offer>>,
    /// What it comes to with the best coupons, and why with those.
    pub(super) best: RwSignal<Option<Answer>>,
    /// What is asked for and shown: with the coupons picked, else with the best.
    asked: Memo<Option<NewQuote>>,
    with_picked: RwSignal<Option<Answer>>,
    again: RwSignal<u32>,
}

impl Choice {
    /// One of `product`, of the first variant that is left.
    pub(super) fn of(show: Show, product: i64) -> Self {
        let id = product;
        let product = Memo::new(move |_| show.product(id));
        let chosen =
            product.with_untracked(|product| first(&product.as_ref()?.variants).map(|variant| variant.id));
        let (variant, quantity) = (RwSignal::new(chosen), RwSignal::new(1));
        let picked = RwSignal::new(None::<Vec<i64>>);
        let again = RwSignal::new(0);
        let offer = Memo::new(move |_| {
            let product = product.get()?;
            let variant = named(&product, variant.get());
            Some(Offer::of(&product, variant, show.now.get()))
        });
        let cart = move |coupons| {
            let line = NewLine { product: id, variant: variant.get(), quantity: quantity.get() };
            NewQuote { lines: vec![line], coupons }
        };
        let market =
            Memo::new(move |_| (offer.get().map(|offer| offer.price), show.claims.get(), again.get()));
        let of_best = Memo::new(move |_| Some(cart(None)));
        let of_picked = Memo::new(move |_| picked.get().map(|picked| cart(Some(picked))));
        Self {
            show,
            product,
            variant,
            quantity,
            picked,
            destination: Destination::new(show),
            offer,
            best: answers(show, of_best, market),
            asked: Memo::new(move |_| of_picked.get().or_else(|| of_best.get())),
            with_picked: answers(show, of_picked, market),
            again,
        }
    }

    /// The variant that is chosen; reactive.
    pub(super) fn chosen(self) -> Option<Variant> {
        self.product.with(|product| named(product.as_ref()?, self.variant.get()).cloned())
    }

    /// How many may be bought at once.
    pub(super) fn most(self) -> u32 {
        let stock = self.offer.get().map_or(0, |offer| offer.stock.max(0));
        let limit = self.limit().unwrap_or(LIMITS.order_quantity).min(LIMITS.order_quantity);
        u32::try_from(stock).unwrap_or(u32::MAX).min(limit)
    }

    /// The most that an order or a shopper may have of it, where the shop says.
    pub(super) fn limit(self) -> Option<u32> {
        self.product.with(|product| {
            let product = product.as_ref()?;
            [product.per_order, product.per_user].into_iter().flatten().min()
        })
    }

    pub(super) fn sold_out(self) -> bool {
        self.offer.get().is_none_or(|offer| offer.stock <= 0)
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
            invoice: None,
            expected_total: quote.total,
        })
    }
}

/// The variant of this number.
fn named(product: &Product, variant: Option<i64>) -> Option<&Variant> {
    product.variants.iter().find(|one| Some(one.id) == variant)
}
