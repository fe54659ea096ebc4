//! What is wrong with a file, noted once. Readers go on with zeros and empty boxes in its place, and who called them asks
//! [`Faults::check`] before it believes anything. (A way out in each of them would make half of the browser's module.)

use std::cell::Cell;

use crate::Error;

/// The first thing that is wrong, if anything is.
#[derive(Debug, Default)]
pub(crate) struct Faults(Cell<Option<Error>>);

impl Faults {
    /// Notes an error, if it is the first.
    pub(crate) fn note(&self, error: Error) {
        if self.0.get().is_none() {
            self.0.set(Some(error));
        }
    }

    pub(crate) fn first(&self) -> Option<Error> {
        self.0.get()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        self.first().map_or(Ok(()), Err)
    }
}
