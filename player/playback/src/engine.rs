//! The brain: takes events, keeps the state of one session, and queues actions. The parts of its reasoning are next door:
//! what to load (`loading`), which quality (`adapting`), what to go on with instead (`switching`), what comes back (`arriving`), what goes into the buffers (`appending`), where the playhead
//! belongs (`position`), what it has reached (`cueing`), what to do when nothing is shown (`recovery`), and what the page is
//! told (`report`). Beside that: what the viewer reads (`captioning`), and which languages there are (`renditions`).

mod adapting;
mod appending;
mod arriving;
mod captioning;
mod cueing;
mod loading;
mod position;
mod recovery;
mod renditions;
mod report;
mod switching;

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use playlist::{Multivariant, Variables};

use crate::bandwidth::Bandwidth;
use crate::clock::ProgramClock;
use crate::cues::Cues;
use crate::drops::{Drops, Heavy};
use crate::event::RequestId;
use crate::hold::Hold;
use crate::inits::Inits;
use crate::lane::Lane;
use crate::live_edge::LiveEdge;
use crate::offsets::Offsets;
use crate::playhead::Playhead;
use crate::punctuality::Punctuality;
use crate::retry::{Dice, Retry};
use crate::stats::Stalls;
use crate::subtitles::Subtitles;
use crate::{Action, Error, Event, Load, MediaTime, Now, Span, State, Timeline};

/// While something plays, the engine looks after it this often even when nothing happens.
const HEARTBEAT: Duration = Duration::from_millis(200);

/// What the browser can do.
pub struct Platform {
    /// Whether media source buffers take a MIME type with codecs.
    pub supports: Box<dyn Fn(&str) -> bool>,
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platform")
    }
}

/// The player's brain. See the crate's own text.
#[derive(Debug)]
pub struct Engine {
    platform: Platform,
    out: VecDeque<Action>,
    next_request: RequestId,
    session: Option<Box<Session>>,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The address that the page gave.
    Top,
    /// The media playlist of a lane.
    Playlist(usize),
    /// The media playlist that a lane is to go on with.
    Switch(usize),
    /// An initialization segment.
    Init,
    /// A segment or a part of a lane.
    Piece(usize),
    /// The media playlist of the subtitles.
    Subtitles,
    /// A segment of the subtitles.
    Captions,
}

#[derive(Debug, Clone, Copy)]
struct Request {
    id: RequestId,
    what: What,
    sent: Now,
    deadline: Now,
    /// The server holds the answer back until it is produced.
    held: bool,
}

/// Another variant or another sound that is being loaded.
#[derive(Debug)]
struct Switch {
    lane: usize,
    /// Which variant, or which rendition.
    to: usize,
    uri: String,
    request: Option<RequestId>,
    due: Now,
    retry: Retry,
    /// What plays cannot go on: no waiting, for it or for anything that is on its way.
    hurried: bool,
    /// The segment to begin with, by its own playlist.
    begin: Option<u64>,
}

/// Everything about one `Load`.
#[derive(Debug)]
struct Session {
    load: Load,
    began: Now,
    dice: Dice,
    requests: Vec<Request>,
    /// Pending load of the address itself: when, and how often it failed.
    top: Option<Now>,
    top_retry: Retry,
    /// The last answer said that there is nothing, or nothing yet.
    missing: bool,
    multivariant: Option<Multivariant>,
    variables: Variables,
    playable: Vec<usize>,
    variant: Option<usize>,
    /// Number of the sound that is heard, when it has a playlist of its own.
    heard: Option<usize>,
    manual: bool,
    /// At most one for each lane.
    switches: Vec<Switch>,
    switched_at: Now,
    lanes: Vec<Lane>,
    subtitles: Option<Box<Subtitles>>,
    inits: Inits,
    offsets: Offsets,
    clock: ProgramClock,
    cues: Cues,
    edge: LiveEdge,
    punctuality: Punctuality,
    hold: Hold,
    playhead: Playhead,
    bandwidth: Bandwidth,
    drops: Drops,
    heavy: Heavy,
    source_open: bool,
    streaming: bool,
    /// Follow the live edge; off while the viewer looks at the past.
    following: bool,
    /// Go there as soon as it is buffered.
    goal: Option<MediaTime>,
    /// Before that, and before there is any picture, show the key frame that the goal is decoded from.
    glimpse: Option<MediaTime>,
    /// When the last answer came, and how often everything was asked anew since.
    heard_at: Now,
    hushes: u32,
    /// Since when there is nothing to play at the playhead.
    dry_since: Option<Now>,
    /// Since when there is enough to play at the playhead.
    fed_since: Option<Now>,
    nudges: u32,
    failure: Option<recovery::Failure>,
    /// What the browser cannot decode: passed over.
    banned: Option<Span>,
    skipped: u32,
    ended: bool,
    end_sent: bool,
    /// When there was something to show at the place to begin.
    started_at: Option<Now>,
    stalls: Stalls,
    pixel_width: u32,
    segments: u32,
    parts: u32,
    state: Option<State>,
    timeline: Option<Timeline>,
    reported_at: Option<Now>,
    /// When everything was last looked after.
    looked_at: Now,
    failed: bool,
}

