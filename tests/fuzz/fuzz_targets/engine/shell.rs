//! What the browser's side would keep, and what it may expect of the engine at every moment.

use playback::{
    Action, AppendFailure, BodyKind, Engine, Event, FetchFailure, Load, MediaTime, Platform, Response, Span,
    StartAt, Video, VideoEvent,
};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::origin::Origin;
use crate::tape::Tape;

/// Actions after one event.
const MAX_ACTIONS: usize = 200;
/// Requests at one time.
const MAX_REQUESTS: usize = 24;
/// Bodies that are kept for the engine.
const MAX_BODIES: usize = 48;
/// Segments of subtitles on the page.
const MAX_CAPTIONS: usize = 140;
/// The engine's own text, which tells of every field.
const MAX_TEXT: usize = 400_000;
/// What a byte takes in it: bodies that wait for their initialization segment stand in it.
const BYTE_TEXT: usize = 5;
/// Timers in a row that may come without a millisecond passing.
const MAX_SPIN: usize = 12;
/// An engine with something loaded wants to be woken within this time.
const HEARTBEAT: Duration = Duration::from_millis(201);

pub struct Shell {
    engine: Engine,
    origin: Origin,
    now: u64,
    last_request: u32,
    asked: Vec<(u32, String, BodyKind)>,
    bodies: BTreeMap<u32, usize>,
    source: bool,
    lanes: Vec<Lane>,
    appending: Vec<(usize, u32)>,
    /// Segments of subtitles that the page holds.
    captions: BTreeSet<u32>,
    time: f64,
    failed: bool,
}

#[derive(Default)]
struct Lane {
    open: bool,
    spans: Vec<Span>,
}

impl Shell {
    pub fn new(origin: Origin) -> Self {
        Self {
            engine: Engine::new(Platform { supports: Box::new(|mime| !mime.contains("hvc1")) }),
            origin,
            now: 61_300,
            last_request: 0,
            asked: Vec::new(),
            bodies: BTreeMap::new(),
            source: false,
            lanes: Vec::new(),
            appending: Vec::new(),
            captions: BTreeSet::new(),
            time: 0.0,
            failed: false,
        }
    }

    pub fn load(&mut self, uri: &str, tape: &mut Tape<'_>) {
        let start = match tape.below(3) {
            0 => StartAt::Default,
            1 => StartAt::Live,
            _ => StartAt::Seconds(tape.number()),
        };
        self.failed = false;
        self.tell(Event::Load(Load { uri: uri.to_owned(), start, seed: u64::from(tape.byte()) }));
    }

    /// Tells the engine, and holds it to what it owes.
    pub fn tell(&mut self, event: Event) {
        let now = Duration::from_millis(self.now);
        let stopping = event == Event::Stop;
        self.engine.on(event, now);
        let mut count = 0;
        while let Some(action) = self.engine.next_action() {
            count += 1;
            assert!(count < MAX_ACTIONS, "one event sets off no flood: {action:?}");
            self.perform(action, now);
        }
        assert!(self.asked.len() < MAX_REQUESTS, "{:?}", self.asked);
        assert!(self.bodies.len() < MAX_BODIES, "{} bodies are kept", self.bodies.len());
        match self.engine.wake_at() {
            Some(at) => assert!(at <= now + HEARTBEAT, "it sleeps until {at:?} at {now:?}"),
            None => assert!(self.failed || stopping, "it sleeps for ever"),
        }
    }

