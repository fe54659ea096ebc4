use crate::{frame::PinnedCard, history::History};
use protocol::{Product, StreamTime};
use std::collections::HashMap;

/// The products of a room: which is pinned follows the picture, price and stock are those of now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    products: Vec<Product>,
    /// The newest event that each product's stock was taken from.
    stock_seq: HashMap<i64, u64>,
    pins: History<Pin>,
}

#[derive(Debug, Clone, Copy)]
enum Pin {
    On(i64),
    Off(i64),
}

impl Shelf {
    /// Everything on sale, in the host's order.
    pub(crate) fn products(&self) -> &[Product] {
        &self.products
    }

    /// Products as they are now, from the API or a snapshot that holds events up to `seq`.
    pub(crate) fn set_products(&mut self, products: Vec<Product>, seq: u64) {
        self.stock_seq = products.iter().map(|product| (product.id, seq)).collect();
        self.products = products;
    }

    pub(crate) fn pin(&mut self, seq: u64, at: StreamTime, product: Product) {
        self.pins.insert(seq, at, Pin::On(product.id));
        match self.products.iter_mut().find(|known| known.id == product.id) {
            None => {
                self.stock_seq.insert(product.id, seq);
                self.products.push(product);
            }
            Some(known) if self.stock_seq.get(&product.id).is_none_or(|newest| *newest < seq) => {
                self.stock_seq.insert(product.id, seq);
                *known = product;
            }
            Some(_) => {}
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
        Some(PinnedCard { product, since })
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.pins.next_after(t)
    }
}