impl Engine {
    /// An engine with nothing loaded.
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, out: VecDeque::new(), next_request: 0, session: None }
    }

    /// Takes in what happened.
    pub fn on(&mut self, event: Event, now: Now) {
        match event {
            Event::Load(load) => {
                self.stop();
                self.session = Some(Box::new(Session::new(load, now)));
                self.out.push_back(Action::OpenSource);
            }
            Event::Stop => self.stop(),
            event => self.in_session(|session, desk| session.take(event, desk), now),
        }
        self.in_session(Session::run, now);
    }

    /// What to do next; `None` when there is nothing left to do for now.
    pub fn next_action(&mut self) -> Option<Action> {
        self.out.pop_front()
    }

    /// When to send [`Event::Timer`] at the latest.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        let session = self.session.as_ref().filter(|session| !session.failed)?;
        Some(session.wake_at())
    }

    fn in_session(&mut self, work: impl FnOnce(&mut Session, &mut Desk<'_>), now: Now) {
        let Some(session) = self.session.as_mut().filter(|session| !session.failed) else { return };
        let mut desk =
            Desk { now, out: &mut self.out, next_request: &mut self.next_request, platform: &self.platform };
        work(session, &mut desk);
        // At the very end: whatever was still asked for after the error goes too.
        if session.failed {
            session.give_up(&mut self.out);
        }
    }

    /// Gives everything up.
    fn stop(&mut self) {
        let Some(mut session) = self.session.take() else { return };
        session.give_up(&mut self.out);
    }
}

/// What reasoning needs at hand: the time, and where to put actions.
struct Desk<'a> {
    now: Now,
    out: &'a mut VecDeque<Action>,
    next_request: &'a mut RequestId,
    platform: &'a Platform,
}

impl Desk<'_> {
    fn act(&mut self, action: Action) {
        self.out.push_back(action);
    }

    fn new_request(&mut self) -> RequestId {
        *self.next_request = self.next_request.wrapping_add(1);
        *self.next_request
    }
}

impl Session {
    fn new(load: Load, now: Now) -> Self {
        Self {
            dice: Dice::new(load.seed),
            load,
            began: now,
            requests: Vec::new(),
            top: Some(now),
            top_retry: Retry::default(),
            missing: false,
            multivariant: None,
            variables: Variables::default(),
            playable: Vec::new(),
            variant: None,
            heard: None,
            manual: false,
            switches: Vec::new(),
            switched_at: now,
            lanes: Vec::new(),
            subtitles: None,
            inits: Inits::default(),
            offsets: Offsets::default(),
            clock: ProgramClock::default(),
            cues: Cues::default(),
            edge: LiveEdge::default(),
            punctuality: Punctuality::default(),
            hold: Hold::default(),
            playhead: Playhead::new(now),
            bandwidth: Bandwidth::default(),
            drops: Drops::default(),
            heavy: Heavy::default(),
            source_open: false,
            streaming: true,
            following: true,
            goal: None,
            glimpse: None,
            heard_at: now,
            hushes: 0,
            dry_since: None,
            fed_since: None,
            nudges: 0,
            failure: None,
            banned: None,
            skipped: 0,
            ended: false,
            end_sent: false,
            started_at: None,
            stalls: Stalls::default(),
            pixel_width: 0,
            segments: 0,
            parts: 0,
            state: None,
            timeline: None,
            reported_at: None,
            looked_at: now,
            failed: false,
        }
    }

