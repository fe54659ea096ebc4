//! Variants: each tag waits for its URI.

use super::Reader;
use crate::limits::MAX_TAGS;
use crate::{Problem, Variant};

impl Reader<'_> {
    /// A URI that belongs to no variant is stepped over.
    pub(super) fn close_variant(&mut self, uri: &str) -> Result<(), Problem> {
        let Some(variant) = self.variant.take() else { return Ok(()) };
        let variants = &mut self.multivariant.variants;
        if variants.len() >= MAX_TAGS {
            return Err(Problem::TooMany { what: "variants", limit: MAX_TAGS });
        }
        variants.push(Variant { uri: uri.to_owned(), ..variant });
        Ok(())
    }
}
