//! Timed metadata: what the playlist and the media want to be told when the playhead gets there. Tells nothing itself, and
//! looks into no message.

use container::read::EventMessage;
use playlist::{ClientValue, DateRange};

use crate::MediaTime;
use crate::clock::ProgramClock;

/// Cues that are kept, and bytes of their messages in all and of one: a cover picture in ID3 has a few hundred kilobytes.
const MAX_CUES: usize = 1_000;
const MAX_BYTES: usize = 4 << 20;
const MAX_MESSAGE: usize = 1 << 20;
/// Timers come late, not early: a cue this many seconds away is due.
const EARLY: f64 = 0.003;
/// Steps back of this many seconds correct where the playhead was thought to be; a seek so near changes nothing either.
const CORRECTION: f64 = 1.0;
/// A seek forward of at most this many seconds jumps a hole: what lay in it is told.
const HOLE: f64 = 2.0;
/// A cue without length that turns up at most this many seconds after its moment is still told.
const LATE: f64 = 2.0;
/// Seconds within which the playhead lands on a cue without length.
const LANDING: f64 = 0.1;
/// One event message is repeated with every segment, at the same moment; its number alone says little in the field.
const SAME: f64 = 0.1;
/// Attributes of a client's own that one range gathers from its tags.
const MAX_ATTRIBUTES: usize = playlist::limits::MAX_ATTRIBUTES;
/// Schemes of `emsg` that carry ID3 tags.
const ID3_SCHEMES: [&str; 2] =
    ["https://aomedia.org/emsg/ID3", "https://developer.apple.com/streaming/emsg-id3"];

/// Something that happens at a moment of the presentation, or for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Its name: one cue keeps it however often it is sent.
    pub id: String,
    /// When it begins.
    pub start: MediaTime,
    /// When it ends; `None` when it has no length or when that is not known.
    pub end: Option<MediaTime>,
    /// What it says.
    pub data: CueData,
}

/// What a cue says.
#[derive(Debug, Clone, PartialEq)]
pub enum CueData {
    /// `EXT-X-DATERANGE`.
    DateRange(Box<DateRange>),
    /// `emsg`.
    Message(EventMessage),
    /// `emsg` with ID3 tags in it.
    Id3(EventMessage),
}

/// The cues of a session.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    known: Vec<Known>,
    /// Bytes of all messages.
    bytes: usize,
    /// The playlist's date ranges as last seen.
    listed: Vec<DateRange>,
    /// Up to where cues were told; `None` before anything was.
    at: Option<MediaTime>,
    /// The playhead has been sent elsewhere since.
    sought: bool,
}

#[derive(Debug)]
struct Known {
    what: What,
    /// Told, or passed over by a seek.
    told: bool,
}

#[derive(Debug)]
enum What {
    Range(Box<DateRange>),
    Message { start: MediaTime, message: EventMessage },
}

/// When a cue begins, when it ends, and until when it is worth telling to someone who comes in the middle.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: MediaTime,
    end: Option<MediaTime>,
    until: Option<MediaTime>,
}

impl Cues {
    /// Takes the date ranges of a playlist in. Tags with one ID describe one range; a range that is over in the past may
    /// have left the playlist and stays until [`Cues::expire`].
    pub(crate) fn list(&mut self, ranges: &[DateRange]) {
        if self.listed == ranges {
            return;
        }
        ranges.clone_into(&mut self.listed);
        for range in ranges {
            let known = self.known.iter_mut().find_map(|known| match &mut known.what {
                What::Range(old) if old.id == range.id => Some((old, &mut known.told)),
                _ => None,
            });
            match known {
                Some((old, told)) => *told &= !merge(old, range),
                None => self.keep(What::Range(Box::new(range.clone()))),
            }
        }
    }

    /// Takes an event message in, whose moment on the presentation timeline is known.
    pub(crate) fn message(&mut self, message: EventMessage, start: MediaTime) {
        let same = |known: &Known| match &known.what {
            What::Message { start: at, message: old } => {
                (*at - start).abs() < SAME
                    && (old.id, &old.scheme, &old.value) == (message.id, &message.scheme, &message.value)
            }
            What::Range(_) => false,
        };
        if size(&message) <= MAX_MESSAGE && !self.known.iter().any(same) {
            self.keep(What::Message { start, message });
        }
    }

    fn keep(&mut self, what: What) {
        self.bytes += what.bytes();
        self.known.push(Known { what, told: false });
        while self.known.len() > MAX_CUES || self.bytes > MAX_BYTES {
            let place = self.known.iter().position(|known| known.told).unwrap_or(0);
            self.bytes -= self.known.remove(place).what.bytes();
        }
    }

    /// The playhead is on its way elsewhere: nothing is due until it is there.
    pub(crate) fn seek(&mut self) {
        self.sought = true;
    }

    /// The playhead is here: what is due, in the order of its moments.
    pub(crate) fn reach(&mut self, position: MediaTime, clock: &ProgramClock) -> Vec<Cue> {
        let sought = std::mem::take(&mut self.sought);
        let from = self.at.replace(position);
        let step = from.map(|from| position - from);
        let plays = step.is_some_and(|step| step >= -CORRECTION && (!sought || step < HOLE));
        let mut due: Vec<Cue> = Vec::new();
        for index in 0..self.known.len() {
            let begun = self.start(index, clock).is_some_and(|start| start <= position + EARLY);
            let Some(known) = self.known.get_mut(index) else { continue };
            let told = std::mem::replace(&mut known.told, begun);
            if !begun || (told && plays) {
                continue;
            }
            let (Some(place), Some(known)) = (self.place(index, clock), self.known.get(index)) else {
                continue;
            };
            let crossed = plays && from.is_some_and(|from| place.start > from);
            let slack = if plays { LATE } else { LANDING };
            let lasts = place.until.is_some_and(|until| until > position);
            if crossed || lasts || position - place.start <= slack {
                // In the order of their moments; a sort would weigh kilobytes in the browser's module.
                let at = due.partition_point(|cue| cue.start <= place.start);
                due.insert(at, known.what.cue(place));
            }
        }
        due
    }

