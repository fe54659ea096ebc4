//! Before a stream runs: waits until it is known which tracks there are, and for a picture that decodes alone.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::tracks::Tracks;
use crate::{Hints, PackagerError, Track, WallTime};

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
}

impl Gather {
    /// Takes a frame. Whether the stream can start.
    pub(crate) fn push(
        &mut self,
        frame: Timed,
        tracks: &Tracks,
        hints: Hints,
    ) -> Result<bool, PackagerError> {
        let (first, latest) = self.seen.unwrap_or((frame.at, frame.at));
        let latest = latest.max(frame.at);
        self.seen = Some((first, latest));
        self.keep(frame, tracks);
        let waited = latest - first;
        let wants = |track| tracks.has(track) || (hints.expects(track) && waited < PATIENCE);
        let waits_for_key = tracks.has(Track::Video) && !self.starts_with_picture();
        if waited >= LAST_MOMENT || self.bytes > MAX_WAITING {
            let missing = if waits_for_key { "no key frame came" } else { "neither H.264 nor AAC came" };
            return Err(PackagerError::NothingUsable(missing));
        }
        let missing =
            [Track::Video, Track::Audio].into_iter().any(|track| wants(track) && !tracks.has(track));
        Ok(!waits_for_key && !missing && !self.waiting.is_empty())
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
            if !frame.sync || frame.track != Track::Video {
                return;
            }
        }
        self.bytes += frame.data.len();
        self.waiting.push_back(frame);
    }
}
