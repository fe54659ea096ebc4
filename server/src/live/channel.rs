//! One room's stream: its shows one after another, its publisher if there is one, and what readers see of it.

mod publication;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use packager::{Numbers, Packager, PackagerError, Progress, WallTime};
use protocol::RoomStatus;
use tokio::sync::{broadcast, oneshot, watch};

use crate::live::edition::Edition;
use crate::live::{LiveConfig, LiveEvent, RoomName};
use crate::recordings::{Place, Recorder, Recordings};
pub(crate) use publication::Publication;

/// A publisher who sent nothing for this long may be replaced: its connection broke, and the encoder is back already.
const STALE: Duration = Duration::from_secs(3);
/// After a host ended the show, encoders that reconnect by themselves are refused for this long.
const REST: Duration = Duration::from_secs(15);
/// How long an ended show can still be fetched.
const LINGER: Duration = Duration::from_secs(600);

/// One room's stream.
pub(crate) struct Channel {
    room: RoomName,
    config: LiveConfig,
    recordings: Option<Recordings>,
    events: broadcast::Sender<LiveEvent>,
    state: Mutex<State>,
    edition: watch::Sender<Option<Arc<Edition>>>,
}

#[derive(Default)]
struct State {
    show: Option<Show>,
    publisher: Option<Slot>,
    /// Publishers so far; tells one from the next.
    publishers: u64,
    resting_until: Option<Instant>,
    had_show: bool,
}

struct Show {
    packager: Packager,
    recorder: Option<Recorder>,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing to play yet.
    Starting,
    Live,
    Away,
}

struct Slot {
    id: u64,
    dismiss: oneshot::Sender<Dismissal>,
    last_media: Instant,
}

/// Why a publisher is sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Dismissal {
    #[error("the host ended the show")]
    ShowEnded,
    #[error("the publisher was dropped by the host")]
    Kicked,
    #[error("the encoder connected again")]
    Replaced,
}

/// Why nobody can publish now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Busy {
    #[error("somebody publishes with this stream key already: stop that encoder first")]
    Taken,
    #[error("the show was ended by its host: start the encoder again in a quarter of a minute for a new one")]
    Resting,
}

impl Channel {
    pub(crate) fn new(
        room: RoomName,
        config: LiveConfig,
        recordings: Option<Recordings>,
        events: broadcast::Sender<LiveEvent>,
    ) -> Self {
        Self { room, config, recordings, events, state: Mutex::default(), edition: watch::Sender::new(None) }
    }

    /// What readers see, now and from now on.
    pub(crate) fn editions(&self) -> watch::Receiver<Option<Arc<Edition>>> {
        self.edition.subscribe()
    }

    pub(crate) fn edition(&self) -> Option<Arc<Edition>> {
        self.edition.borrow().clone()
    }

    pub(crate) fn status(&self) -> RoomStatus {
        let state = self.state();
        match state.show.as_ref().map(|show| show.phase) {
            Some(Phase::Live) => RoomStatus::Live,
            Some(Phase::Away) => RoomStatus::Away,
            Some(Phase::Starting) | None if state.had_show => RoomStatus::Ended,
            Some(Phase::Starting) | None => RoomStatus::Idle,
        }
    }

    /// A publisher begins. It goes on with the show that waits for it, or begins a new one.
    pub(crate) fn begin(self: &Arc<Self>) -> Result<Publication, Busy> {
        let mut state = self.state();
        if state.resting_until.is_some_and(|until| Instant::now() < until) {
            return Err(Busy::Resting);
        }
        if let Some(slot) = state.publisher.take_if(|slot| slot.last_media.elapsed() > STALE) {
            let _gone = slot.dismiss.send(Dismissal::Replaced);
        }
        if state.publisher.is_some() {
            return Err(Busy::Taken);
        }
        if let Some(show) = &mut state.show {
            // A publisher who was replaced left frames behind.
            let _lost = show.packager.pause();
            show.packager.begin();
        } else {
            let numbers = self.first_numbers();
            let packager = Packager::new(self.config.packager(), numbers);
            state.show =
                Some(Show { packager, recorder: self.recorder(numbers.part), phase: Phase::Starting });
        }
        state.publishers += 1;
        let id = state.publishers;
        let (dismiss, dismissed) = oneshot::channel();
        state.publisher = Some(Slot { id, dismiss, last_media: Instant::now() });
        Ok(Publication::new(Arc::clone(self), id, dismissed))
    }

    /// Ends the show; `false` when there is none.
    pub(crate) fn end_show(&self) -> bool {
        let mut state = self.state();
        if state.show.is_none() {
            return false;
        }
        state.resting_until = Some(Instant::now() + REST);
        if let Some(slot) = state.publisher.take() {
            let _gone = slot.dismiss.send(Dismissal::ShowEnded);
        }
        self.end(&mut state);
        true
    }

    /// Drops the publisher; `false` when there is none.
    pub(crate) fn kick(&self) -> bool {
        let Some(slot) = self.state().publisher.take() else { return false };
        let _gone = slot.dismiss.send(Dismissal::Kicked);
        self.left(slot.id);
        true
    }

