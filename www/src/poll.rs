//! Asking again and again, for as long as what asks is on the page and the page can be seen.

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Does `job` now, and again `pause` milliseconds after each time it ended, until the current owner is cleaned up. A page
/// in the background does not ask.
pub(crate) fn poll<F>(pause: u32, job: impl Fn() -> F + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let alive = Arc::new(AtomicBool::new(true));
    let ended = Arc::clone(&alive);
    on_cleanup(move || ended.store(false, Ordering::Relaxed));
    spawn_local(async move {
        while alive.load(Ordering::Relaxed) {
            if !document().hidden() {
                job().await;
            }
            TimeoutFuture::new(pause).await;
        }
    });
}
