//! What can be fetched in one request, and which comes next. Fetches nothing.

use std::sync::Arc;

use container::read::{EventMessage, Init, Media};
use playlist::{ByteRange, HintKind, Key, KeyMethod, Map, Segment, resolve};

use crate::event::RequestId;
use crate::feed::{Feed, next_part};
use crate::offsets::Stretch;
use crate::retry::Retry;
use crate::{Error, ErrorKind, MediaTime, Now, Span};

/// A place in a playlist: part 0 is also the whole segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    pub(crate) number: u64,
    pub(crate) part: usize,
}

impl Cursor {
    pub(crate) fn segment(number: u64) -> Self {
        Self { number, part: 0 }
    }
}

/// One request's worth of media.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) at: Cursor,
    /// A whole segment, not a part.
    pub(crate) whole: bool,
    pub(crate) uri: String,
    pub(crate) range: Option<ByteRange>,
    /// Where it stands on the presentation timeline, by the playlist.
    pub(crate) start: MediaTime,
    pub(crate) duration: f64,
    pub(crate) map: Option<Arc<Map>>,
    pub(crate) stretch: Stretch,
    /// Why it cannot be played.
    pub(crate) refused: Option<Refusal>,
    /// The playlist only hints at it.
    pub(crate) hinted: bool,
    /// It was asked for before it existed.
    pub(crate) awaited: bool,
    /// The playlist shows its segment, so that map and stretch are known and not guessed.
    pub(crate) certain: bool,
    /// Nothing before it was appended: it must decode alone.
    pub(crate) first: bool,
    /// It was asked for before its lane went on with another playlist.
    pub(crate) old: bool,
    pub(crate) progress: Progress,
    pub(crate) retry: Retry,
}

impl Piece {
    /// Where to go on after it.
    pub(crate) fn next(&self) -> Cursor {
        if self.whole {
            Cursor::segment(self.at.number.saturating_add(1))
        } else {
            Cursor { part: self.at.part + 1, ..self.at }
        }
    }

    /// Where it ends, by the playlist.
    pub(crate) fn end(&self) -> MediaTime {
        self.start + self.duration
    }

    /// Whether it holds any of that, by the playlist.
    pub(crate) fn touches(&self, span: Span) -> bool {
        self.start < span.end && self.end() > span.start
    }
}

/// Why media cannot be played, not yet or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// MPEG-TS, or sound without a container: nothing says where its initialization segment is.
    Container,
    /// Encrypted with a key that is there for the asking.
    Encrypted,
    /// Encrypted with a key that a content protection system keeps.
    Drm,
}

impl Refusal {
    fn of(segment: &Segment) -> Option<Self> {
        let mut locked = segment.keys.iter().filter(|key| key.method != KeyMethod::None).peekable();
        if locked.peek().is_none() {
            return segment.map.is_none().then_some(Self::Container);
        }
        let open = |key: &Key| {
            matches!(key.method, KeyMethod::Aes128 | KeyMethod::SampleAes)
                && key.format.as_ref().is_none_or(|format| format == "identity")
        };
        Some(if locked.all(|key| open(key)) { Self::Encrypted } else { Self::Drm })
    }

    /// The error for media at an address: it says what is wrong and what would play.
    pub(crate) fn error(self, uri: &str) -> Error {
        let (cause, message) = match self {
            Self::Container => (
                "container",
                ": MPEG-TS and packed audio are not supported yet; expected fMP4 segments with an EXT-X-MAP",
            ),
            Self::Encrypted => (
                "encrypted",
                ": AES-128 and SAMPLE-AES are not supported yet; expected segments without an EXT-X-KEY",
            ),
            Self::Drm => ("drm", ": content protection (DRM) is not supported; expected media in the clear"),
        };
        Error::fatal(ErrorKind::Unsupported, cause, [uri, message].concat())
    }
}

/// How far a piece has come.
#[derive(Debug)]
pub(crate) enum Progress {
    Due(Now),
    Fetching(RequestId),
    /// The bytes are here, not looked at yet.
    Arrived {
        body: RequestId,
        bytes: Vec<u8>,
    },
    Ready {
        body: RequestId,
        facts: Facts,
        events: Vec<EventMessage>,
    },
}

/// What the bytes say about themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Facts {
    /// Bytes that make whole fragments.
    pub(crate) length: usize,
    /// On the media's own timeline, in seconds.
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// Some sample decodes alone.
    pub(crate) has_sync: bool,
}

impl Facts {
    /// Reads a body, and the event messages in it. `None` when there is no whole fragment of a known track in it.
    pub(crate) fn read(
        bytes: &[u8],
        init: &Init,
    ) -> Result<Option<(Self, Vec<EventMessage>)>, container::Error> {
        let media = Media::read(bytes, init)?;
        let lead = init.video().or(init.audio()).map(|track| track.id);
        let mut tracks = media
            .fragments
            .iter()
            .flat_map(|fragment| &fragment.tracks)
            .filter(|track| Some(track.track_id) == lead);
        let Some(first) = tracks.next() else { return Ok(None) };
        let end = |track: &container::read::TrackFragment| {
            track.presentation_start_seconds() + track.duration as f64 / f64::from(track.timescale.max(1))
        };
        let mut facts = Self {
            length: media.consumed,
            start: first.presentation_start_seconds(),
            end: end(first),
            // Every frame of sound decodes alone, whatever its flags say.
            has_sync: first.has_sync || init.video().is_none(),
        };
        for track in tracks {
            facts.end = facts.end.max(end(track));
            facts.has_sync |= track.has_sync;
        }
        Ok(Some((facts, media.events)))
    }
}

