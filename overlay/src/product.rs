//! Products: the pinned one's card and the bag with all of them.

mod bag;
mod pinned;
mod price;
mod search;
mod variants;

pub(crate) use bag::{Bag, BagButton};
pub(crate) use pinned::Pinned;
pub(crate) use price::{Offer, limit, price_at};
pub(crate) use variants::{Chip, chips, first, named, value};

/// Stock below which a shopper is told how many are left.
pub(crate) const FEW: i64 = 20;
