//! The browser's local storage. A page may forbid it: then nothing is kept, and no one is worse off than on a first visit.

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Whether anything can be kept.
pub(crate) fn is_there() -> bool {
    local().is_some()
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

/// Forgets all that was kept at places that begin so.
pub(crate) fn remove_all(beginning: &str) {
    let Some(storage) = local() else { return };
    let length = storage.length().unwrap_or(0);
    let places = (0..length).filter_map(|index| storage.key(index).ok().flatten());
    let gone: Vec<String> = places.filter(|place| place.starts_with(beginning)).collect();
    gone.iter().for_each(|place| remove(place));
}
