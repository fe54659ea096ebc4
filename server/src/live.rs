//! Live streams: publishers in over RTMP, low-latency HLS out. Knows rooms by name only: who may publish is
//! [`PublishAuth`]'s answer, what a room does when its show ends is up to whoever listens to [`Live::events`].

mod auth;
mod config;
mod event;

pub use auth::{AuthFuture, PublishAuth, Refusal, RoomName};
pub use config::LiveConfig;
pub use event::LiveEvent;

use std::sync::Arc;

use axum::Router;
use protocol::{RoomStatus, StreamTime};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// Every live stream of this server. Cheap to clone; clones share the streams.
#[derive(Clone)]
pub struct Live {
    shared: Arc<Shared>,
}

struct Shared {
    config: LiveConfig,
    auth: Arc<dyn PublishAuth>,
    events: broadcast::Sender<LiveEvent>,
}

impl Live {
    /// No stream yet; `auth` decides who may publish.
    pub fn new(config: LiveConfig, auth: Arc<dyn PublishAuth>) -> Self {
        let (events, _) = broadcast::channel(256);
        Self { shared: Arc::new(Shared { config, auth, events }) }
    }

    /// Takes publishers until `shutdown`. A connection that fails harms no other.
    pub async fn serve_rtmp(&self, listener: TcpListener, shutdown: CancellationToken) {
        let _ = (listener, &self.shared.auth, &self.shared.config);
        shutdown.cancelled().await;
    }

    /// `GET` and `HEAD` of `/live/{room}/{file}`: playlists, parts, segments.
    pub fn router(&self) -> Router {
        Router::new()
    }

    /// What happens to streams, from now on. A listener that falls more than 256 events behind misses some.
    pub fn events(&self) -> broadcast::Receiver<LiveEvent> {
        self.shared.events.subscribe()
    }

    /// Where the room's show stands; [`RoomStatus::Idle`] when nobody published since the server began.
    pub fn status(&self, _room: &str) -> RoomStatus {
        RoomStatus::Idle
    }

    /// The end of the newest published picture; `None` without a stream.
    pub fn newest_picture(&self, _room: &str) -> Option<StreamTime> {
        None
    }

    /// The oldest picture that a viewer can still seek to; `None` without a stream.
    pub fn window_start(&self, _room: &str) -> Option<StreamTime> {
        None
    }

    /// Ends the show for good: the playlist gets its end, the publisher is dropped and may not come back at once.
    /// `false` when there is no show.
    pub fn end_show(&self, _room: &str) -> bool {
        false
    }

    /// Drops the publisher, who may come back. `false` when there is none.
    pub fn kick(&self, _room: &str) -> bool {
        false
    }
}
