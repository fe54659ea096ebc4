//! Something that is asked of the server once or again and again, and what to show until it is there.

use crate::ui::{Failure, Waiting};
use leptos::prelude::*;
use overlay::api::ApiError;

/// Where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Load<T> {
    /// Asked, no answer yet.
    Waiting,
    /// The newest answer.
    Ready(T),
    /// No answer was ever had; this is why.
    Failed(ApiError),
}

impl<T> Load<T> {
    /// The answer, if there is one.
    pub(crate) const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// Takes in a newer answer. A failure does not push out an answer that was good before.
    pub(crate) fn update(&mut self, answer: Result<T, ApiError>) {
        match answer {
            Ok(value) => *self = Self::Ready(value),
            Err(error) if self.ready().is_none() => *self = Self::Failed(error),
            Err(_) => {}
        }
    }
}

/// Shows `view` of the answer, a waiting face before it is there, and the reason when it cannot be had.
pub(crate) fn show<T, V, F>(load: &Load<T>, view: F) -> AnyView
where
    F: FnOnce(&T) -> V,
    V: IntoView + 'static,
{
    match load {
        Load::Waiting => view! { <Waiting/> }.into_any(),
        Load::Failed(error) => view! { <Failure error=error.clone()/> }.into_any(),
        Load::Ready(value) => view(value).into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offline() -> ApiError {
        ApiError::Unreachable { address: "/rooms".to_owned(), cause: "offline".to_owned() }
    }

    #[test]
    fn a_failed_refresh_keeps_what_is_shown() {
        let mut load = Load::Ready(1);
        load.update(Err(offline()));
        assert_eq!(load, Load::Ready(1));
    }

    #[test]
    fn an_answer_after_a_failure_is_shown() {
        let mut load = Load::Waiting;
        load.update(Err(offline()));
        assert_eq!(load, Load::Failed(offline()));
        load.update(Ok(2));
        assert_eq!(load, Load::Ready(2));
    }
}
