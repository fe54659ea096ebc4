//! Writes a show as it is cut, on a thread of its own. Never waits for the disk where the show is.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use packager::{Recorded, Segment, Snapshot};

use super::{Place, Recordings, journal};
use crate::live::File;

/// Segments that may wait for the disk: two minutes.
const QUEUE: usize = 64;
/// Bytes of them.
const QUEUE_BYTES: usize = 64 << 20;
/// Lost segments that the journal is still to name: a disk that is full for five hours. Beyond, a replay jumps.
const LOST: usize = 10_000;

/// What a show's segments are handed to. Dropping it ends the recording, once all is written.
pub(crate) struct Recorder {
    queue: SyncSender<Arc<Segment>>,
    shared: Arc<Shared>,
    /// Number of the next segment to take.
    next: u64,
}

struct Shared {
    place: Place,
    /// Bytes that wait.
    bytes: AtomicUsize,
    /// Segments that wait, of all recordings.
    waiting: Arc<AtomicUsize>,
    lost: Mutex<VecDeque<Recorded>>,
}

impl Recorder {
    pub(super) fn start(recordings: &Recordings, place: &Place) -> Self {
        let (queue, segments) = mpsc::sync_channel(QUEUE);
        let shared = Arc::new(Shared {
            place: place.clone(),
            bytes: AtomicUsize::new(0),
            waiting: Arc::clone(&recordings.waiting),
            lost: Mutex::default(),
        });
        let writer = Writer {
            recordings: recordings.clone(),
            shared: Arc::clone(&shared),
            inits: HashSet::new(),
            untold: String::new(),
            failing: false,
        };
        let thread = std::thread::Builder::new().name("recorder".to_owned());
        if let Err(error) = thread.spawn(move || writer.run(segments)) {
            tracing::error!(%place, %error, "This show is not recorded");
            recordings.opened(|open| open.remove(place));
        }
        Self { queue, shared, next: 0 }
    }

    /// Takes the segments that have become whole.
    pub(crate) fn take(&mut self, snapshot: &Snapshot) {
        for segment in snapshot.segments_from(self.next) {
            self.next = segment.number.saturating_add(1);
            self.offer(segment);
        }
    }

    /// Takes a segment; it is lost when there is no room for it.
    fn offer(&self, segment: &Arc<Segment>) {
        let Shared { bytes, waiting, .. } = &*self.shared;
        let size = segment.size();
        let before = bytes.fetch_add(size, Ordering::AcqRel);
        waiting.fetch_add(1, Ordering::AcqRel);
        let fits = before.saturating_add(size) <= QUEUE_BYTES;
        if !fits || self.queue.try_send(Arc::clone(segment)).is_err() {
            self.shared.done(size);
            self.shared.lose(segment);
        }
    }
}

impl Shared {
    /// A segment no longer waits.
    fn done(&self, size: usize) {
        self.bytes.fetch_sub(size, Ordering::AcqRel);
        self.waiting.fetch_sub(1, Ordering::AcqRel);
    }

    fn lose(&self, segment: &Segment) {
        metrics::counter!("livestall_recording_lost_segments_total").increment(1);
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if lost.len() == LOST {
            lost.pop_front();
        }
        lost.push_back(Recorded { lost: true, ..Recorded::from(segment) });
    }

    /// The lost segments before `number`, in order.
    fn lost_before(&self, number: u64) -> Vec<Recorded> {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut before, after): (Vec<_>, Vec<_>) =
            lost.drain(..).partition(|segment| segment.number < number);
        lost.extend(after);
        before.sort_by_key(|segment| segment.number);
        before
    }
}

struct Writer {
    recordings: Recordings,
    shared: Arc<Shared>,
    /// Initialization segments that are on the disk.
    inits: HashSet<u64>,
    /// Lines that the journal is still to get.
    untold: String,
    /// The last write failed: said once.
    failing: bool,
}

/// Says that a recording is closed, also when its writer panics.
struct Closing(Recordings, Place);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.opened(|open| open.remove(&self.1));
    }
}

impl Writer {
    fn run(mut self, segments: Receiver<Arc<Segment>>) {
        let _closing = Closing(self.recordings.clone(), self.shared.place.clone());
        for segment in segments {
            self.keep(&segment);
            self.shared.done(segment.size());
        }
        self.tell(u64::MAX);
    }

    fn keep(&mut self, segment: &Segment) {
        let kept = self.keep_init(segment).and_then(|()| {
            let parts: Vec<Bytes> = segment.parts.iter().map(|part| part.data.clone()).collect();
            self.recordings.storage.put(&self.shared.place, File::Segment(segment.number), &parts)
        });
        match kept {
            Ok(()) => {
                self.name_lost(segment.number);
                self.untold.push_str(&journal::segment(&Recorded::from(segment)));
            }
            Err(error) => {
                self.complain(&error);
                self.shared.lose(segment);
            }
        }
        self.tell(segment.number);
    }

    fn keep_init(&mut self, segment: &Segment) -> std::io::Result<()> {
        let init = &segment.init;
        if self.inits.contains(&init.number) {
            return Ok(());
        }
        let data = std::slice::from_ref(&init.data);
        self.recordings.storage.put(&self.shared.place, File::Init(init.number), data)?;
        self.untold.push_str(&journal::init(&(&**init).into()));
        self.inits.insert(init.number);
        Ok(())
    }

    fn name_lost(&mut self, before: u64) {
        for lost in self.shared.lost_before(before) {
            self.untold.push_str(&journal::segment(&lost));
        }
    }

    /// Brings the journal up to date, as far as before the segment `number`.
    fn tell(&mut self, number: u64) {
        self.name_lost(number);
        if self.untold.is_empty() || self.inits.is_empty() {
            return;
        }
        match self.recordings.storage.append(&self.shared.place, &self.untold) {
            Ok(()) => {
                self.untold.clear();
                if std::mem::take(&mut self.failing) {
                    tracing::info!(place = %self.shared.place, "The recording goes on");
                }
            }
            Err(error) => self.complain(&error),
        }
    }

    fn complain(&mut self, error: &std::io::Error) {
        if !std::mem::replace(&mut self.failing, true) {
            tracing::error!(place = %self.shared.place, %error, "The recording has a hole from here on: is the disk full?");
        }
    }
}

#[cfg(test)]
mod tests;
