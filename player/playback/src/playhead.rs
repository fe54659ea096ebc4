//! Where the `<video>` is, between its messages too: a page that is busy reports late, and plays on all the same.

use std::time::Duration;

use crate::buffer::Buffered;
use crate::{MediaTime, Now, Video};

/// Beyond this many seconds without news the page may be asleep, and nothing is assumed.
const TRUST: f64 = 5.0;
/// Browsers let a hidden page speak once a minute, while its sound plays on.
const TRUST_HIDDEN: f64 = 90.0;

/// News that was under way when the engine sent the playhead elsewhere is heard at most this much later.
const OVERTAKEN: Duration = Duration::from_millis(1_500);

/// Last news of the `<video>`.
#[derive(Debug, Clone)]
pub(crate) struct Playhead {
    time: MediaTime,
    at: Now,
    rate: f64,
    moving: bool,
    pub(crate) paused: bool,
    pub(crate) seeking: bool,
    pub(crate) ready_state: u8,
    pub(crate) hidden: bool,
    /// When `currentTime` last changed.
    moved_at: Now,
    /// It has played at least once.
    pub(crate) played: bool,
    /// Seconds of media that it has played in all, without what was jumped.
    pub(crate) seconds_played: f64,
    /// Where the engine sent it last, and until when older news may still be on its way.
    sent: Option<(MediaTime, Now)>,
    /// Where it sent it before that: the page may be a seek behind.
    sent_before: Option<MediaTime>,
}

impl Playhead {
    pub(crate) fn new(now: Now) -> Self {
        Self {
            time: MediaTime(0.0),
            at: now,
            rate: 1.0,
            moving: false,
            paused: true,
            seeking: false,
            ready_state: 0,
            hidden: false,
            moved_at: now,
            played: false,
            seconds_played: 0.0,
            sent: None,
            sent_before: None,
        }
    }

    pub(crate) fn update(&mut self, video: &Video, now: Now) {
        let time = MediaTime(if video.time.is_finite() { video.time } else { 0.0 });
        self.paused = video.paused;
        self.hidden = video.hidden;
        if self.precedes_seek(time, video.seeking, now) {
            return;
        }
        if time != self.time || video.paused {
            self.moved_at = now;
        }
        let step = time - self.time;
        if self.moving && !video.seeking && (0.0..TRUST).contains(&step) {
            self.seconds_played += step;
        }
        self.time = time;
        self.at = now;
        self.rate = if video.rate.is_finite() { video.rate } else { 1.0 };
        self.seeking = video.seeking;
        self.ready_state = video.ready_state;
        self.moving = !video.paused && !video.seeking && !video.ended && video.ready_state >= 3;
        self.played |= self.moving;
    }

    /// The engine has just asked for this place.
    pub(crate) fn sent_to(&mut self, time: MediaTime, now: Now) {
        self.time = time;
        self.at = now;
        self.moved_at = now;
        self.moving = false;
        self.seeking = true;
        self.sent_before = self.sent.map(|(target, _)| target);
        self.sent = Some((time, now + OVERTAKEN));
    }

    /// Whether news was sent before the page had heard of the engine's last seek.
    fn precedes_seek(&mut self, time: MediaTime, seeking: bool, now: Now) -> bool {
        let Some((_, until)) = self.sent.filter(|(_, until)| *until > now) else { return false };
        if seeking || self.is_own_seek(time) {
            self.sent = self.sent.map(|(target, _)| (target, now));
            return false;
        }
        now < until
    }

    /// Whether a seek to this place is one that the engine asked for.
    pub(crate) fn is_own_seek(&self, time: MediaTime) -> bool {
        let last = self.sent.map(|(target, _)| target);
        last.into_iter().chain(self.sent_before).any(|target| (time - target).abs() < 0.02)
    }

    /// The `<video>` has got another source.
    pub(crate) fn reset(&mut self, now: Now) {
        *self = Self {
            paused: self.paused,
            hidden: self.hidden,
            played: self.played,
            seconds_played: self.seconds_played,
            ..Self::new(now)
        };
    }

    /// Where it is now; it does not run past what is buffered.
    pub(crate) fn at(&self, now: Now, buffered: &Buffered) -> MediaTime {
        if !self.moving {
            return self.time;
        }
        let trust = if self.hidden { TRUST_HIDDEN } else { TRUST };
        let passed = now.saturating_sub(self.at).as_secs_f64().min(trust) * self.rate;
        let time = self.time + passed;
        // After a long silence what was around the last news may have been let go already.
        match buffered.around(self.time, 0.1) {
            Some(span) => time.min(span.end.max(self.time)),
            None if buffered.around(time, 0.1).is_some() => time,
            None => self.time,
        }
    }

    /// When it comes by a place, if it goes on as it does.
    pub(crate) fn when(&self, place: MediaTime) -> Option<Now> {
        let seconds = (place - self.time) / self.rate;
        let near = self.moving && self.rate > 0.0 && (0.0..TRUST).contains(&seconds);
        near.then(|| self.at + Duration::from_secs_f64(seconds))
    }

    /// Where it last said it was.
    pub(crate) fn reported(&self) -> MediaTime {
        self.time
    }

    /// How long nothing was heard of it.
    pub(crate) fn since_news(&self, now: Now) -> Duration {
        now.saturating_sub(self.at)
    }

    /// How long it has been seen standing still; silence of a busy page does not count.
    pub(crate) fn still_for(&self) -> Duration {
        self.at.saturating_sub(self.moved_at)
    }
}
