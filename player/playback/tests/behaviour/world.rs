//! Engine, server, network and `<video>` together, in virtual time.

use std::collections::BTreeMap;
use std::time::Duration;

use container::read::{Init, Media};
use container::webvtt;
use playback::{
    Action, AppendFailure, BodyKind, Cue, Engine, Error, Event, FetchFailure, Load, Platform, Rendition,
    Response, StartAt, State, Stats, Timeline, VideoEvent,
};

use crate::element::Element;
use crate::line::Line;
use crate::origin::{EPOCH_MS, Origin};

pub struct World {
    pub engine: Engine,
    pub origin: Origin,
    pub element: Element,
    /// Virtual time, in milliseconds.
    pub now: u64,
    /// From the player to the server and back.
    pub round_trip: u64,
    pub line: Line,
    /// Every ninth answer comes this many milliseconds late.
    pub jitter: u64,
    /// Answers to addresses with this in them come a tenth of a second later, and hold up no others.
    pub slow: Option<&'static str>,
    answers: u64,
    /// Events on their way to the engine.
    coming: Vec<(u64, Event)>,
    bodies: BTreeMap<u32, (String, Vec<u8>)>,
    init: Option<Init>,
    pub requests: Vec<(u64, String)>,
    pub states: Vec<(u64, State)>,
    pub errors: Vec<Error>,
    pub timeline: Timeline,
    pub stats: Stats,
    pub duration: Option<f64>,
    pub appended: Vec<(u64, f64, f64)>,
    /// Addresses of the media that the buffer holds, or has held: from, until, which.
    pub held: Vec<(f64, f64, String)>,
    /// When a cue was told, where the picture was then, and the cue.
    pub cues: Vec<(u64, f64, Cue)>,
    /// Text that the page holds: its segment and the cue.
    pub texts: Vec<(u32, webvtt::Cue)>,
    pub renditions: (Vec<Rendition>, Vec<Rendition>),
    ticked: u64,
    /// How often the page reports, in milliseconds.
    pub tick: u64,
    /// The page says nothing until then.
    pub page_asleep_until: u64,
    asked_rate: Option<f64>,
    /// Write down every request and append; a long run would not end.
    pub keep_requests: bool,
    /// Seconds of the presentation that no decoder takes.
    pub undecodable: Option<(f64, f64)>,
}

impl World {
    pub fn new(origin: Origin, now: u64) -> Self {
        Self {
            engine: Engine::new(Platform { supports: Box::new(|_| true) }),
            origin,
            element: Element::default(),
            now,
            round_trip: 20,
            line: Line::new(1e9, now),
            jitter: 0,
            slow: None,
            answers: 0,
            coming: Vec::new(),
            bodies: BTreeMap::new(),
            init: None,
            requests: Vec::new(),
            states: Vec::new(),
            errors: Vec::new(),
            timeline: Timeline::default(),
            stats: Stats::default(),
            duration: None,
            appended: Vec::new(),
            held: Vec::new(),
            cues: Vec::new(),
            texts: Vec::new(),
            renditions: (Vec::new(), Vec::new()),
            ticked: now,
            tick: 250,
            page_asleep_until: 0,
            asked_rate: None,
            keep_requests: true,
            undecodable: None,
        }
    }

    /// Loads at virtual time `now` and plays.
    pub fn playing(origin: Origin, now: u64) -> Self {
        Self::playing_from(origin, now, StartAt::Default)
    }

    pub fn playing_from(origin: Origin, now: u64, start: StartAt) -> Self {
        let mut world = Self::new(origin, now);
        world.load("http://o/live/media.m3u8", start);
        world
    }

    pub fn load(&mut self, uri: &str, start: StartAt) {
        self.tell(Event::Load(Load { uri: uri.into(), start, seed: 3 }));
    }

    pub fn tell(&mut self, event: Event) {
        self.engine.on(event, Duration::from_millis(self.now));
        self.perform();
    }

    pub fn say(&mut self, event: VideoEvent) {
        if self.now >= self.page_asleep_until {
            // What the page says comes in the order in which it was said.
            while let Some(place) = self.coming.iter().position(|(_, event)| matches!(event, Event::Video(_)))
            {
                let (_, earlier) = self.coming.remove(place);
                self.tell(earlier);
            }
            let report = self.element.report(event);
            self.tell(Event::Video(report));
        }
    }

