use super::Settings;
use crate::storage;

/// Where the settings are kept: one place for all shows that this page's origin embeds.
const PLACE: &str = "livestall:danmaku";

/// The settings kept from before; the usual ones when there are none that can be read.
pub(crate) fn kept() -> Settings {
    storage::get(PLACE).and_then(|json| Settings::read(&json).ok()).unwrap_or_default()
}

/// Keeps the settings.
pub(crate) fn keep(settings: &Settings) {
    storage::set(PLACE, &settings.write());
}
