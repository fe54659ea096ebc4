use crate::{frame::PinnedCard, history::History};
use protocol::{Money, Product, StreamTime};
use std::collections::HashMap;

/// The products of a room: which is pinned follows the picture, price and stock are those of now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    products: Vec<Product>,
    /// The newest event that each product's stock was taken from.
    stock_seq: HashMap<i64, u64>,
    /// The newest event that the rest of each product was taken from.
    face_seq: HashMap<i64, u64>,
    /// What a product cost before the host changed its price.
    repriced: HashMap<i64, Money>,
    pins: History<Pin>,
    /// The show is over: what is not on sale by now is not to be had, whatever the log says of its stock then.
    over: bool,
}

#[derive(Debug, Clone, Copy)]
enum Pin {
    On(i64),
    Off(i64),
}

impl Shelf {
    /// The shelf of a show that is over, with what is on sale now.
    pub(crate) fn of_replay(products: Vec<Product>, seq: u64) -> Self {
        let mut shelf = Self { over: true, ..Self::default() };
        shelf.set_products(products, seq);
        shelf
    }

    /// Everything on sale, in the host's order.
    pub(crate) fn products(&self) -> &[Product] {
        &self.products
    }

    /// Products as they are now, from the API or a snapshot that holds events up to `seq`.
    pub(crate) fn set_products(&mut self, products: Vec<Product>, seq: u64) {
        self.stock_seq = products.iter().map(|product| (product.id, seq)).collect();
        self.face_seq = self.stock_seq.clone();
        self.products = products;
    }

    pub(crate) fn pin(&mut self, seq: u64, at: StreamTime, product: Product) {
        self.pins.insert(seq, at, Pin::On(product.id));
        self.refresh(seq, product);
    }

    /// The host changed a product; true at once, whatever the picture shows.
    pub(crate) fn change(&mut self, seq: u64, product: Product) {
        let known = self.products.iter().find(|known| known.id == product.id);
        if let Some(before) = known.filter(|known| known.price != product.price).map(|known| known.price)
            && self.face_seq.get(&product.id).is_none_or(|newest| *newest < seq)
        {
            self.repriced.entry(product.id).or_insert(before);
        }
        self.refresh(seq, product);
    }

    /// What a product cost when this viewer first saw it, if the host has changed its price since.
    pub(crate) fn price_before(&self, id: i64) -> Option<Money> {
        self.repriced.get(&id).copied()
    }

    /// Takes a product as the event `seq` tells of it, as far as nothing newer is known.
    fn refresh(&mut self, seq: u64, product: Product) {
        let id = product.id;
        let newer = |known: &HashMap<i64, u64>| known.get(&id).is_none_or(|newest| *newest < seq);
        let (face, stock) = (newer(&self.face_seq), newer(&self.stock_seq));
        if face {
            self.face_seq.insert(id, seq);
        }
        if stock {
            self.stock_seq.insert(id, seq);
        }
        match self.products.iter_mut().find(|known| known.id == id) {
            None if self.over => self.products.push(Product { stock: 0, ..product }),
            None => self.products.push(product),
            Some(known) => {
                let left = if stock { product.stock } else { known.stock };
                if face {
                    *known = product;
                }
                known.stock = left;
            }
        }
    }

    /// The pin of a snapshot, whose product is among its products.
    pub(crate) fn pin_known(&mut self, seq: u64, at: StreamTime, product: i64) {
        self.pins.insert(seq, at, Pin::On(product));
    }

    pub(crate) fn unpin(&mut self, seq: u64, at: StreamTime, product: i64) {
        self.pins.insert(seq, at, Pin::Off(product));
    }

    pub(crate) fn stock(&mut self, seq: u64, product: i64, stock: i64) {
        let newest = self.stock_seq.entry(product).or_default();
        if seq <= *newest {
            return;
        }
        *newest = seq;
        if let Some(known) = self.products.iter_mut().find(|known| known.id == product) {
            known.stock = stock;
        }
    }

    pub(crate) fn pinned(&self, t: StreamTime) -> Option<PinnedCard> {
        let mut pinned = None;
        for (at, pin) in self.pins.until(t) {
            pinned = match (*pin, pinned) {
                (Pin::On(product), _) => Some((product, at)),
                (Pin::Off(product), Some((shown, _))) if shown == product => None,
                (Pin::Off(_), still) => still,
            };
        }
        let (id, since) = pinned?;
        let product = self.products.iter().find(|product| product.id == id)?.clone();
        let price_before = self.price_before(id).filter(|before| *before != product.price);
        Some(PinnedCard { product, since, price_before })
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.pins.next_after(t)
    }
}
