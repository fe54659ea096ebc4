//! How to publish to the room: address, stream key, and a command to copy.

use super::desk::shared;
use crate::task::{Task, TaskError};
use crate::ui::{Confirm, Copy, Icon, Shape};
use crate::words::{Word, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::RoomWithKey;

/// The panel, closed at first: a host sets the encoder up once.
#[component]
pub(super) fn Encoder(owned: RoomWithKey) -> impl IntoView {
    let api = expect_context::<Api>();
    let room = shared().room_id();
    let task = Task::new();
    let owned = RwSignal::new(owned);
    let key = Signal::derive(move || owned.with(|owned| owned.stream_key.clone()));
    let server = Signal::derive(move || owned.with(|owned| server_of(&owned.publish_url, &owned.stream_key)));
    let ffmpeg = Signal::derive(move || owned.with(|owned| ffmpeg(&owned.publish_url)));
    let rotate = move || {
        let (api, room) = (api.clone(), room.clone());
        task.run(async move { api.rotate_key(&room).await }, move |renewed| owned.set(renewed));
    };
    view! {
        <details class="panel encoder">
            <summary><Icon shape=Shape::Key/><h2>{say(studio::ENCODER)}</h2></summary>
            <p class="hint">{say(studio::ENCODER_HINT)}</p>
            <Value label=studio::SERVER value=server/>
            <Secret label=studio::STREAM_KEY value=key/>
            <Value label=studio::FFMPEG value=ffmpeg/>
            <TaskError task/>
            <Confirm label=studio::ROTATE question=studio::ROTATE_QUESTION hint=studio::ROTATE_HINT
                class="button button-quiet button-small" act=rotate/>
        </details>
    }
}

#[component]
fn Value(label: Word, value: Signal<String>) -> impl IntoView {
    view! {
        <div class="value">
            <div><p>{say(label)}</p><Copy text=value/></div>
            <code>{value}</code>
        </div>
    }
}

/// A value that is shown only on request: hosts share their screens.
#[component]
fn Secret(label: Word, value: Signal<String>) -> impl IntoView {
    let shown = RwSignal::new(false);
    let (show, hide) = (say(studio::SHOW_KEY), say(studio::HIDE_KEY));
    let text = move || if shown.get() { value.get() } else { "•".repeat(16) };
    view! {
        <div class="value">
            <div>
                <p>{say(label)}</p>
                <button type="button" class="button button-quiet button-small" aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { hide() } else { show() }}
                </button>
                <Copy text=value/>
            </div>
            <code>{text}</code>
        </div>
    }
}

/// What OBS calls the server: the publish address without the key.
fn server_of(publish_url: &str, key: &str) -> String {
    publish_url.strip_suffix(key).unwrap_or(publish_url).trim_end_matches('/').to_owned()
}

/// The key stays out of sight here too: the command reads it from the shell.
fn ffmpeg(publish_url: &str) -> String {
    let server = publish_url.rsplit_once('/').map_or(publish_url, |(server, _)| server);
    format!(
        "ffmpeg -re -i show.mp4 -c:v libx264 -preset veryfast -tune zerolatency -g 60 -c:a aac -f flv {server}/$STREAM_KEY"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obs_takes_server_and_key_apart() {
        assert_eq!(
            server_of("rtmp://shop.example:1935/live/s3cret", "s3cret"),
            "rtmp://shop.example:1935/live"
        );
    }

    #[test]
    fn the_command_does_not_show_the_key() {
        let command = ffmpeg("rtmp://shop.example/live/s3cret");
        assert!(command.ends_with("-f flv rtmp://shop.example/live/$STREAM_KEY"), "{command}");
    }
}
