//! Live streams: publishers in over RTMP, low-latency HLS out. Knows rooms by name only: who may publish is
//! [`PublishAuth`]'s answer, what a room does when its show ends is up to whoever listens to [`Live::events`].

mod address;
mod auth;
mod channel;
mod config;
mod connection;
mod edition;
mod event;
mod listener;
mod routes;

pub use address::File;
pub use auth::{AuthFuture, PublishAuth, Refusal, RoomName};
pub use config::LiveConfig;
pub(crate) use edition::Text;
pub use event::LiveEvent;
pub(crate) use routes::{cors, index, respond};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use channel::Channel;
use protocol::{RoomStatus, StreamTime};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::recordings::Recordings;

/// Every live stream of this server. Cheap to clone; clones share the streams.
#[derive(Clone)]
pub struct Live {
    shared: Arc<Shared>,
}

struct Shared {
    config: LiveConfig,
    auth: Arc<dyn PublishAuth>,
    recordings: Option<Recordings>,
    events: broadcast::Sender<LiveEvent>,
    /// One for each room that was ever published to: only a right key makes one.
    channels: Mutex<HashMap<RoomName, Arc<Channel>>>,
}

impl Live {
    /// No stream yet; `auth` decides who may publish.
    pub fn new(config: LiveConfig, auth: Arc<dyn PublishAuth>) -> Self {
        Self::recorded(config, auth, None)
    }

    /// The same; every show goes into the recordings.
    pub fn recorded(config: LiveConfig, auth: Arc<dyn PublishAuth>, recordings: Option<Recordings>) -> Self {
        let (events, _) = broadcast::channel(256);
        Self { shared: Arc::new(Shared { config, auth, recordings, events, channels: Mutex::default() }) }
    }

    /// Takes publishers until `shutdown`. A connection that fails harms no other.
    pub async fn serve_rtmp(&self, listener: TcpListener, shutdown: CancellationToken) {
        listener::serve(self, listener, shutdown).await;
    }

    /// `GET` and `HEAD` of `/live/{room}/{file}`: playlists, parts, segments.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// What happens to streams, from now on. A listener that falls more than 256 events behind misses some.
    pub fn events(&self) -> broadcast::Receiver<LiveEvent> {
        self.shared.events.subscribe()
    }

    /// Where the room's show stands; [`RoomStatus::Idle`] when nobody published since the server began.
    pub fn status(&self, room: &str) -> RoomStatus {
        self.existing_channel(room).map_or(RoomStatus::Idle, |channel| channel.status())
    }

    /// The end of the newest published picture; `None` without a stream.
    pub fn newest_picture(&self, room: &str) -> Option<StreamTime> {
        let edition = self.existing_channel(room)?.edition()?;
        edition.snapshot.newest_picture().map(|time| StreamTime(time.0))
    }

    /// The oldest picture that a viewer can still seek to; `None` without a stream.
    pub fn window_start(&self, room: &str) -> Option<StreamTime> {
        let edition = self.existing_channel(room)?.edition()?;
        edition.snapshot.window_start().map(|time| StreamTime(time.0))
    }

    /// Whether a show is on that can be played.
    pub fn is_on(&self, room: &str) -> bool {
        let edition = self.existing_channel(room).and_then(|channel| channel.edition());
        edition.is_some_and(|edition| edition.snapshot.is_playable() && !edition.snapshot.is_over())
    }

    /// Ends the show for good: the playlist gets its end, the publisher is dropped and may not come back at once.
    /// `false` when there is no show.
    pub fn end_show(&self, room: &str) -> bool {
        self.existing_channel(room).is_some_and(|channel| channel.end_show())
    }

    /// Drops the publisher, who may come back. `false` when there is none.
    pub fn kick(&self, room: &str) -> bool {
        self.existing_channel(room).is_some_and(|channel| channel.kick())
    }

    pub(crate) fn config(&self) -> &LiveConfig {
        &self.shared.config
    }

    pub(crate) fn auth(&self) -> &dyn PublishAuth {
        &*self.shared.auth
    }

    pub(crate) fn existing_channel(&self, room: &str) -> Option<Arc<Channel>> {
        self.channels().get(room).cloned()
    }

    /// The room's channel, made if it is the first time.
    pub(crate) fn channel(&self, room: &RoomName) -> Arc<Channel> {
        let make = || {
            let Shared { config, recordings, events, .. } = &*self.shared;
            Arc::new(Channel::new(Arc::clone(room), config.clone(), recordings.clone(), events.clone()))
        };
        Arc::clone(self.channels().entry(Arc::clone(room)).or_insert_with(make))
    }

    fn channels(&self) -> MutexGuard<'_, HashMap<RoomName, Arc<Channel>>> {
        self.shared.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
