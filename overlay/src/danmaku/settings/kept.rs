use super::Settings;

/// Where the settings are kept: one place for all shows that this page's origin embeds.
const PLACE: &str = "livestall:danmaku";

/// A page that forbids storage gets settings that last as long as it.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The settings kept from before; the usual ones when there are none that can be read.
pub(crate) fn kept() -> Settings {
    let json = storage().and_then(|storage| storage.get_item(PLACE).ok()?);
    json.and_then(|json| Settings::read(&json).ok()).unwrap_or_default()
}

/// Keeps the settings.
pub(crate) fn keep(settings: &Settings) {
    if let Some(storage) = storage() {
        // A full storage forgets them at the next visit, no more.
        _ = storage.set_item(PLACE, &settings.write());
    }
}
