//! Whatever happens in whatever order, the engine stays within its bounds and never panics.

use std::time::Duration;

use playback::{
    Action, AppendFailure, Engine, Event, FetchFailure, Load, Platform, Response, Span, StartAt, Video,
    VideoEvent,
};
use proptest::prelude::*;

use crate::origin::Origin;

/// One thing that happens. Indices count back from the newest request or body.
#[derive(Debug, Clone)]
enum Happening {
    Passes(u16),
    /// The server answers a request as it should.
    Answers(usize),
    /// It answers something else.
    Babbles(usize, u16, Vec<u8>),
    Fails(usize),
    Appends(usize, f64, f64),
    Refuses(usize, bool),
    Removes,
    Video(Video),
    Seeks,
    Quality(Option<usize>),
    Reloads,
    Streams(bool),
}

fn time() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..200.0, any::<f64>()]
}

fn happening() -> impl Strategy<Value = Happening> {
    let events = prop::sample::select(vec![
        VideoEvent::Tick,
        VideoEvent::Seeking,
        VideoEvent::Waiting,
        VideoEvent::Playing,
        VideoEvent::Play,
        VideoEvent::Pause,
        VideoEvent::Ended,
        VideoEvent::Error,
    ]);
    let video = (events, time(), any::<f64>(), any::<[bool; 4]>(), 0..5_u8, any::<u32>()).prop_map(
        |(event, time, rate, [paused, seeking, ended, hidden], ready_state, pixel_width)| {
            let numbers = Video { event, time, rate, ready_state, pixel_width, ..Video::default() };
            Happening::Video(Video { paused, seeking, ended, hidden, ..numbers })
        },
    );
    prop_oneof![
        4 => any::<u16>().prop_map(Happening::Passes),
        12 => (0..4_usize).prop_map(Happening::Answers),
        2 => (0..4_usize, any::<u16>(), prop::collection::vec(any::<u8>(), 0..60))
            .prop_map(|(n, status, body)| Happening::Babbles(n, status, body)),
        2 => (0..4_usize).prop_map(Happening::Fails),
        6 => (0..3_usize, time(), time()).prop_map(|(n, start, end)| Happening::Appends(n, start, end)),
        1 => (0..3_usize, any::<bool>()).prop_map(|(n, full)| Happening::Refuses(n, full)),
        1 => Just(Happening::Removes),
        4 => video,
        1 => Just(Happening::Seeks),
        1 => any::<Option<usize>>().prop_map(Happening::Quality),
        1 => Just(Happening::Reloads),
        1 => any::<bool>().prop_map(Happening::Streams),
    ]
}

/// What a shell would keep: what was asked for and not yet answered.
struct Shell {
    engine: Engine,
    origin: Origin,
    now: u64,
    asked: Vec<(u32, String)>,
    appending: Vec<(usize, u32)>,
    spans: Vec<Span>,
}

impl Shell {
    fn tell(&mut self, event: Event) {
        self.engine.on(event, Duration::from_millis(self.now));
        let mut count = 0;
        while let Some(action) = self.engine.next_action() {
            count += 1;
            assert!(count < 200, "one event sets off no flood: {action:?}");
            match action {
                Action::Fetch(fetch) => self.asked.push((fetch.request, fetch.uri)),
                Action::Abort(request) => self.asked.retain(|(id, _)| *id != request),
                Action::Append { lane, body, .. } => self.appending.push((lane, body)),
                Action::OpenSource => {
                    self.appending.clear();
                    self.spans.clear();
                }
                Action::Seek(time) => assert!(time.0.is_finite()),
                Action::Rate(rate) => assert!((0.5..2.0).contains(&rate)),
                _ => {}
            }
        }
        assert!(self.asked.len() < 24, "{:?}", self.asked);
    }

    fn request(&mut self, back: usize) -> Option<(u32, String)> {
        let place = self.asked.len().checked_sub(back + 1)?;
        Some(self.asked.remove(place))
    }

    fn appended(&mut self, back: usize) -> Option<(usize, u32)> {
        (back < self.appending.len()).then(|| self.appending.remove(back))
    }

    fn answer(&mut self, request: u32, uri: String, status: u16, body: Vec<u8>) {
        let first_byte = Duration::from_millis(self.now);
        self.tell(Event::Response(Response { request, status, uri, body, first_byte }));
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Passes(ms) => {
                self.now += u64::from(ms) / 8;
                self.tell(Event::Timer);
            }
            Happening::Answers(back) => {
                let Some((request, uri)) = self.request(back) else { return };
                match self.origin.answer(&uri, self.now) {
                    Some(answer) => self.answer(request, uri, answer.status, answer.body),
                    None => self.tell(Event::Failed { request, failure: FetchFailure::Network }),
                }
            }
            Happening::Babbles(back, status, body) => {
                let Some((request, uri)) = self.request(back) else { return };
                self.answer(request, uri, status, body);
            }
            Happening::Fails(back) => {
                let Some((request, _)) = self.request(back) else { return };
                self.tell(Event::Failed { request, failure: FetchFailure::Network });
            }
            Happening::Appends(back, start, end) => {
                let Some((lane, body)) = self.appended(back) else { return };
                if start.is_finite() && end.is_finite() {
                    self.spans = vec![Span::new(start.min(end), start.max(end))];
                }
                self.tell(Event::Appended { lane, body, buffered: self.spans.clone() });
            }
            Happening::Refuses(back, full) => {
                let Some((lane, body)) = self.appended(back) else { return };
                let failure = if full { AppendFailure::Quota } else { AppendFailure::Decode };
                self.tell(Event::AppendFailed { lane, body, failure, buffered: self.spans.clone() });
            }
            Happening::Removes => self.tell(Event::Removed { lane: 0, buffered: Vec::new() }),
            Happening::Video(video) => self.tell(Event::Video(video)),
            Happening::Seeks => self.tell(Event::SeekLive),
            Happening::Quality(choice) => self.tell(Event::Quality(choice)),
            Happening::Reloads => self.tell(load()),
            Happening::Streams(streaming) => self.tell(Event::Streaming(streaming)),
        }
    }
}

fn load() -> Event {
    Event::Load(Load { uri: "http://o/media.m3u8".into(), start: StartAt::Default, seed: 1 })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn survives_anything_in_any_order(live in any::<bool>(), happenings in prop::collection::vec(happening(), 1..160)) {
        let mut origin = if live { Origin::live() } else { Origin::recording(90) };
        let range = |begin| (begin, format!("ID=\"{begin}\",CLASS=\"c\",END-ON-NEXT=YES"));
        origin.ranges = (0..80).map(|n| range(n * 1_000)).collect();
        origin.events = (0..160).map(|n| (n * 500, n as u32, "urn:x", vec![1; 40])).collect();
        let mut shell = Shell {
            engine: Engine::new(Platform { supports: Box::new(|_| true) }),
            origin,
            now: 61_300,
            asked: Vec::new(),
            appending: Vec::new(),
            spans: Vec::new(),
        };
        shell.tell(load());
        shell.tell(Event::SourceOpen);
        for happening in happenings {
            shell.happen(happening);
            let size = format!("{:?}", shell.engine).len();
            prop_assert!(size < 200_000, "grew to {size}");
        }
        shell.tell(Event::Stop);
        prop_assert!(shell.asked.is_empty());
    }
}
