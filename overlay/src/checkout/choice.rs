use super::basket::Basket;
use crate::{
    product::{Offer, first, limit, named},
    show::Show,
};
use leptos::prelude::*;
use protocol::{NewLine, Product, Variant};

/// Which of a product, and how many.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) show: Show,
    pub(super) product: Memo<Option<Product>>,
    /// Which of its variants, if it has any.
    pub(super) variant: RwSignal<Option<i64>>,
    pub(super) quantity: RwSignal<u32>,
    /// What is bought, as it stands now.
    pub(super) offer: Memo<Option<Offer>>,
    /// It alone, as an order.
    pub(super) basket: Basket,
}

impl Choice {
    /// One of `product`, of the first variant that is left.
    pub(super) fn of(show: Show, product: i64) -> Self {
        let id = product;
        let product = Memo::new(move |_| show.product(id));
        let chosen =
            product.with_untracked(|product| first(&product.as_ref()?.variants).map(|variant| variant.id));
        let (variant, quantity) = (RwSignal::new(chosen), RwSignal::new(1));
        let offer = Memo::new(move |_| {
            let product = product.get()?;
            let variant = named(&product, variant.get());
            Some(Offer::of(&product, variant, show.now.get()))
        });
        let line = move || NewLine { product: id, variant: variant.get(), quantity: quantity.get() };
        let prices = Memo::new(move |_| offer.get().map(|offer| offer.price));
        let basket = Basket::of(show, Memo::new(move |_| vec![line()]), prices);
        Self { show, product, variant, quantity, offer, basket }
    }

    /// The variant that is chosen; reactive.
    pub(super) fn chosen(self) -> Option<Variant> {
        self.product.with(|product| named(product.as_ref()?, self.variant.get()).cloned())
    }

    /// How many may be bought at once.
    pub(super) fn most(self) -> u32 {
        self.product.with(|product| {
            product.as_ref().zip(self.offer.get()).map_or(0, |(product, offer)| offer.most(product))
        })
    }

    /// The most that an order or a shopper may have of it, where the shop says.
    pub(super) fn limit(self) -> Option<u32> {
        self.product.with(|product| limit(product.as_ref()?))
    }

    pub(super) fn sold_out(self) -> bool {
        self.offer.get().is_none_or(|offer| offer.stock <= 0)
    }
}
