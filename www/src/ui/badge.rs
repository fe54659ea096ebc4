//! Where a show stands, as a small label.

use crate::words::{Word, common, say};
use leptos::prelude::*;
use protocol::RoomStatus;

const fn look(status: RoomStatus) -> (&'static str, Word) {
    match status {
        RoomStatus::Live => ("badge badge-live", common::LIVE),
        RoomStatus::Away => ("badge badge-away", common::AWAY),
        RoomStatus::Idle => ("badge", common::IDLE),
        RoomStatus::Ended => ("badge", common::ENDED),
    }
}

/// A label for `status`; the live one has a beating dot.
#[component]
pub(crate) fn StatusBadge(status: RoomStatus) -> impl IntoView {
    let (class, word) = look(status);
    view! { <span class=class><i class="dot" aria-hidden="true"></i>{say(word)}</span> }
}