    /// When the next cue is due.
    pub(crate) fn next(&self, clock: &ProgramClock) -> Option<MediaTime> {
        let untold = self.known.iter().enumerate().filter(|(_, known)| !known.told);
        untold.filter_map(|(index, _)| self.start(index, clock)).reduce(MediaTime::min)
    }

    /// Forgets what was over before a moment that nobody can go back to.
    pub(crate) fn expire(&mut self, before: MediaTime, clock: &ProgramClock) {
        let gone: Vec<bool> = (0..self.known.len())
            .map(|index| {
                let place = self.place(index, clock);
                place.is_some_and(|place| {
                    place.until.map_or(place.start, |until| until.max(place.start)) < before
                })
            })
            .collect();
        let mut gone = gone.into_iter();
        // What the playlist still lists would only come back.
        let listed = |range: &DateRange| self.listed.iter().any(|listed| listed.id == range.id);
        self.known.retain(|known| {
            !gone.next().unwrap_or(false) || matches!(&known.what, What::Range(range) if listed(range))
        });
        self.bytes = self.known.iter().map(|known| known.what.bytes()).sum();
    }

    /// When a cue begins; `None` while the programme clock is not known.
    fn start(&self, index: usize, clock: &ProgramClock) -> Option<MediaTime> {
        match &self.known.get(index)?.what {
            What::Message { start, .. } => Some(*start),
            What::Range(range) => clock.media_at(range.start?.millis() as f64),
        }
    }

    /// Where a cue stands; `None` while the programme clock is not known.
    fn place(&self, index: usize, clock: &ProgramClock) -> Option<Place> {
        let start = self.start(index, clock)?;
        match &self.known.get(index)?.what {
            What::Message { message, .. } => {
                let seconds =
                    message.duration.map(|units| f64::from(units) / f64::from(message.timescale.max(1)));
                let end = seconds.filter(|seconds| *seconds > 0.0).map(|seconds| start + seconds);
                Some(Place { start, end, until: end })
            }
            What::Range(range) => {
                let begins = range.start?.millis() as f64;
                let ends = self.ends(range, begins);
                let planned = range.planned_duration.map(|length| begins + length.as_secs_f64() * 1_000.0);
                let media = |ms: f64| clock.media_at(ms);
                let end = ends.and_then(media);
                Some(Place { start, end, until: end.or_else(|| media(planned?)) })
            }
        }
    }

    /// When a date range ends, in milliseconds of the programme clock.
    fn ends(&self, range: &DateRange, begins: f64) -> Option<f64> {
        let by_date = range.end.map(|end| end.millis() as f64);
        let by_length = || range.duration.map(|length| begins + length.as_secs_f64() * 1_000.0);
        let by_next = || {
            let others = self.listed.iter().filter(|_| range.end_on_next);
            let others = others.filter(|other| other.class == range.class && other.id != range.id);
            others
                .filter_map(|other| Some(other.start?.millis() as f64))
                .filter(|start| *start > begins)
                .reduce(f64::min)
        };
        by_date.or_else(by_length).or_else(by_next)
    }
}

impl What {
    fn bytes(&self) -> usize {
        match self {
            Self::Range(range) => {
                let client = range.client.iter().map(|(name, value)| match value {
                    ClientValue::Text(text) | ClientValue::Hex(text) => name.len() + text.len(),
                    ClientValue::Number(_) => name.len(),
                });
                range.id.len() + client.sum::<usize>()
            }
            Self::Message { message, .. } => size(message),
        }
    }

    fn cue(&self, Place { start, end, .. }: Place) -> Cue {
        let (id, data) = match self {
            Self::Range(range) => (range.id.clone(), CueData::DateRange(range.clone())),
            Self::Message { message, .. } => {
                let id = [&message.scheme, "/", &message.value, "/", &message.id.to_string()].concat();
                let id3 = ID3_SCHEMES.contains(&message.scheme.as_str());
                (id, if id3 { CueData::Id3 } else { CueData::Message }(message.clone()))
            }
        };
        Cue { id, start, end, data }
    }
}

fn size(message: &EventMessage) -> usize {
    message.data.len() + message.scheme.len() + message.value.len()
}

/// Adds what a later tag with the same ID says. Says whether that is news.
fn merge(old: &mut DateRange, new: &DateRange) -> bool {
    let before = old.clone();
    let text = |old: &mut Option<String>, new: &Option<String>| {
        if new.is_some() {
            old.clone_from(new);
        }
    };
    old.start = new.start.or(old.start);
    old.end = new.end.or(old.end);
    old.duration = new.duration.or(old.duration);
    old.planned_duration = new.planned_duration.or(old.planned_duration);
    old.end_on_next |= new.end_on_next;
    text(&mut old.class, &new.class);
    text(&mut old.cue, &new.cue);
    text(&mut old.scte35_cmd, &new.scte35_cmd);
    text(&mut old.scte35_out, &new.scte35_out);
    text(&mut old.scte35_in, &new.scte35_in);
    for (name, value) in &new.client {
        if let Some((_, known)) = old.client.iter_mut().find(|(known, _)| known == name) {
            known.clone_from(value);
        } else if old.client.len() < MAX_ATTRIBUTES {
            old.client.push((name.clone(), value.clone()));
        }
    }
    *old != before
}
