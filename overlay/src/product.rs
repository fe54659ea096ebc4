//! Products: the pinned one's card and the bag with all of them.

mod bag;
mod pinned;
mod search;

pub(crate) use bag::{Bag, BagButton};
pub(crate) use pinned::Pinned;

/// Stock below which a shopper is told how many are left.
pub(crate) const FEW: i64 = 20;
