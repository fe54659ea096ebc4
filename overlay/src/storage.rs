//! The browser's local storage. A page may forbid it: then nothing is kept, and no one is worse off than on a first visit.

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was kept at a place.
pub(crate) fn get(place: &str) -> Option<String> {
    local()?.get_item(place).ok()?
}

/// Keeps a text. A full storage forgets it at the next visit, no more.
pub(crate) fn set(place: &str, text: &str) {
    if let Some(storage) = local() {
        _ = storage.set_item(place, text);
    }
}

/// Forgets what was kept.
pub(crate) fn remove(place: &str) {
    if let Some(storage) = local() {
        _ = storage.remove_item(place);
    }
}
