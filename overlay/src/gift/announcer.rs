use super::name;
use crate::{show::show, text::Text};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use timeline::{TrayBody, TrayCard};

/// At most one announcement in this time, so that a generous room can be listened to.
const QUIET_MS: u32 = 6_000;

/// Says to a screen reader who gave what: of many, the newest.
#[component]
pub(crate) fn GiftAnnouncer() -> impl IntoView {
    let show = show();
    let said = RwSignal::new(String::new());
    let last = StoredValue::new(0_u64);
    let waiting = StoredValue::new_local(None::<Timeout>);
    let newest = Memo::new(move |_| {
        let tray = show.trays.with(|trays| trays.iter().flatten().max_by_key(|card| card.key).cloned());
        let stage = show.luxury.with(|card| card.as_ref().map(|card| (card.key, card.given.clone(), 1)));
        let row = |card: TrayCard| match card.body {
            TrayBody::Row { given, count } => Some((card.key, given, count)),
            TrayBody::Many { .. } => None,
        };
        tray.and_then(row).into_iter().chain(stage).max_by_key(|(key, ..)| *key)
    });
    let announce = move || {
        waiting.set_value(None);
        let Some((key, given, count)) = newest.get_untracked() else { return };
        last.set_value(key);
        let lang = show.lang.get_untracked();
        let (who, what) = (&given.user.name, name(&given.gift.name, lang));
        said.set(format!("{who} {} {what} ×{count}", lang.of(Text::Gave)));
    };
    Effect::new(move |_| {
        let news = newest.with(|newest| newest.as_ref().is_some_and(|(key, ..)| *key > last.get_value()));
        if news && waiting.with_value(Option::is_none) {
            // The first at once; the pause comes after it.
            announce();
            waiting.set_value(Some(Timeout::new(QUIET_MS, move || {
                let news = newest.with_untracked(|newest| {
                    newest.as_ref().is_some_and(|(key, ..)| *key > last.get_value())
                });
                if news { announce() } else { waiting.set_value(None) }
            })));
        }
    });
    view! { <p class="hidden gave" role="status">{said}</p> }
}
