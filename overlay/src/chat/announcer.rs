use crate::show::show;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// At most one announcement in this time, so that a busy room can be listened to.
const QUIET_MS: u32 = 6_000;

/// Comments in one announcement; the rest is in the list.
const MOST: usize = 3;

/// Says new comments to a screen reader, a few at a time.
#[component]
pub(super) fn Announcer() -> impl IntoView {
    let show = show();
    let said = RwSignal::new(String::new());
    let last = StoredValue::new(None::<u64>);
    let waiting = StoredValue::new_local(None::<Timeout>);
    let announce = move || {
        waiting.set_value(None);
        show.chat.with_untracked(|chat| {
            let from = last.get_value().unwrap_or(0);
            let fresh: Vec<String> = chat
                .iter()
                .filter(|line| line.seq > from)
                .map(|line| format!("{}: {}", line.message.user.name, line.message.text))
                .collect();
            last.set_value(chat.last().map(|line| line.seq));
            let newest = fresh.len().saturating_sub(MOST);
            said.set(fresh.into_iter().skip(newest).collect::<Vec<_>>().join("\n"));
        });
    };
    Effect::new(move |_| {
        let newest = show.chat.with(|chat| chat.last().map(|line| line.seq));
        if last.get_value().is_none() {
            // What was said before one came in is not news.
            last.set_value(newest);
        } else if newest > last.get_value() && waiting.with_value(Option::is_none) {
            waiting.set_value(Some(Timeout::new(QUIET_MS, announce)));
        }
    });
    view! { <p class="hidden" role="status">{said}</p> }
}
