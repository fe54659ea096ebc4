//! Frames that wait for the end of their part.

use std::collections::VecDeque;

use bytes::Bytes;
use container::write::{Fragment, Sample, TrackFragment};

use crate::MediaTime;
use crate::audio_clock::AudioClock;
use crate::gather::Timed;
use crate::tracks::{AUDIO_ID, VIDEO_ID};

/// A picture.
#[derive(Debug)]
pub(super) struct Picture {
    /// Decode time.
    pub(super) time: MediaTime,
    /// To the decode time of the next, once that is known.
    duration: MediaTime,
    /// From decoding to presenting.
    composition: MediaTime,
    /// It decodes alone.
    pub(super) sync: bool,
    data: Bytes,
}

impl Picture {
    pub(super) fn new(time: MediaTime, frame: Timed) -> Self {
        let composition = MediaTime::from_millis(frame.composition.into());
        Self { time, duration: MediaTime::ZERO, composition, sync: frame.sync, data: frame.data }
    }

    /// Its bytes.
    pub(super) fn size(&self) -> usize {
        self.data.len()
    }
}

/// Pictures: the newest waits for its duration, those before for the end of their part.
#[derive(Debug, Default)]
pub(super) struct VideoQueue {
    newest: Option<Picture>,
    ready: VecDeque<Picture>,
    last_duration: MediaTime,
}

impl VideoQueue {
    /// `time`, or just after the newest picture if that is not before it.
    pub(super) fn after(&self, time: MediaTime) -> MediaTime {
        let least = self.newest.as_ref().map(|picture| picture.time + MediaTime::from_millis(1));
        least.map_or(time, |least| least.max(time))
    }

    /// Takes the newest picture; returns the one before, its duration known.
    pub(super) fn advance(&mut self, picture: Picture) -> Option<Picture> {
        let time = picture.time;
        let mut finished = self.newest.replace(picture)?;
        finished.duration = time - finished.time;
        self.last_duration = finished.duration;
        Some(finished)
    }

    /// Takes a finished picture.
    pub(super) fn push(&mut self, picture: Picture) {
        self.ready.push_back(picture);
    }

    /// No picture follows: the newest lasts as long as the one before, or until `sound` ends. The end of it.
    pub(super) fn finish(&mut self, sound: Option<MediaTime>) -> Option<MediaTime> {
        let mut picture = self.newest.take()?;
        picture.duration = self.last_duration.max(MediaTime::from_millis(1));
        if let Some(sound) = sound {
            picture.duration = picture.duration.max(sound - picture.time);
        }
        let end = picture.time + picture.duration;
        self.ready.push_back(picture);
        Some(end)
    }

    /// Decode time of the newest picture.
    pub(super) fn newest(&self) -> Option<MediaTime> {
        self.newest.as_ref().map(|picture| picture.time)
    }

    /// Pictures that decode before `end`.
    pub(super) fn take(&mut self, end: MediaTime) -> Vec<Picture> {
        let count = self.ready.partition_point(|picture| picture.time < end);
        self.ready.drain(..count).collect()
    }
}

/// Sound that waits for the end of its part.
#[derive(Debug)]
pub(super) struct AudioQueue {
    clock: AudioClock,
    ready: VecDeque<(u64, Bytes)>,
    /// Where the frame that was placed last begins.
    placed: Option<u64>,
}

/// Sound of one part.
#[derive(Debug)]
pub(super) struct Sounds {
    frame: u32,
    frames: Vec<(u64, Bytes)>,
}

impl Sounds {
    /// Its bytes.
    pub(super) fn size(&self) -> usize {
        self.frames.iter().map(|(_, data)| data.len()).sum()
    }
}

impl AudioQueue {
    pub(super) fn new(clock: AudioClock) -> Self {
        Self { clock, ready: VecDeque::new(), placed: None }
    }

    /// Beginning and end of the frame with a timestamp; `None` when it is to be dropped.
    pub(super) fn place(&mut self, time: MediaTime) -> Option<(MediaTime, MediaTime)> {
        let begin = self.clock.place(time)?;
        self.placed = Some(begin);
        Some((self.clock.time(begin), self.clock.time(begin + u64::from(self.clock.frame()))))
    }

    /// Takes the frame that was placed last.
    pub(super) fn push(&mut self, data: Bytes) {
        if let Some(begin) = self.placed {
            self.ready.push_back((begin, data));
        }
    }

    /// End of the newest frame.
    pub(super) fn end(&self) -> Option<MediaTime> {
        self.placed.map(|begin| self.clock.time(begin + u64::from(self.clock.frame())))
    }

    /// Frames that begin before `end`.
    pub(super) fn take(&mut self, end: MediaTime) -> Option<Sounds> {
        let count = self.ready.partition_point(|(begin, _)| self.clock.time(*begin) < end);
        let frames: Vec<_> = self.ready.drain(..count).collect();
        (!frames.is_empty()).then(|| Sounds { frame: self.clock.frame(), frames })
    }
}

/// The fragment of a part; `None` when nothing is in it.
pub(super) fn fragment(sequence: u32, pictures: &[Picture], sounds: Option<&Sounds>) -> Option<Fragment> {
    let tracks: Vec<_> = video_track(pictures).into_iter().chain(sounds.and_then(audio_track)).collect();
    (!tracks.is_empty()).then_some(Fragment { sequence, tracks })
}

fn video_track(pictures: &[Picture]) -> Option<TrackFragment> {
    let first = pictures.first()?;
    let samples = pictures.iter().map(|picture| Sample {
        duration: u32::try_from(picture.duration.ticks()).unwrap_or(u32::MAX),
        composition_offset: i32::try_from(picture.composition.ticks()).unwrap_or_default(),
        sync: picture.sync,
        data: picture.data.clone(),
    });
    let base_decode_time = first.time.units(MediaTime::TIMESCALE);
    Some(TrackFragment { track_id: VIDEO_ID, base_decode_time, samples: samples.collect() })
}

/// A gap between frames makes the frame before it last longer.
fn audio_track(sounds: &Sounds) -> Option<TrackFragment> {
    let (base_decode_time, _) = sounds.frames.first()?;
    let next = sounds.frames.iter().skip(1).map(|(begin, _)| Some(*begin)).chain([None]);
    let samples = sounds.frames.iter().zip(next).map(|((begin, data), next)| Sample {
        duration: next.map_or(sounds.frame, |next| u32::try_from(next - begin).unwrap_or(sounds.frame)),
        composition_offset: 0,
        sync: true,
        data: data.clone(),
    });
    Some(TrackFragment {
        track_id: AUDIO_ID,
        base_decode_time: *base_decode_time,
        samples: samples.collect(),
    })
}
