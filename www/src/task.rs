//! One thing that a person asked for: whether it is under way, and why it failed.

use crate::words::{explain, lang};
use leptos::{prelude::*, task::spawn_local};
use overlay::api::ApiError;

/// One action of one form or button. A second click while it is under way does nothing.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pending: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Task {
    /// A task that nobody asked for yet.
    pub(crate) fn new() -> Self {
        Self { pending: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Whether it is under way; reactive.
    pub(crate) fn pending(self) -> bool {
        self.pending.get()
    }

    /// Whether it is under way at this moment.
    pub(crate) fn pending_now(self) -> bool {
        self.pending.get_untracked()
    }

    /// Does `job`, unless it is under way already; then `done` with what came of it.
    pub(crate) fn run<T: 'static>(
        self,
        job: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let outcome = job.await;
            // Whoever asked may have left the page meanwhile.
            if self.pending.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(value) => done(value),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}

/// Why `task` failed, in the reader's language, where it happened.
#[component]
pub(crate) fn TaskError(task: Task) -> impl IntoView {
    let lang = lang();
    let text = move || task.error.get().map(|error| explain(&error, lang.get()));
    view! {
        <p class="field-error" role="alert" hidden=move || task.error.with(Option::is_none)>{text}</p>
    }
}
