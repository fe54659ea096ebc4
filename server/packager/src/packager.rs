//! From a publisher's frames to the window, over every break: a clock that jumps, new configurations, a publisher who
//! comes back.

use bytes::Bytes;

use crate::epoch::{Beginning, Epoch};
use crate::gather::{Gather, Timed};
use crate::timeline::{Admission, Timeline};
use crate::tracks::Tracks;
use crate::window::Window;
use crate::{Config, Frame, Hints, MediaTime, PackagerError, Snapshot, Track, WallTime};

/// More jumps of the publisher's clock within a minute than this are no accident.
const MAX_JUMPS: usize = 20;
/// More changes of the configuration within a minute than this are no choice of the host's; each costs a segment.
const MAX_CHANGES: usize = 20;
/// So many broken pictures on end, ten seconds at 30 Hz, are no accident on the way.
const MAX_BROKEN: u32 = 300;

/// Packages one show of one room.
#[derive(Debug)]
pub struct Packager {
    config: Config,
    window: Window,
    tracks: Tracks,
    hints: Hints,
    timeline: Timeline,
    stage: Stage,
    /// Where the media timeline's zero is on the wall's clock, as far as decode times go.
    zero: Option<WallTime>,
    jumps: Vec<WallTime>,
    /// Changes of the configuration while something ran.
    changes: Vec<WallTime>,
    /// When the newest frame arrived.
    newest: WallTime,
    /// Pictures of this publisher that were dropped, since their units do not add up; and those since the last whole one.
    broken: u64,
    broken_in_a_row: u32,
    /// The pictures stopped, the sound did not.
    asleep: bool,
    ended: bool,
}

/// Numbers to begin with. Those of a later show must be higher, so that addresses never mean two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Media sequence number of the first segment.
    pub segment: u64,
    /// Number of the first part.
    pub part: u64,
}

/// What a frame led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing that a reader would see.
    Nothing,
    /// There is a new part: take a snapshot.
    Grew,
}

#[derive(Debug)]
enum Stage {
    Gathering(Gather),
    Running(Box<Epoch>),
}

impl Packager {
    /// An empty window.
    #[must_use]
    pub fn new(config: Config, first: Numbers) -> Self {
        Self {
            config,
            window: Window::new(config, first.segment, first.part),
            tracks: Tracks::default(),
            hints: Hints::default(),
            timeline: Timeline::default(),
            stage: Stage::Gathering(Gather::default()),
            zero: None,
            jumps: Vec::new(),
            changes: Vec::new(),
            newest: WallTime(0),
            broken: 0,
            broken_in_a_row: 0,
            asleep: false,
            ended: false,
        }
    }

    /// A publisher begins, or comes back: nothing of the one before is known any more.
    pub fn begin(&mut self) {
        self.tracks = Tracks::default();
        self.hints = Hints::default();
        self.asleep = false;
        (self.broken, self.broken_in_a_row) = (0, 0);
        self.timeline = Timeline::default();
        self.stage = Stage::Gathering(Gather::default());
    }

    /// The encoder says what will come.
    pub fn hint(&mut self, hints: Hints) {
        self.hints = hints;
    }

    /// A decoder configuration. One that differs from the one before begins behind a discontinuity.
    ///
    /// # Errors
    /// When it cannot be read, or changes all the time.
    pub fn configure(&mut self, track: Track, config: &Bytes) -> Result<Progress, PackagerError> {
        let mut tracks = self.tracks.clone();
        if !tracks.set(track, config)? {
            return Ok(Progress::Nothing);
        }
        if matches!(self.stage, Stage::Running(_)) && lately(&mut self.changes, self.newest) > MAX_CHANGES {
            return Err(PackagerError::Changeable(self.changes.len()));
        }
        // What came before was encoded as it said before.
        let progress = self.restart()?;
        self.tracks = tracks;
        Ok(progress)
    }

    /// Pictures of the publisher of now that were dropped, since their units do not add up.
    #[must_use]
    pub const fn broken_pictures(&self) -> u64 {
        self.broken
    }

    /// A frame that arrived at `now`. One whose units do not add up is dropped.
    ///
    /// # Errors
    /// [`PackagerError`] when the publisher's stream cannot be packaged.
    pub fn push(&mut self, frame: Frame, now: WallTime) -> Result<Progress, PackagerError> {
        let before = self.window.next_part();
        self.newest = now;
        let Some(sync) = self.decodes_alone(&frame) else {
            self.broken += 1;
            self.broken_in_a_row += 1;
            if self.broken_in_a_row > MAX_BROKEN {
                return Err(PackagerError::NothingUsable("no picture's NAL units add up"));
            }
            return Ok(Progress::Nothing);
        };
        if frame.track == Track::Video {
            self.broken_in_a_row = 0;
        }
        let at = match self.timeline.admit(frame.track, frame.timestamp) {
            Admission::InOrder(at) => at,
            Admission::Straggler => return Ok(Progress::Nothing),
            Admission::Jump => {
                self.count_jump(now)?;
                self.restart()?;
                0
            }
        };
        if self.asleep && frame.track == Track::Video && sync {
            self.asleep = false;
            self.restart()?;
        }
        let Frame { track, composition, data, .. } = frame;
        self.take(Timed { track, at, composition, sync, data, arrived: now })?;
        Ok(self.progress_since(before))
    }

