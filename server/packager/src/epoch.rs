//! An unbroken run of frames under one initialization segment: decides where parts and segments end. Parts follow the
//! pictures where there are any, and the sound where there are none.

mod queue;

use std::sync::Arc;

use crate::audio_clock::AudioClock;
use crate::gather::Timed;
use crate::tracks::Tracks;
use crate::window::{NewPart, Opening, Window};
use crate::{Config, Init, MediaTime, PackagerError, Track, WallTime};
use queue::{AudioQueue, Picture, Sounds, VideoQueue};

/// Sound may be this far ahead of the pictures before they count as gone.
const SLEEP: MediaTime = MediaTime::from_millis(3_000);

/// An unbroken run of frames.
#[derive(Debug)]
pub(crate) struct Epoch {
    config: Config,
    init: Arc<Init>,
    /// The first frame: its place on the publisher's line in milliseconds, and on the media timeline.
    line_start: i64,
    start: MediaTime,
    /// Where the media timeline's zero is presented.
    program_zero: WallTime,
    /// The next segment does not follow from the one before.
    discontinuity: bool,
    video: Option<VideoQueue>,
    audio: Option<AudioQueue>,
    part_start: MediaTime,
    segment_start: MediaTime,
    /// The segment had to begin without a key frame.
    forced: bool,
    /// Bytes of frames that wait for the end of their part.
    queued: usize,
}

/// Where an epoch begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginning {
    pub(crate) line_start: i64,
    pub(crate) start: MediaTime,
    pub(crate) program_zero: WallTime,
    pub(crate) discontinuity: bool,
}

impl Epoch {
    pub(crate) fn new(config: Config, tracks: &Tracks, init: Init, beginning: Beginning) -> Self {
        let audio = tracks.audio_units().map(|(rate, frame)| AudioQueue::new(AudioClock::new(rate, frame)));
        Self {
            config,
            init: Arc::new(init),
            line_start: beginning.line_start,
            start: beginning.start,
            program_zero: beginning.program_zero,
            discontinuity: beginning.discontinuity,
            video: tracks.has(Track::Video).then(VideoQueue::default),
            audio,
            part_start: beginning.start,
            segment_start: beginning.start,
            forced: false,
            queued: 0,
        }
    }

    /// Takes a frame.
    pub(crate) fn push(&mut self, frame: Timed, window: &mut Window) -> Result<(), PackagerError> {
        let time = self.start + MediaTime::from_millis(frame.at - self.line_start);
        if time < self.start {
            return Ok(());
        }
        match frame.track {
            Track::Video => self.picture(time, frame, window)?,
            Track::Audio => self.sound(time, frame, window)?,
        }
        // A clock that hardly moves ends no part.
        let limit = self.config.max_bytes;
        if self.queued > limit { Err(PackagerError::TooHeavy { limit }) } else { Ok(()) }
    }

    /// The run is over: what waits goes out, and the segment ends.
    pub(crate) fn finish(&mut self, window: &mut Window) -> Result<(), PackagerError> {
        // Sound that came since the last picture is not lost: the picture stands as long as it lasts.
        let audio_end = self.audio.as_ref().and_then(AudioQueue::end);
        let video_end = self.video.as_mut().and_then(|video| video.finish(audio_end));
        if let Some(end) = video_end.or(audio_end) {
            self.close_parts(end, window)?;
        }
        self.end_segment(window);
        Ok(())
    }

    /// Pictures stopped while the sound goes on.
    pub(crate) fn video_sleeps(&self) -> bool {
        let video = self.video.as_ref().and_then(VideoQueue::newest).unwrap_or(self.start);
        let audio = self.audio.as_ref().and_then(AudioQueue::end);
        self.video.is_some() && audio.is_some_and(|audio| audio - video > SLEEP)
    }

