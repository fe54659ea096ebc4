//! `trun` (ISO 14496-12 8.8.8): runs of samples, summed up as they are read. Keeps no sample.

use super::TrackFragment;
use super::init::Defaults;
use super::walk::Box;
use crate::Error;
use crate::limits::MAX_SAMPLES;

// Flags of `trun`.
const DATA_OFFSET: u32 = 1;
const FIRST_FLAGS: u32 = 4;
const DURATION: u32 = 0x100;
const SIZE: u32 = 0x200;
const FLAGS: u32 = 0x400;
const COMPOSITION_OFFSET: u32 = 0x800;
/// `sample_is_non_sync_sample` of a sample's flags.
const NON_SYNC: u32 = 0x1_0000;

/// What is known of a track's samples so far.
pub(super) struct Summary {
    decode_time: u64,
    presentation_start: Option<i64>,
    samples: u32,
    starts_with_sync: bool,
    has_sync: bool,
}

impl Summary {
    pub(super) fn begin(base_decode_time: u64) -> Self {
        let decode_time = base_decode_time;
        Self { decode_time, presentation_start: None, samples: 0, starts_with_sync: false, has_sync: false }
    }

    /// Adds a run. Work is bounded by its bytes: a run without fields of its own is added in one step.
    pub(super) fn add(&mut self, trun: &Box<'_>, defaults: Defaults) {
        let mut bytes = trun.bytes();
        let (_, flags) = bytes.version_flags();
        let count = bytes.u32();
        if count > MAX_SAMPLES {
            return trun
                .faults
                .note(Error::TooMany { what: "samples in a run", limit: u64::from(MAX_SAMPLES) });
        }
        if flags & DATA_OFFSET != 0 {
            bytes.u32();
        }
        let mut first_flags = if flags & FIRST_FLAGS != 0 { Some(bytes.u32()) } else { None };
        if flags & (DURATION | SIZE | FLAGS | COMPOSITION_OFFSET) == 0 {
            trun.check(&bytes);
            return self.add_uniform(count, first_flags, defaults);
        }
        for _ in 0..count {
            let duration = if flags & DURATION != 0 { bytes.u32() } else { defaults.duration };
            if flags & SIZE != 0 {
                bytes.u32();
            }
            let own = if flags & FLAGS != 0 { bytes.u32() } else { defaults.flags };
            // Version 0 says unsigned, yet muxers write negative offsets there too, and players read them so.
            let offset = if flags & COMPOSITION_OFFSET != 0 { bytes.u32() as i32 } else { 0 };
            if bytes.check().is_err() {
                break;
            }
            self.sample(first_flags.take().unwrap_or(own), offset);
            self.decode_time = self.decode_time.saturating_add(u64::from(duration));
            self.samples = self.samples.saturating_add(1);
        }
        trun.check(&bytes);
    }

    fn add_uniform(&mut self, count: u32, first_flags: Option<u32>, defaults: Defaults) {
        if count == 0 {
            return;
        }
        self.sample(first_flags.unwrap_or(defaults.flags), 0);
        self.has_sync |= count > 1 && defaults.flags & NON_SYNC == 0;
        self.samples = self.samples.saturating_add(count);
        let length = u64::from(count) * u64::from(defaults.duration);
        self.decode_time = self.decode_time.saturating_add(length);
    }

    /// Takes in a sample at the present decode time.
    fn sample(&mut self, flags: u32, offset: i32) {
        let sync = flags & NON_SYNC == 0;
        self.starts_with_sync |= sync && self.samples == 0;
        self.has_sync |= sync;
        let decode_time = i64::try_from(self.decode_time).unwrap_or(i64::MAX);
        let time = decode_time.saturating_add(i64::from(offset));
        self.presentation_start = Some(self.presentation_start.map_or(time, |earliest| earliest.min(time)));
    }

    /// The summary, if there was a sample at all.
    pub(super) fn finish(
        self,
        track_id: u32,
        timescale: u32,
        base_decode_time: u64,
    ) -> Option<TrackFragment> {
        Some(TrackFragment {
            track_id,
            timescale,
            base_decode_time,
            duration: self.decode_time - base_decode_time,
            presentation_start: self.presentation_start?,
            samples: self.samples,
            starts_with_sync: self.starts_with_sync,
            has_sync: self.has_sync,
        })
    }
}
