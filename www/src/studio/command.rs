//! A button that gives the room a command, and says why when it is refused.

use super::desk::shared;
use crate::task::{Task, TaskError};
use crate::words::{Word, say};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::Command;

/// Gives `command`, made when it is clicked, so that its moment is that of the picture then on screen.
#[component]
pub(super) fn CommandButton(
    label: Word,
    doing: Word,
    #[prop(default = "button button-small")] class: &'static str,
    command: impl Fn() -> Command + 'static,
) -> impl IntoView {
    let task = Task::new();
    let api = expect_context::<Api>();
    let room = shared().room_id();
    let (label, doing) = (say(label), say(doing));
    let give = move |_| {
        let (api, room, command) = (api.clone(), room.clone(), command());
        task.run(async move { api.command(&room, &command).await }, |_| {});
    };
    view! {
        <div class="command">
            <button type="button" class=class disabled=move || task.pending() on:click=give>
                {move || if task.pending() { doing() } else { label() }}
            </button>
            <TaskError task/>
        </div>
    }
}