    fn picture(&mut self, time: MediaTime, frame: Timed, window: &mut Window) -> Result<(), PackagerError> {
        let Some(video) = &mut self.video else { return Ok(()) };
        self.queued += frame.data.len();
        let picture = Picture::new(video.after(time), frame);
        let (time, sync) = (picture.time, picture.sync);
        let Some(finished) = video.advance(picture) else { return Ok(()) };
        let target = window.part_target(time - finished.time);
        // The part would be too long with it: it goes before, and the finished picture begins the next.
        if time - self.part_start > target && finished.time > self.part_start {
            self.close_parts(finished.time, window)?;
        }
        if let Some(video) = &mut self.video {
            video.push(finished);
        }
        let long_enough = self.forced || time - self.segment_start >= self.config.shortest_segment();
        let begins_segment = sync && long_enough;
        if begins_segment || time - self.part_start >= self.config.nominal_part() {
            self.close_parts(time, window)?;
        }
        if begins_segment {
            self.end_segment(window);
        }
        Ok(())
    }

    fn sound(&mut self, time: MediaTime, frame: Timed, window: &mut Window) -> Result<(), PackagerError> {
        let Some(audio) = &mut self.audio else { return Ok(()) };
        let Some((begin, end)) = audio.place(time) else { return Ok(()) };
        self.queued += frame.data.len();
        if self.video.is_some() {
            audio.push(frame.data);
            return Ok(());
        }
        let target = window.part_target(end - begin);
        if end - self.part_start > target && begin > self.part_start {
            self.close_parts(begin, window)?;
        }
        if let Some(audio) = &mut self.audio {
            audio.push(frame.data);
        }
        if end - self.part_start >= self.config.nominal_part() {
            self.close_parts(end, window)?;
            if end - self.segment_start >= self.config.shortest_segment() {
                self.end_segment(window);
            }
        }
        Ok(())
    }

    /// Ends the part at `end`, in equal pieces when it became too long because a picture stood still.
    fn close_parts(&mut self, end: MediaTime, window: &mut Window) -> Result<(), PackagerError> {
        let target = window.part_target(MediaTime::ZERO).ticks().max(1);
        let length = (end - self.part_start).ticks();
        let begin = self.part_start;
        let pieces = if self.audio.is_some() { (length + target - 1) / target } else { 1 };
        for piece in 1..=pieces {
            self.close_part(begin + MediaTime::from_ticks(length * piece / pieces), window)?;
        }
        Ok(())
    }

    fn close_part(&mut self, end: MediaTime, window: &mut Window) -> Result<(), PackagerError> {
        let pictures = self.video.as_mut().map(|video| video.take(end)).unwrap_or_default();
        let sounds = self.audio.as_mut().map(|audio| audio.take(end)).unwrap_or_default();
        let taken =
            pictures.iter().map(Picture::size).sum::<usize>() + sounds.as_ref().map_or(0, Sounds::size);
        self.queued = self.queued.saturating_sub(taken);
        let Some(fragment) = queue::fragment(window.next_fragment(), &pictures, sounds.as_ref()) else {
            return Ok(());
        };
        // Pictures were lost, and this part reaches past what a segment may last: it begins the next.
        let longest = self.config.longest_segment();
        if end - self.segment_start > longest && self.part_start > self.segment_start {
            self.end_segment(window);
            self.forced = self.video.is_some();
        }
        let target = window.part_target(MediaTime::ZERO);
        // A gap in the pictures of a stream without sound is no media.
        let duration = (end - self.part_start).min(target);
        // One that no segment can hold is told as what it is: the next segment does not follow from this one.
        let torn = end - self.segment_start > longest;
        let part = NewPart {
            duration,
            end: if torn { self.part_start + duration } else { end },
            independent: self.video.is_none() || pictures.iter().any(|picture| picture.sync),
            pictures: u32::try_from(pictures.len()).unwrap_or(u32::MAX),
            data: fragment.to_bytes().map_err(PackagerError::Fragment)?,
        };
        let opening = || Opening {
            start: self.part_start,
            program_time: WallTime(self.program_zero.0.saturating_add(self.part_start.millis())),
            discontinuity: self.discontinuity,
            init: Arc::clone(&self.init),
        };
        window.push(part, opening)?;
        self.discontinuity = torn;
        self.part_start = end;
        // No key frame in time: the segment ends all the same, for its duration is a promise.
        if end - self.segment_start + target > longest {
            self.end_segment(window);
            self.forced = self.video.is_some();
        }
        Ok(())
    }

    fn end_segment(&mut self, window: &mut Window) {
        window.end_segment();
        self.segment_start = self.part_start;
        self.forced = false;
    }
}