    fn perform(&mut self, action: Action, now: Duration) {
        match action {
            Action::Fetch(fetch) => {
                assert!(fetch.request > self.last_request, "a number is used twice");
                assert!(fetch.deadline > now, "asked for at {now:?}, to be there at {:?}", fetch.deadline);
                assert!(fetch.range.is_none_or(|range| range.offset.checked_add(range.length).is_some()));
                self.last_request = fetch.request;
                self.asked.push((fetch.request, fetch.uri, fetch.body));
            }
            Action::Abort(request) => self.asked.retain(|(id, ..)| *id != request),
            Action::Forget(body) => drop(self.bodies.remove(&body)),
            Action::OpenSource => {
                self.source = true;
                self.lanes = Vec::new();
                self.appending = Vec::new();
                self.time = 0.0;
            }
            Action::OpenBuffer { lane, mime } => {
                assert!(self.source && !mime.is_empty() && lane < 2);
                self.lanes.resize_with(self.lanes.len().max(lane + 1), Lane::default);
                self.lanes[lane].open = true;
            }
            Action::Append { lane, body, length, offset } => {
                assert!(self.lanes.get(lane).is_some_and(|lane| lane.open), "no buffer {lane}");
                let held = self.bodies.get(&body).unwrap_or_else(|| panic!("body {body} was let go"));
                assert!(length <= *held && length > 0, "{length} bytes of {held}");
                assert!(offset.is_finite());
                self.appending.push((lane, body));
            }
            Action::Remove { lane, span } => {
                assert!(self.lanes.get(lane).is_some_and(|lane| lane.open), "no buffer {lane}");
                assert!(span.start < span.end, "{span:?}");
            }
            Action::Seek(time) => {
                assert!(time.0.is_finite());
                self.time = time.0;
            }
            Action::Rate(rate) => assert!((0.5..2.0).contains(&rate), "{rate}"),
            Action::Duration(duration) => {
                assert!(duration.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0), "{duration:?}");
            }
            Action::Timeline(timeline) => {
                assert!(timeline.seekable.start <= timeline.seekable.end, "{:?}", timeline.seekable);
                assert!(timeline.edge.0.is_finite() && timeline.target.is_finite());
                assert!(timeline.anchors.len() < 1_000);
            }
            Action::Error(error) => self.failed |= error.fatal,
            Action::Qualities { list, .. } => assert!(list.len() < 100),
            Action::Renditions { audio, subtitles, .. } => assert!(audio.len() + subtitles.len() < 100),
            Action::Captions { segment, cues, .. } => {
                assert!(cues.iter().all(|cue| cue.start.is_finite() && cue.start < cue.end), "{cues:?}");
                assert!(self.captions.insert(segment) && self.captions.len() < MAX_CAPTIONS);
            }
            Action::DropCaptions { segment, .. } => assert!(self.captions.remove(&segment), "{segment}"),
            Action::Stats(_) | Action::State(_) | Action::Cue(_) | Action::EndOfStream => {}
        }
    }

    /// Time passes, without a timer for however long: a page may sleep.
    pub fn pass(&mut self, ms: u64) {
        self.now += ms;
        self.time += ms.min(2_000) as f64 / 1_000.0;
        self.tell(Event::Timer);
    }

    /// Nothing happens but timers, each when it is wanted.
    pub fn rest(&mut self) {
        let mut spin = 0;
        for _ in 0..40 {
            let Some(at) = self.engine.wake_at() else { return };
            let wanted = at.as_nanos().div_ceil(1_000_000) as u64;
            spin = if wanted > self.now { 0 } else { spin + 1 };
            assert!(spin < MAX_SPIN, "it spins at {} ms", self.now);
            self.now = self.now.max(wanted);
            self.tell(Event::Timer);
        }
    }

    /// For so many rounds everything is as it should be.
    pub fn go_well(&mut self, rounds: usize) {
        for _ in 0..rounds {
            for _ in 0..self.asked.len().min(6) {
                self.answer_well(0, None);
            }
            for _ in 0..self.appending.len().min(6) {
                self.append(0);
            }
            self.pass(100);
            self.video(VideoEvent::Tick, |_| {});
        }
    }

    /// The server answers as it should, or in part.
    pub fn answer_well(&mut self, place: usize, cut: Option<usize>) {
        let Some((request, uri, kind)) = self.request(place) else { return };
        match self.origin.answer(&uri, self.now) {
            Some(mut answer) => {
                self.now = self.now.max(answer.at);
                answer.body.truncate(cut.unwrap_or(usize::MAX));
                self.respond(request, uri, kind, answer.status, answer.body);
            }
            None => self.tell(Event::Failed { request, failure: FetchFailure::Network }),
        }
    }

    /// Somebody answers something.
    pub fn answer(&mut self, place: usize, make: impl FnOnce(&str) -> (u16, Vec<u8>)) {
        let Some((request, uri, kind)) = self.request(place) else { return };
        let (status, body) = make(uri.split('?').next().unwrap_or_default());
        self.respond(request, uri, kind, status, body);
    }

    pub fn fail(&mut self, place: usize, failure: FetchFailure) {
        let Some((request, ..)) = self.request(place) else { return };
        self.tell(Event::Failed { request, failure });
    }

    fn request(&mut self, place: usize) -> Option<(u32, String, BodyKind)> {
        (place < self.asked.len()).then(|| self.asked.remove(place))
    }

    fn respond(&mut self, request: u32, uri: String, kind: BodyKind, status: u16, body: Vec<u8>) {
        if kind == BodyKind::Media {
            self.bodies.insert(request, body.len());
        }
        let first_byte = Duration::from_millis(self.now.saturating_sub(30));
        self.tell(Event::Response(Response { request, status, uri, body, first_byte }));
    }

    /// The source buffer takes what it was given: 200 ms at the end, or around the playhead.
    pub fn append(&mut self, place: usize) {
        if place >= self.appending.len() {
            return;
        }
        let (lane, body) = self.appending.remove(place);
        let spans = &mut self.lanes[lane].spans;
        match spans.last_mut().filter(|span| span.end.0 > self.time - 1.0) {
            Some(span) => span.end += 0.2,
            None => *spans = vec![Span { start: MediaTime(self.time), end: MediaTime(self.time + 0.2) }],
        }
        let buffered = spans.clone();
        self.tell(Event::Appended { lane, body, buffered });
    }

    pub fn refuse(&mut self, place: usize, failure: AppendFailure) {
        if place >= self.appending.len() {
            return;
        }
        let (lane, body) = self.appending.remove(place);
        let buffered = self.lanes[lane].spans.clone();
        self.tell(Event::AppendFailed { lane, body, failure, buffered });
    }

    /// A buffer holds something else than before.
    pub fn removed(&mut self, tape: &mut Tape<'_>) {
        let place = tape.below(2);
        let Some(lane) = self.lanes.get_mut(place) else { return };
        let (mut at, mut spans) = (0.0, Vec::new());
        for _ in 0..tape.below(4) {
            let start = at + f64::from(tape.word()) / 256.0;
            at = start + 0.01 + f64::from(tape.byte()) / 8.0;
            spans.push(Span::new(start, at));
        }
        lane.spans = spans.clone();
        self.tell(Event::Removed { lane: place, buffered: spans });
    }

    /// The `<video>` speaks, about a playhead that moves, unless `otherwise` says something else.
    pub fn video(&mut self, event: VideoEvent, otherwise: impl FnOnce(&mut Video)) {
        let mut video = Video { event, time: self.time, rate: 1.0, ready_state: 4, ..Video::default() };
        otherwise(&mut video);
        self.tell(Event::Video(video));
    }

    /// What nobody asked for.
    pub fn nonsense(&mut self, tape: &mut Tape<'_>) {
        let (number, lane, seconds) = (u32::from(tape.byte()), tape.below(4), tape.number());
        // Of a buffer that is there, or of one that never will be.
        let lane = if self.lanes.get(lane).is_some_and(|lane| lane.open) { lane } else { 7 };
        let buffered = vec![Span::new(0.0, seconds)];
        let event = match tape.below(4) {
            0 => Event::Appended { lane, body: number, buffered },
            1 => Event::AppendFailed { lane, body: number, failure: AppendFailure::Quota, buffered },
            2 => Event::Failed { request: number + 1_000_000, failure: FetchFailure::Network },
            _ => Event::Removed { lane, buffered },
        };
        self.tell(event);
    }

    pub fn check_size(&self) {
        let size = format!("{:?}", self.engine).len();
        let bodies: usize = self.bodies.values().sum();
        assert!(size < MAX_TEXT + BYTE_TEXT * bodies, "it grew to {size} with {bodies} bytes of media");
    }

    pub fn assert_nothing_left(&self) {
        assert!(self.asked.is_empty(), "{:?}", self.asked);
        assert!(self.bodies.is_empty(), "{:?}", self.bodies);
    }
}
