//! Shows that are kept: the very segments that were packaged, written as they are cut, read again when the show is over.
//! Knows rooms by name and recordings by number; which recordings make up a show is the log's say, see [`crate::room`].
//!
//! # When the disk is full or slow
//! The live show never waits: what cannot be queued, or cannot be written, is left out, and the journal says so as soon as
//! it can be written again. A replay has an `EXT-X-GAP` there. A segment is on the disk before the journal names it, so
//! that after a crash all that the journal names is there; a line that was cut short is not read.

mod journal;
mod place;
mod recorder;
mod replays;
mod retention;
mod routes;
mod storage;

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use packager::Vod;

use crate::live::File;
pub use place::Place;
pub(crate) use recorder::Recorder;
pub use replays::{Replay, Replays};
pub use retention::keep_for;
pub use routes::router;
pub use storage::{Folder, Storage};

/// Every recording of this server. Cheap to clone.
#[derive(Clone)]
pub struct Recordings {
    storage: Arc<dyn Storage>,
    /// Those that are being written.
    open: Arc<Mutex<HashSet<Place>>>,
    /// Segments that wait to be written, of all of them.
    waiting: Arc<AtomicUsize>,
}

impl Recordings {
    /// In a local folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self::on(Arc::new(Folder::new(folder)))
    }

    /// On storage of the caller's.
    pub fn on(storage: Arc<dyn Storage>) -> Self {
        Self { storage, open: Arc::default(), waiting: Arc::default() }
    }

    /// Begins a recording; dropping the recorder ends it.
    pub(crate) fn begin(&self, place: &Place) -> Recorder {
        self.opened(|open| open.insert(place.clone()));
        Recorder::start(self, place)
    }

    /// Whether it is still being written.
    pub fn is_open(&self, place: &Place) -> bool {
        self.opened(|open| open.contains(place))
    }

    /// The numbers of a room's recordings, oldest first.
    ///
    /// # Errors
    /// When the storage cannot be read.
    pub fn of_room(&self, room: &str) -> io::Result<Vec<u64>> {
        let mut numbers = self.storage.recordings(room)?;
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// What a recording holds; nothing when there is none.
    ///
    /// # Errors
    /// When the storage cannot be read.
    pub fn load(&self, place: &Place) -> io::Result<Vod> {
        match self.storage.journal(place) {
            Ok(text) => Ok(journal::read(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vod::default()),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file of a recording.
    ///
    /// # Errors
    /// When there is none, or the storage cannot be read.
    pub fn file(&self, place: &Place, file: File) -> io::Result<Bytes> {
        self.storage.read(place, file)
    }

    /// Waits until nothing waits to be written, but not for longer than `most`.
    pub async fn settle(&self, most: Duration) {
        let settled = async {
            while self.waiting.load(Ordering::Acquire) > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(most, settled).await.is_err() {
            tracing::warn!("Segments that were not written in time are not in their recordings");
        }
    }

    fn opened<T>(&self, look: impl FnOnce(&mut HashSet<Place>) -> T) -> T {
        look(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