    /// The publisher is gone: what waits goes out.
    ///
    /// # Errors
    /// When the last part cannot be written.
    pub fn pause(&mut self) -> Result<Progress, PackagerError> {
        self.restart()
    }

    /// The show is over.
    pub fn end(&mut self) {
        // The last part is lost when it cannot be written; the end is not.
        let _lost = self.restart();
        self.ended = true;
    }

    /// The window as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.window.snapshot(self.ended, self.hints.millihertz)
    }

    fn take(&mut self, frame: Timed) -> Result<(), PackagerError> {
        match &mut self.stage {
            Stage::Gathering(gather) => {
                let tracks = self.tracks.awake(self.asleep);
                if gather.push(frame, &tracks, self.hints, &self.config)? {
                    self.run(&tracks)?;
                }
            }
            Stage::Running(epoch) => {
                epoch.push(frame, &mut self.window)?;
                if epoch.video_sleeps() {
                    self.asleep = true;
                    self.restart()?;
                }
            }
        }
        Ok(())
    }

    /// Enough was gathered: the stream starts.
    fn run(&mut self, tracks: &Tracks) -> Result<(), PackagerError> {
        let Stage::Gathering(gather) =
            std::mem::replace(&mut self.stage, Stage::Gathering(Gather::default()))
        else {
            return Ok(());
        };
        let frames = gather.finish();
        let Some(first) = frames.front() else { return Ok(()) };
        let (line_start, track) = (first.at, first.track);
        let composition = i64::from(first.composition);
        // Encoders open with a burst: the first frame is presented when it would have arrived, had it come as soon after
        // its own time as the soonest one did. A later run keeps that clock, as far as it goes forward.
        let own = frames.iter().filter(|frame| frame.track == track);
        let arrived =
            own.map(|frame| frame.arrived.0.saturating_sub(frame.at - line_start)).min().unwrap_or(0);
        let zero = *self.zero.get_or_insert(WallTime(arrived.saturating_sub(composition)));
        let due = MediaTime::from_millis(arrived.saturating_sub(zero.0).saturating_sub(composition));
        let beginning = Beginning {
            line_start,
            start: due.max(self.window.end()),
            program_zero: WallTime(zero.0.saturating_add(composition)),
            discontinuity: self.zero_was_used(),
        };
        let init = tracks.init(self.window.next_part())?;
        let mut epoch = Epoch::new(self.config, tracks, init, beginning);
        for frame in frames {
            epoch.push(frame, &mut self.window)?;
        }
        self.stage = Stage::Running(Box::new(epoch));
        Ok(())
    }

    /// What runs ends; what comes next begins behind a discontinuity.
    fn restart(&mut self) -> Result<Progress, PackagerError> {
        let before = self.window.next_part();
        if let Stage::Gathering(gather) = &self.stage
            && gather.is_complete()
        {
            self.run(&self.tracks.awake(self.asleep))?;
        }
        let finished = match std::mem::replace(&mut self.stage, Stage::Gathering(Gather::default())) {
            Stage::Running(mut epoch) => epoch.finish(&mut self.window),
            Stage::Gathering(_) => Ok(()),
        };
        // What comes next has another initialization segment, also when the last part is lost or an epoch failed at its start.
        self.window.end_segment();
        finished?;
        Ok(self.progress_since(before))
    }

    fn progress_since(&self, part: u64) -> Progress {
        if self.window.next_part() > part { Progress::Grew } else { Progress::Nothing }
    }

    /// Something was packaged before.
    fn zero_was_used(&self) -> bool {
        self.window.end() > MediaTime::ZERO
    }

    /// Whether a frame decodes alone; `None` when its units do not add up, which would stop a viewer's decoder.
    fn decodes_alone(&self, frame: &Frame) -> Option<bool> {
        let units = match frame.track {
            Track::Audio => return Some(true),
            Track::Video => container::avc::nal_units(&frame.data, self.tracks.length_size()),
        };
        // 5 is a slice of an IDR picture.
        units.into_iter().try_fold(false, |key, unit| unit.ok().map(|unit| key || unit.kind == 5))
    }

    fn count_jump(&mut self, now: WallTime) -> Result<(), PackagerError> {
        if lately(&mut self.jumps, now) > MAX_JUMPS {
            return Err(PackagerError::Restless(self.jumps.len()));
        }
        Ok(())
    }
}

/// Notes that something happened now. How often it did within a minute.
fn lately(times: &mut Vec<WallTime>, now: WallTime) -> usize {
    times.retain(|time| now.0.saturating_sub(time.0) < 60_000);
    times.push(now);
    times.len()
}

#[cfg(test)]
mod tests;