/// What stands at a cursor.
#[derive(Debug)]
pub(crate) enum Lookup {
    Found(Box<Piece>),
    /// There is no media here: go on there.
    Skip(Cursor),
    /// The playlist must grow first.
    Wait,
    /// It has left the window.
    Gone,
    /// Nothing more will come.
    End,
}

/// What stands at a cursor.
pub(crate) fn look(feed: &Feed, at: Cursor) -> Lookup {
    let media = &feed.media;
    if at.number < media.segment_number(0) {
        return Lookup::Gone;
    }
    let Some((index, segment)) =
        media.index_of(at.number).and_then(|index| Some((index, media.segments.get(index)?)))
    else {
        return if media.end_list { Lookup::End } else { hinted(feed, at) };
    };
    if let Some(part) = segment.parts.get(at.part) {
        // A whole segment in one request, unless only its later parts are wanted.
        if segment.uri.is_none() || at.part > 0 {
            if part.gap {
                return Lookup::Skip(Cursor { part: at.part + 1, ..at });
            }
            return listed_part(feed, index, at).map_or(Lookup::Wait, |piece| Lookup::Found(Box::new(piece)));
        }
    }
    match &segment.uri {
        Some(_) if segment.gap || (at.part > 0 && !segment.parts.is_empty()) => {
            Lookup::Skip(Cursor::segment(at.number.saturating_add(1)))
        }
        // A segment that lists no parts any more is fetched whole: what is there already is replaced by the same.
        Some(uri) => {
            let mut piece = piece(feed, index, segment, Cursor::segment(at.number));
            piece.whole = true;
            piece.uri = resolve(&feed.base, uri);
            piece.range = segment.byte_range;
            Lookup::Found(Box::new(piece))
        }
        None if media.end_list => Lookup::End,
        None => hinted(feed, at),
    }
}

/// The part at a cursor, whose segment stands at `index`.
pub(crate) fn listed_part(feed: &Feed, index: usize, at: Cursor) -> Option<Piece> {
    let segment = feed.media.segments.get(index)?;
    let part = segment.parts.get(at.part)?;
    let mut piece = piece(feed, index, segment, at);
    piece.uri = resolve(&feed.base, &part.uri);
    piece.range = part.byte_range;
    piece.start = feed.part_start(index, at.part);
    piece.duration = part.duration.as_secs_f64();
    Some(piece)
}

/// The piece at a cursor that the playlist does not list yet but hints at.
fn hinted(feed: &Feed, at: Cursor) -> Lookup {
    let media = &feed.media;
    let (number, part) = next_part(media);
    let hint = media.preload_hints.iter().find(|hint| hint.kind == HintKind::Part);
    let (Some(hint), true, Some((last, segment))) =
        (hint, at == Cursor { number, part }, media.segments.iter().enumerate().next_back())
    else {
        return Lookup::Wait;
    };
    let range = match (hint.start, hint.length) {
        (0, None) => None,
        (offset, Some(length)) => Some(ByteRange { offset, length }),
        // An open range has no end to check the answer against.
        (_, None) => return Lookup::Wait,
    };
    let mut piece = piece(feed, last, segment, at);
    piece.uri = resolve(&feed.base, &hint.uri);
    piece.range = range;
    piece.start = feed.edge();
    piece.duration = feed.step();
    piece.hinted = true;
    // Where there are no parts it is the whole next segment that is hinted at.
    piece.whole = media.part_target.is_none();
    piece.certain = part > 0;
    Lookup::Found(Box::new(piece))
}

/// What pieces of one segment have in common.
fn piece(feed: &Feed, index: usize, segment: &Segment, at: Cursor) -> Piece {
    let map = segment
        .map
        .as_ref()
        .map(|map| Arc::new(Map { uri: resolve(&feed.base, &map.uri), byte_range: map.byte_range }));
    Piece {
        at,
        whole: false,
        uri: String::new(),
        range: None,
        start: feed.start(index),
        duration: segment.duration.as_secs_f64(),
        map,
        stretch: (feed.epoch, feed.media.discontinuity_number(index)),
        refused: Refusal::of(segment),
        hinted: false,
        awaited: false,
        certain: true,
        first: false,
        old: false,
        progress: Progress::Due(Now::ZERO),
        retry: Retry::default(),
    }
}

/// Where to begin fetching so that `time` can be shown: the last place at or before it that decodes alone.
pub(crate) fn entry(feed: &Feed, time: MediaTime) -> Cursor {
    let mut index = feed.find(time);
    loop {
        let Some(segment) = feed.media.segments.get(index) else {
            return Cursor::segment(feed.media.next_number());
        };
        let number = feed.media.segment_number(index);
        let mut start = feed.start(index);
        let mut found = segment.uri.is_some().then_some(0);
        for (part, entry) in segment.parts.iter().enumerate() {
            if start > time + 0.001 {
                break;
            }
            // Every segment of a sound rendition, and nearly every other one, begins with what decodes alone.
            if (entry.independent || (part == 0 && feed.media.independent_segments)) && !entry.gap {
                found = Some(part);
            }
            start += entry.duration.as_secs_f64();
        }
        match found {
            Some(part) => return Cursor { number, part },
            None if index == 0 => return Cursor::segment(number),
            None => index -= 1,
        }
    }
}
