//! One intent under one key: asked again after a lost answer it is done once, and another intent gets another key.

use leptos::prelude::*;
use overlay::api::{ApiError, IdempotencyKey};

/// What is being attempted, and under which key.
pub(crate) struct Attempt<T: 'static>(StoredValue<Option<(T, IdempotencyKey)>>);

impl<T> Clone for Attempt<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Attempt<T> {}

impl<T: Clone + PartialEq + Send + Sync> Attempt<T> {
    /// Nothing was attempted yet.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The key for `what`: that of the attempt whose end nobody knows, if it was the same, else a new one.
    pub(crate) fn key(self, what: &T) -> IdempotencyKey {
        let known = self.0.get_value().filter(|(before, _)| before == what).map(|(_, key)| key);
        known.unwrap_or_else(|| {
            let key = IdempotencyKey::random();
            self.0.set_value(Some((what.clone(), key.clone())));
            key
        })
    }

    /// Takes in how it ended; one whose end nobody knows goes on under its key.
    pub(crate) fn end<A>(self, answer: Result<A, ApiError>) -> Result<A, ApiError> {
        if !answer.as_ref().is_err_and(ApiError::is_unknown) {
            self.0.try_set_value(None);
        }
        answer
    }
}
