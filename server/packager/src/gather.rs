//! Before a stream runs: waits until it is known which tracks there are, for a picture that decodes alone, and for the
//! first part, so that the clock is read from more than one frame's arrival.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::tracks::Tracks;
use crate::{Config, Hints, MediaTime, PackagerError, Track, WallTime};

/// A track that was announced may take this long to come, in milliseconds of the publisher's clock.
const PATIENCE: i64 = 2_000;
/// A stream must be playable after this long, in milliseconds of the publisher's clock.
const LAST_MOMENT: i64 = 20_000;
/// Bytes that may wait. Four seconds at 60 Mbit/s.
const MAX_WAITING: usize = 32 << 20;

/// A frame with its place on the publisher's line of time.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub(crate) track: Track,
    /// Milliseconds on the line.
    pub(crate) at: i64,
    /// Milliseconds from decoding to presenting.
    pub(crate) composition: i32,
    /// It decodes alone.
    pub(crate) sync: bool,
    pub(crate) data: Bytes,
    pub(crate) arrived: WallTime,
}

/// Frames that wait for a start.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    waiting: VecDeque<Timed>,
    bytes: usize,
    /// First and latest time that was seen.
    seen: Option<(i64, i64)>,
    /// Nothing is missing; only the first part is not whole.
    complete: bool,
    /// The newest frame of the track that starts the stream: its time, and when it arrived.
    own: Option<(i64, WallTime)>,
    /// It came in time, not in a burst.
    in_time: bool,
}

impl Gather {
    /// Takes a frame. Whether the stream can start.
    pub(crate) fn push(
        &mut self,
        frame: Timed,
        tracks: &Tracks,
        hints: Hints,
        config: &Config,
    ) -> Result<bool, PackagerError> {
        let (first, latest) = self.seen.unwrap_or((frame.at, frame.at));
        let latest = latest.max(frame.at);
        self.seen = Some((first, latest));
        let (track, at, arrived) = (frame.track, frame.at, frame.arrived);
        self.keep(frame, tracks);
        self.watch(track, at, arrived);
        let waited = latest - first;
        let wants = |track| tracks.has(track) || (hints.expects(track) && waited < PATIENCE);
        let waits_for_key = tracks.has(Track::Video) && !self.starts_with_picture();
        let limit = config.max_bytes.min(MAX_WAITING);
        if self.bytes > limit && self.complete {
            return Err(PackagerError::TooHeavy { limit });
        }
        if (waited >= LAST_MOMENT && !self.complete) || self.bytes > limit {
            let missing = if waits_for_key { "no key frame came" } else { "neither H.264 nor AAC came" };
            return Err(PackagerError::NothingUsable(missing));
        }
        let missing =
            [Track::Video, Track::Audio].into_iter().any(|track| wants(track) && !tracks.has(track));
        self.complete = !waits_for_key && !missing && !self.waiting.is_empty();
        Ok(self.complete && self.holds(config.nominal_part()))
    }

    /// Whether the stream could start, were its first part whole.
    pub(crate) const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether the first part is there, and the burst that encoders open with is over.
    fn holds(&self, part: MediaTime) -> bool {
        let first = self.waiting.front().map_or(0, |frame| frame.at);
        let latest = self.seen.map_or(0, |(_, latest)| latest);
        let own = self.own.map_or(0, |(at, _)| at);
        latest - first >= PATIENCE || (self.in_time && own - first >= part.millis())
    }

    /// Notes when a frame of the track that starts the stream came. It came in time if it was about as long after the
    /// one before as its own time says; in a burst it does not.
    fn watch(&mut self, track: Track, at: i64, arrived: WallTime) {
        if self.waiting.front().is_some_and(|first| first.track == track) {
            let before = self.own.replace((at, arrived));
            self.in_time = before.is_some_and(|(time, then)| (arrived.0 - then.0) * 2 >= at - time);
        }
    }

    /// The frames, beginning with the one that starts the stream: a key frame, or sound when there are no pictures.
    pub(crate) fn finish(self) -> VecDeque<Timed> {
        self.waiting
    }

    fn starts_with_picture(&self) -> bool {
        self.waiting.front().is_some_and(|frame| frame.track == Track::Video)
    }

    fn keep(&mut self, frame: Timed, tracks: &Tracks) {
        if !tracks.has(frame.track) {
            return;
        }
        if tracks.has(Track::Video) && !self.starts_with_picture() {
            // Nothing from before the first key frame can be shown; sound from then on comes after it or not at all.
            self.waiting.clear();
            self.bytes = 0;
            self.own = None;
            if !frame.sync || frame.track != Track::Video {
                return;
            }
        }
        self.bytes += frame.data.len() + size_of::<Timed>();
        self.waiting.push_back(frame);
    }
}