    /// Lets this many seconds pass.
    pub fn run(&mut self, seconds: f64) {
        let until = self.now + (seconds * 1_000.0) as u64;
        while self.now < until {
            let wake = self.engine.wake_at().map_or(u64::MAX, |at| at.as_millis() as u64 + 1);
            let soonest = self.coming.iter().map(|(at, _)| *at).min().unwrap_or(u64::MAX);
            let dry = self.element.next_change().map_or(u64::MAX, |ms| self.now + ms);
            let whole = self.line.next().unwrap_or(u64::MAX);
            let next =
                wake.min(soonest).min(whole).min(dry).min(self.ticked + self.tick).clamp(self.now + 1, until);
            let said = self.element.advance(next - self.now);
            self.now = next;
            self.coming.extend(self.line.advance(next));
            self.change_rate();
            if let Some(event) = said {
                self.say(event);
            }
            while let Some(place) = self.due() {
                let (_, event) = self.coming.remove(place);
                self.tell(event);
            }
            if self.ticked + self.tick <= self.now {
                self.ticked = self.now;
                self.say(VideoEvent::Tick);
            }
            if wake <= self.now {
                self.tell(Event::Timer);
            }
            if let Some(event) = self.element.advance(0) {
                self.say(event);
            }
        }
    }

    /// The machine sleeps: time passes and nothing happens, on this side.
    pub fn sleep(&mut self, seconds: f64) {
        self.now += (seconds * 1_000.0) as u64;
        self.ticked = self.now;
        let coming = self.line.advance(self.now);
        self.coming.extend(coming);
        for (at, _) in &mut self.coming {
            *at = (*at).max(self.now);
        }
        for event in self.coming.iter_mut().map(|(_, event)| event).chain(self.line.events()) {
            if let Event::Response(response) = event {
                *event = Event::Failed { request: response.request, failure: FetchFailure::Network };
            }
        }
    }

    /// The connections die without a word: what is under way never comes.
    pub fn hang(&mut self) {
        let alive = |event: &Event| !matches!(event, Event::Response(_) | Event::Failed { .. });
        self.coming.retain(|(_, event)| alive(event));
        self.line.retain(alive);
    }

    fn due(&self) -> Option<usize> {
        let due = self.coming.iter().enumerate().filter(|(_, (at, _))| *at <= self.now);
        due.min_by_key(|(_, (at, _))| *at).map(|(place, _)| place)
    }

    pub fn pause(&mut self) {
        self.element.paused = true;
        self.say(VideoEvent::Pause);
    }

    pub fn play(&mut self) {
        self.element.paused = false;
        self.say(VideoEvent::Play);
    }

    pub fn seek(&mut self, time: f64) {
        self.element.seek(time);
        self.say(VideoEvent::Seeking);
        self.say(VideoEvent::Seeked);
    }

    /// The page sets the rate that it was asked for, as soon as it listens, and says so.
    fn change_rate(&mut self) {
        if self.now < self.page_asleep_until {
            return;
        }
        if let Some(rate) = self.asked_rate.take() {
            self.element.rate = rate;
            let report = self.element.report(VideoEvent::Tick);
            self.coming.push((self.now + 1, Event::Video(report)));
        }
    }

    /// Seconds between what is produced now and what is shown now, on the programme clock.
    pub fn latency(&self) -> f64 {
        (EPOCH_MS + self.now) as f64 / 1_000.0 - self.program_ms().unwrap_or(f64::NAN) / 1_000.0
    }

    /// The programme clock of the picture, as the page works it out.
    pub fn program_ms(&self) -> Option<f64> {
        let anchors = &self.timeline.anchors;
        let anchor = anchors
            .iter()
            .rev()
            .find(|anchor| anchor.media.0 <= self.element.time + 1e-6)
            .or(anchors.first())?;
        Some(anchor.program_ms + (self.element.time - anchor.media.0) * 1_000.0)
    }

    /// The address of the media that is shown.
    pub fn shown(&self) -> Option<&str> {
        let holds = |(from, until, _): &&(f64, f64, String)| (*from..*until).contains(&self.element.time);
        self.held.iter().rev().find(holds).map(|(_, _, address)| address.as_str())
    }

    /// How often an address that ends so was asked for.
    pub fn asked(&self, name: &str) -> usize {
        self.requests.iter().filter(|(_, address)| address.ends_with(name)).count()
    }

