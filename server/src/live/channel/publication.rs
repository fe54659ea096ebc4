//! A publisher's hold on its channel. Dropping it, even by a panic, begins the grace time.

use std::sync::Arc;

use bytes::Bytes;
use packager::{Frame, Hints, PackagerError, Progress, Track};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::{Channel, Dismissal, LINGER, now};

/// A publisher's hold on its channel.
pub(crate) struct Publication {
    channel: Arc<Channel>,
    id: u64,
    dismissed: Option<oneshot::Receiver<Dismissal>>,
}

impl Publication {
    pub(super) fn new(channel: Arc<Channel>, id: u64, dismissed: oneshot::Receiver<Dismissal>) -> Self {
        Self { channel, id, dismissed: Some(dismissed) }
    }

    /// Whose stream.
    pub(crate) fn room(&self) -> &str {
        &self.channel.room
    }

    /// Resolves when the publisher must go. To be taken once.
    pub(crate) fn dismissed(&mut self) -> Option<oneshot::Receiver<Dismissal>> {
        self.dismissed.take()
    }

    /// What the encoder says will come.
    pub(crate) fn hint(&self, hints: Hints) -> Result<(), PackagerError> {
        self.channel.package(self.id, |packager| {
            packager.hint(hints);
            Ok(Progress::Nothing)
        })
    }

    /// A decoder configuration.
    pub(crate) fn configure(&self, track: Track, config: &Bytes) -> Result<(), PackagerError> {
        self.channel.package(self.id, |packager| packager.configure(track, config))
    }

    /// A frame that arrived now.
    pub(crate) fn frame(&self, frame: Frame) -> Result<(), PackagerError> {
        self.channel.package(self.id, |packager| packager.push(frame, now()))
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        self.channel.left(self.id);
        // Without a runtime the server is shutting down, and nobody waits for the end.
        let Ok(runtime) = Handle::try_current() else { return };
        let (channel, id) = (Arc::clone(&self.channel), self.id);
        runtime.spawn(async move {
            tokio::time::sleep(channel.config.grace).await;
            channel.end_if_away(id);
            tokio::time::sleep(LINGER).await;
            channel.forget(id);
        });
    }
}
