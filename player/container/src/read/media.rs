//! Media segments and parts: `moof` with its `mdat`, and the event messages and clock references around them.

use std::ops::Range;
use std::time::Duration;

use super::faults::Faults;
use super::walk::Walker;
use super::{EventMessage, Init, ProducerReferenceTime, emsg, moof, prft};
use crate::limits::{MAX_EVENTS, MAX_FRAGMENTS};
use crate::{Error, FourCc};

/// What the bytes of a segment or a part hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Media {
    /// Whole fragments, in order.
    pub fragments: Vec<Fragment>,
    /// `emsg` boxes.
    pub events: Vec<EventMessage>,
    /// `prft` boxes.
    pub clocks: Vec<ProducerReferenceTime>,
    /// Bytes that were read: up to the end of the last whole fragment or box. What follows needs more bytes.
    pub consumed: usize,
}

/// One `moof` and its `mdat`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Sequence number (`mfhd`).
    pub sequence: u32,
    /// Where both boxes stand in the input.
    pub range: Range<usize>,
    /// One entry for each track of the init segment that has samples here.
    pub tracks: Vec<TrackFragment>,
}

/// The samples of one track in one fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackFragment {
    /// Which track.
    pub track_id: u32,
    /// The track's units a second.
    pub timescale: u32,
    /// Decode time of the first sample (`tfdt`), in units.
    pub base_decode_time: u64,
    /// Sum of the samples' durations, in units.
    pub duration: u64,
    /// Earliest presentation time of any sample, in units: what MSE will show as the start of the buffered range.
    pub presentation_start: i64,
    /// How many samples.
    pub samples: u32,
    /// The first sample decodes alone.
    pub starts_with_sync: bool,
    /// Any sample decodes alone.
    pub has_sync: bool,
}

impl TrackFragment {
    /// Decode time of the first sample.
    #[must_use]
    pub fn start(&self) -> Duration {
        to_duration(self.base_decode_time, self.timescale)
    }

    /// Decode time after the last sample.
    #[must_use]
    pub fn end(&self) -> Duration {
        to_duration(self.base_decode_time.saturating_add(self.duration), self.timescale)
    }

    /// Earliest presentation time in seconds; below zero only in odd files.
    #[must_use]
    pub fn presentation_start_seconds(&self) -> f64 {
        self.presentation_start as f64 / f64::from(self.timescale.max(1))
    }
}

/// Units to a duration, without rounding through floating point.
fn to_duration(units: u64, timescale: u32) -> Duration {
    let scale = u64::from(timescale.max(1));
    let nanos = (units % scale) * 1_000_000_000 / scale;
    Duration::from_secs(units / scale).saturating_add(Duration::from_nanos(nanos))
}

impl Media {
    /// Reads the bytes of a segment or a part, or of as much of it as is there.
    ///
    /// # Errors
    /// When a box contradicts itself. Ending early is not an error: see [`Media::consumed`].
    pub fn read(bytes: &[u8], init: &Init) -> Result<Self, Error> {
        let mut media = Self::default();
        let faults = Faults::default();
        let mut walker = Walker::file(bytes, &faults);
        let mut open: Option<Fragment> = None;
        while let Some(found) = walker.next() {
            match &found.kind.0 {
                b"moof" if open.is_some() => {
                    faults.note(Error::Missing { parent: found.kind, child: FourCc(*b"mdat") });
                }
                b"moof" => open = Some(moof::read(&found, init)),
                b"mdat" => {
                    if let Some(open) = open.take() {
                        let range = open.range.start..found.end;
                        let fragment = Fragment { range, ..open };
                        push(&mut media.fragments, fragment, "fragments", MAX_FRAGMENTS, &faults);
                    }
                }
                b"emsg" => {
                    push(&mut media.events, emsg::read(&found), "event messages", MAX_EVENTS, &faults);
                }
                b"prft" => {
                    push(&mut media.clocks, prft::read(&found), "clock references", MAX_EVENTS, &faults);
                }
                _ => {}
            }
            if open.is_none() {
                media.consumed = found.end;
            }
        }
        match faults.first() {
            None | Some(Error::NeedMore { .. }) => Ok(media),
            Some(error) => Err(error),
        }
    }
}

/// Keeps an entry, within a limit.
fn push<T>(list: &mut Vec<T>, entry: T, what: &'static str, limit: usize, faults: &Faults) {
    if list.len() >= limit {
        return faults.note(Error::TooMany { what, limit: limit as u64 });
    }
    list.push(entry);
}
