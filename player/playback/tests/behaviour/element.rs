//! A `<video>` with one source buffer, in virtual time.

use playback::{Span, Video, VideoEvent};

/// A `<video>` with one source buffer. Times are milliseconds, media times seconds.
#[derive(Debug)]
pub struct Element {
    pub time: f64,
    pub rate: f64,
    pub paused: bool,
    pub ended: bool,
    pub spans: Vec<Span>,
    /// The source said that nothing more comes.
    pub end_of_stream: bool,
    /// Seconds that the buffer takes.
    pub capacity: f64,
    /// The decoder does not get over this place by itself.
    pub stuck_until: Option<f64>,
    /// Seconds of pictures that the decoder takes and then fails at.
    pub broken: Option<(f64, f64)>,
    /// Seconds that the decoder works ahead.
    pub decodes_ahead: f64,
    /// The page is hidden.
    pub hidden: bool,
    /// Frames decoded, and those of them that came too late.
    pub frames: (u32, u32),
    pub seeks: Vec<(u64, f64)>,
    pub rates: Vec<(u64, f64)>,
    waiting: bool,
    started: bool,
    /// The decoder has failed: nothing goes on until there is another source.
    failed: bool,
}

impl Default for Element {
    fn default() -> Self {
        Self {
            time: 0.0,
            rate: 1.0,
            paused: false,
            ended: false,
            spans: Vec::new(),
            end_of_stream: false,
            capacity: f64::INFINITY,
            stuck_until: None,
            broken: None,
            decodes_ahead: 0.3,
            hidden: false,
            frames: (0, 0),
            seeks: Vec::new(),
            rates: Vec::new(),
            waiting: true,
            started: false,
            failed: false,
        }
    }
}

impl Element {
    /// Seconds buffered after the playhead.
    pub fn ahead(&self) -> f64 {
        self.spans
            .iter()
            .find(|span| self.time >= span.start.0 - 1e-6 && self.time <= span.end.0)
            .map_or(0.0, |span| span.end.0 - self.time)
    }

    /// Seconds until it stops: as browsers do, a little before the end of what it has, unless that is the very end.
    fn playable(&self) -> f64 {
        let last = self.spans.last().is_some_and(|span| self.time >= span.start.0);
        self.ahead() - if self.end_of_stream && last { 0.0 } else { 0.05 }
    }

    pub fn playing(&self) -> bool {
        self.started && !self.paused && !self.waiting && !self.ended && !self.failed
    }

    /// Milliseconds until it runs dry, or may go on.
    pub fn next_change(&self) -> Option<u64> {
        self.playing().then(|| (self.playable().max(0.0) / self.rate * 1_000.0).ceil() as u64 + 1)
    }

    /// Lets time pass; says what it has to say about that.
    pub fn advance(&mut self, ms: u64) -> Option<VideoEvent> {
        let mut said = None;
        let stuck = self.stuck_until.is_some_and(|until| self.time < until);
        if self.playing() && !stuck {
            self.time += (ms as f64 / 1_000.0 * self.rate).min(self.playable().max(0.0));
        }
        if self.playing() && self.fails() {
            self.failed = true;
            return Some(VideoEvent::Error);
        }
        let dry = self.playable() < 1e-3;
        if self.paused || self.failed {
            return None;
        }
        let last = self.spans.last().is_some_and(|span| self.time >= span.start.0);
        if dry && last && self.end_of_stream && self.started && !self.ended {
            self.ended = true;
            return Some(VideoEvent::Ended);
        }
        if dry && !self.waiting {
            self.waiting = true;
            said = Some(VideoEvent::Waiting);
        } else if !dry && self.waiting {
            self.waiting = false;
            self.started = true;
            said = Some(VideoEvent::Playing);
        }
        said
    }

    /// The decoder has come to what it fails at.
    fn fails(&self) -> bool {
        let decoded = self.time + self.decodes_ahead.min(self.ahead());
        self.broken.is_some_and(|(from, until)| self.time < until && decoded > from)
    }

    /// Another source, with nothing in it.
    pub fn attach(&mut self) {
        self.spans.clear();
        self.failed = false;
        self.seek(0.0);
    }

    pub fn seek(&mut self, time: f64) {
        self.time = time;
        self.waiting = true;
        self.ended = false;
    }

    /// Puts media in; `false` when it is full.
    pub fn append(&mut self, start: f64, end: f64) -> bool {
        let held: f64 = self.spans.iter().map(|span| span.end.0 - span.start.0).sum();
        if held + (end - start) > self.capacity {
            return false;
        }
        let mut merged = Span::new(start, end);
        // As browsers do: ranges closer than a frame or so are one.
        self.spans.retain(|span| {
            let touches = span.start.0 <= merged.end.0 + 0.03 && merged.start.0 <= span.end.0 + 0.03;
            if touches {
                merged.start = merged.start.min(span.start);
                merged.end = merged.end.max(span.end);
            }
            !touches
        });
        self.spans.push(merged);
        self.spans.sort_by(|a, b| a.start.0.total_cmp(&b.start.0));
        true
    }

    pub fn remove(&mut self, cut: Span) {
        let mut kept = Vec::new();
        for span in &self.spans {
            if span.start < cut.start {
                kept.push(Span { start: span.start, end: span.end.min(cut.start) });
            }
            if span.end > cut.end {
                kept.push(Span { start: span.start.max(cut.end), end: span.end });
            }
        }
        kept.retain(|span| span.start < span.end);
        self.spans = kept;
    }

    pub fn report(&self, event: VideoEvent) -> Video {
        Video {
            event,
            time: self.time,
            rate: self.rate,
            paused: self.paused,
            seeking: false,
            ended: self.ended,
            hidden: self.hidden,
            decoded: self.frames.0,
            dropped: self.frames.1,
            ready_state: if self.playable() > 1e-3 {
                4
            } else if self.started {
                2
            } else {
                0
            },
            ..Video::default()
        }
    }
}