    /// Takes in one event.
    fn take(&mut self, event: Event, desk: &mut Desk<'_>) {
        match event {
            Event::Load(_) | Event::Stop | Event::Timer => {}
            Event::SeekLive => self.seek_live(desk),
            Event::Quality(choice) => self.choose_quality(choice, desk),
            Event::Audio(choice) => self.choose_audio(choice, desk),
            Event::Subtitles(choice) => self.choose_subtitles(choice, desk),
            Event::Video(video) => self.watch(&video, desk),
            Event::SourceOpen => self.source_open = true,
            Event::Online => self.ask_anew(desk),
            Event::Response(response) => self.arrived(response, desk),
            Event::Failed { request, failure } => self.not_arrived(request, failure, desk),
            Event::Appended { lane, body, buffered } => self.appended(lane, body, buffered, desk),
            Event::AppendFailed { lane, body, failure, buffered } => {
                self.not_appended(lane, body, failure, buffered, desk);
            }
            Event::Removed { lane, buffered } => self.removed(lane, buffered),
            Event::Streaming(streaming) => self.streaming = streaming,
        }
    }

    /// Does whatever can be done now.
    fn run(&mut self, desk: &mut Desk<'_>) {
        self.looked_at = desk.now;
        self.expire(desk);
        self.break_silence(desk);
        self.ask_playlists(desk);
        self.steer(desk);
        self.tell_cues(desk);
        self.ask_media(desk);
        self.ask_subtitles(desk);
        self.append(desk);
        self.tidy(desk);
        self.report(desk);
    }

    fn wake_at(&self) -> Now {
        let heartbeat = self.looked_at + HEARTBEAT;
        let requests = self.requests.iter().map(|request| request.deadline);
        let lanes = self
            .lanes
            .iter()
            .filter(|lane| lane.refresh.request.is_none())
            .filter_map(|lane| lane.refresh.due);
        let pieces =
            self.lanes.iter().flat_map(|lane| &lane.queue).filter_map(|piece| match piece.progress {
                crate::piece::Progress::Due(at) => Some(at),
                _ => None,
            });
        let inits = self.inits.iter().filter_map(|entry| match entry.progress {
            crate::inits::Progress::Due(at) => Some(at),
            _ => None,
        });
        // A managed source that wants nothing is asked for nothing: what is due then waits for its word.
        let media = pieces.chain(inits).filter(|_| self.streaming);
        let switch = self.switches.iter().filter(|switch| switch.request.is_none()).map(|switch| switch.due);
        let reading = self.subtitles.iter().filter(|_| self.started_at.is_some());
        let subtitles = reading.filter_map(|subtitles| subtitles.wake_at());
        let all = requests.chain(lanes).chain(media).chain(switch).chain(subtitles);
        let all = all.chain(self.top).chain(self.next_cue());
        all.fold(heartbeat, Now::min)
    }

    fn live(&self) -> bool {
        self.main().is_some_and(|feed| !feed.media.end_list)
    }

    fn main(&self) -> Option<&crate::feed::Feed> {
        self.lanes.first()?.feed.as_ref()
    }

    fn fail(&mut self, error: Error, desk: &mut Desk<'_>) {
        self.failed |= error.fatal;
        desk.act(Action::Error(error));
    }

    fn give_up(&mut self, out: &mut VecDeque<Action>) {
        for request in self.requests.drain(..) {
            out.push_back(Action::Abort(request.id));
        }
        for lane in &mut self.lanes {
            lane.close(out);
        }
        for entry in self.inits.iter() {
            if let crate::inits::Progress::Ready { body, .. } = entry.progress {
                out.push_back(Action::Forget(body));
            }
        }
    }
}