    /// Runs `work` on the packager for the publisher `id`, and shows readers what came of it.
    fn package(
        &self,
        id: u64,
        work: impl FnOnce(&mut Packager) -> Result<Progress, PackagerError>,
    ) -> Result<(), PackagerError> {
        let mut guard = self.state();
        let state = &mut *guard;
        let Some(slot) = state.publisher.as_mut().filter(|slot| slot.id == id) else { return Ok(()) };
        slot.last_media = Instant::now();
        let Some(show) = &mut state.show else { return Ok(()) };
        let before = show.packager.broken_pictures();
        let done = work(&mut show.packager);
        let broken = show.packager.broken_pictures();
        if broken > before {
            metrics::counter!("livestall_ingest_broken_pictures_total").increment(broken - before);
            if before == 0 {
                tracing::warn!(room = %self.room, "a picture was dropped: its NAL units do not add up; more are counted, not told");
            }
        }
        if done? == Progress::Nothing {
            return Ok(());
        }
        self.print(show);
        if show.phase != Phase::Live {
            let new_show = show.phase == Phase::Starting;
            show.phase = Phase::Live;
            state.had_show = true;
            tracing::info!(room = %self.room, new_show, "publisher on");
            self.announce(LiveEvent::PublisherOn { room: Arc::clone(&self.room), new_show });
        }
        Ok(())
    }

    /// The publisher `id` is gone.
    fn left(self: &Channel, id: u64) {
        let mut guard = self.state();
        let state = &mut *guard;
        state.publisher.take_if(|slot| slot.id == id);
        if state.publisher.is_some() || state.publishers != id {
            return;
        }
        let Some(show) = &mut state.show else { return };
        if show.phase == Phase::Starting {
            state.show = None;
            return;
        }
        match show.packager.pause() {
            Ok(Progress::Grew) => self.print(show),
            Ok(Progress::Nothing) => {}
            Err(error) => tracing::warn!(room = %self.room, %error, "the last part is lost"),
        }
        if show.phase == Phase::Live {
            show.phase = Phase::Away;
            tracing::info!(room = %self.room, grace = ?self.config.grace, "publisher away");
            self.announce(LiveEvent::PublisherAway { room: Arc::clone(&self.room) });
        }
    }

    /// The grace time of the publisher `id` is over.
    fn end_if_away(&self, id: u64) {
        let mut state = self.state();
        let away = state.show.as_ref().is_some_and(|show| show.phase == Phase::Away);
        if away && state.publishers == id && state.publisher.is_none() {
            self.end(&mut state);
        }
    }

    fn end(&self, state: &mut State) {
        let Some(mut show) = state.show.take() else { return };
        if show.phase == Phase::Starting {
            return;
        }
        show.packager.end();
        self.print(&mut show);
        tracing::info!(room = %self.room, "show ended");
        self.announce(LiveEvent::Ended { room: Arc::clone(&self.room) });
    }

    /// The show that the publisher `id` was the last of is forgotten, unless another publisher came since: the newer
    /// show's own time to linger counts.
    fn forget(&self, id: u64) {
        let state = self.state();
        if state.show.is_none() && state.publishers == id {
            self.edition.send_replace(None);
        }
    }

    /// Shows readers the window as it is now.
    fn print(&self, show: &mut Show) {
        let snapshot = show.packager.snapshot();
        if let Some(recorder) = &mut show.recorder {
            recorder.take(&snapshot);
        }
        self.edition.send_replace(Some(Arc::new(Edition::new(snapshot))));
        metrics::counter!("livestall_live_editions_total").increment(1);
    }

    fn recorder(&self, number: u64) -> Option<Recorder> {
        let recordings = self.recordings.as_ref()?;
        Some(recordings.begin(&Place::new(&self.room, number)?))
    }

    fn announce(&self, event: LiveEvent) {
        // Nobody has to listen.
        let _nobody = self.events.send(event);
    }

    /// Numbers start at the clock, so that they never go back, not even over a restart of the server.
    fn first_numbers(&self) -> Numbers {
        let millis = u64::try_from(now().0).unwrap_or(0);
        let (segment, part) = self.edition().map_or((0, 0), |edition| {
            (edition.snapshot.edge().msn.saturating_add(1), edition.snapshot.next_part())
        });
        Numbers { segment: segment.max(millis / 1_000), part: part.max(millis) }
    }

    /// A panic while the lock was held harms the show at most, not the server.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server's clock.
pub(crate) fn now() -> WallTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    WallTime(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_old_publication_left_behind_does_not_take_a_newer_show_away() {
        let (events, _) = broadcast::channel(1);
        let channel = Arc::new(Channel::new("tea".into(), LiveConfig::default(), None, events));
        drop(channel.begin());
        drop(channel.begin());
        let packager = Packager::new(LiveConfig::default().packager(), channel.first_numbers());
        channel.print(&mut Show { packager, recorder: None, phase: Phase::Starting });
        channel.forget(1);
        assert!(channel.edition().is_some());
        channel.forget(2);
        assert!(channel.edition().is_none());
    }
}
