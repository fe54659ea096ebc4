//! Between the streams and the rooms: which key opens which room, and what a room hears of its publisher.

use ::room::LiveChange;
use protocol::RoomStatus;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::live::{AuthFuture, LiveEvent, PublishAuth, Refusal};
use crate::state::App;
use crate::store::{self, Store, StoreError};

/// Stream keys, as the store has them.
#[derive(Debug, Clone)]
pub struct Keys(pub Store);

impl PublishAuth for Keys {
    fn authorize<'a>(&'a self, stream_key: &'a str) -> AuthFuture<'a> {
        Box::pin(async move {
            let found = async { store::rooms::by_stream_key(&mut *self.0.read().await?, stream_key).await };
            match found.await {
                Ok(Some(room)) => Ok(Arc::from(room)),
                Ok(None) => Err(Refusal::UnknownKey),
                Err(error) => {
                    tracing::error!(%error, "A stream key could not be checked");
                    Err(Refusal::Unavailable)
                }
            }
        })
    }
}

/// Tells the rooms of their publishers, for as long as the server runs. `events` began before the first publisher.
pub async fn follow(app: App, mut events: Receiver<LiveEvent>) {
    if let Err(error) = settle(&app).await {
        tracing::error!(%error, "Rooms that were live could not be looked up");
    }
    let grace = tokio::time::sleep(Duration::from_secs(app.config.grace_seconds));
    tokio::pin!(grace);
    let mut waits = true;
    loop {
        let event = tokio::select! {
            () = app.shutdown.cancelled() => return,
            () = &mut grace, if waits => {
                waits = false;
                Err(RecvError::Lagged(0))
            }
            event = events.recv() => event,
        };
        match event {
            Ok(LiveEvent::PublisherOn { room, .. }) => app.rooms.open(&room).live(LiveChange::On).await,
            Ok(LiveEvent::PublisherAway { room }) => app.rooms.open(&room).live(LiveChange::Away).await,
            Ok(LiveEvent::Ended { room }) => app.rooms.open(&room).live(LiveChange::Ended).await,
            Err(RecvError::Lagged(_)) => {
                if let Err(error) = catch_up(&app).await {
                    tracing::error!(%error, "Rooms could not be brought in line with their streams");
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// Rooms that were live when the server stopped wait for their publishers.
async fn settle(app: &App) -> Result<(), StoreError> {
    for (room, status) in store::log::statuses(&mut *app.store.read().await?).await? {
        if status == RoomStatus::Live && app.live.status(&room) != RoomStatus::Live {
            app.rooms.open(&room).live(LiveChange::Away).await;
        }
    }
    Ok(())
}

/// Rooms say what their streams are, when some of what happened was not heard.
async fn catch_up(app: &App) -> Result<(), StoreError> {
    for (room, status) in store::log::statuses(&mut *app.store.read().await?).await? {
        let change = match app.live.status(&room) {
            RoomStatus::Live => LiveChange::On,
            RoomStatus::Away => LiveChange::Away,
            RoomStatus::Idle | RoomStatus::Ended => LiveChange::Ended,
        };
        if matches!(status, RoomStatus::Live | RoomStatus::Away) || change != LiveChange::Ended {
            app.rooms.open(&room).live(change).await;
        }
    }
    Ok(())
}