    fn perform(&mut self) {
        while let Some(action) = self.engine.next_action() {
            match action {
                Action::Fetch(fetch) => self.fetch(fetch.request, fetch.uri, fetch.body == BodyKind::Media),
                Action::Abort(request) => {
                    self.bodies.remove(&request);
                    let another = |event: &Event| match event {
                        Event::Response(response) => response.request != request,
                        Event::Failed { request: failed, .. } => *failed != request,
                        _ => true,
                    };
                    self.coming.retain(|(_, event)| another(event));
                    self.line.retain(another);
                }
                Action::Forget(body) => {
                    self.bodies.remove(&body);
                }
                Action::OpenSource => {
                    self.element.attach();
                    self.coming.push((self.now + 5, Event::SourceOpen));
                }
                Action::OpenBuffer { .. } => {}
                Action::Append { lane, body, length, offset } => self.append(lane, body, length, offset),
                Action::Remove { lane, span } => {
                    self.element.remove(span);
                    let buffered = self.element.spans.clone();
                    self.coming.push((self.now + 1, Event::Removed { lane, buffered }));
                }
                Action::Duration(duration) => self.duration = duration,
                Action::EndOfStream => self.element.end_of_stream = true,
                Action::Seek(time) => {
                    self.element.seeks.push((self.now, time.0));
                    // The page had something to say just before it heard of this.
                    let overtaken = self.element.report(VideoEvent::Tick);
                    self.coming.push((self.now + 1, Event::Video(overtaken)));
                    self.element.seek(time.0);
                    let report = self.element.report(VideoEvent::Seeking);
                    self.coming.push((self.now + 2, Event::Video(report)));
                }
                Action::Rate(rate) => {
                    self.element.rates.push((self.now, rate));
                    self.asked_rate = Some(rate);
                    self.change_rate();
                }
                Action::Timeline(timeline) => self.timeline = timeline,
                Action::State(state) => self.states.push((self.now, state)),
                Action::Error(error) => self.errors.push(error),
                Action::Stats(stats) => self.stats = stats,
                Action::Cue(cue) => self.cues.push((self.now, self.element.time, cue)),
                Action::Qualities { .. } => {}
                Action::Renditions { audio, subtitles, .. } => self.renditions = (audio, subtitles),
                Action::Captions { segment, cues, .. } => {
                    self.texts.extend(cues.into_iter().map(|cue| (segment, cue)));
                }
                Action::DropCaptions { segment, .. } => {
                    assert!(self.texts.iter().any(|(of, _)| *of == segment), "nothing of {segment}");
                    self.texts.retain(|(of, _)| *of != segment);
                }
            }
        }
    }

    fn fetch(&mut self, request: u32, uri: String, keep: bool) {
        if self.keep_requests {
            self.requests.push((self.now, uri.clone()));
        }
        let half = self.round_trip / 2;
        match self.origin.answer(&uri, self.now + half) {
            None => {
                let failed = Event::Failed { request, failure: FetchFailure::Network };
                self.coming.push((self.now + self.round_trip, failed));
            }
            Some(answer) => {
                let paced = if self.origin.paced && keep { self.origin.part } else { 0 };
                let begins = answer.at.saturating_sub(paced).max(self.now + half) + half;
                if answer.status == 200 && keep {
                    self.bodies.insert(request, (uri.clone(), answer.body.clone()));
                }
                let (status, body) = (answer.status, answer.body);
                self.answers += 1;
                let late = if self.answers.is_multiple_of(9) { self.jitter } else { 0 };
                let slow = if self.slow.is_some_and(|part| uri.contains(part)) { 100 } else { 0 };
                let length = body.len();
                let first_byte = Duration::from_millis(begins);
                let response = Response { request, status, uri, body, first_byte };
                let times = (begins + late, answer.at + half);
                self.line.send(times, length, Event::Response(response), slow);
            }
        }
    }

    fn append(&mut self, lane: usize, body: u32, length: usize, offset: f64) {
        self.element.end_of_stream = false;
        let (address, bytes) = self.bodies.get(&body).expect("the engine appends what it has not forgotten");
        let bytes = bytes.get(..length).expect("the engine appends no more than there is");
        let mut fits = true;
        let mut spoils = false;
        if let Ok(init) = Init::read(bytes) {
            self.init = Some(init);
        } else {
            let init = self.init.as_ref().expect("an initialization segment comes first");
            let media = Media::read(bytes, init).expect("whole fragments");
            for fragment in &media.fragments {
                let track = fragment.tracks.first().expect("a track");
                let start = track.presentation_start_seconds() + offset;
                let end = start + track.duration as f64 / f64::from(track.timescale);
                spoils |=
                    self.undecodable.is_some_and(|(from, until)| start < until - 0.01 && end > from + 0.01);
                fits &= spoils || self.element.append(start, end);
                if fits && self.keep_requests {
                    self.appended.push((self.now, start, end));
                    self.held.push((start, end, address.clone()));
                }
            }
        }
        let buffered = self.element.spans.clone();
        let event = if spoils {
            self.element.spans.clear();
            Event::AppendFailed { lane, body, failure: AppendFailure::Decode, buffered }
        } else if fits {
            Event::Appended { lane, body, buffered }
        } else {
            Event::AppendFailed { lane, body, failure: AppendFailure::Quota, buffered }
        };
        self.coming.push((self.now + 2, event));
    }

    /// Bodies that the shell must keep.
    pub fn kept(&self) -> usize {
        self.bodies.len()
    }
}
