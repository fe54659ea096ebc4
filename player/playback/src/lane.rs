//! One source buffer and what is on its way into it: a rendition's playlist, the pieces asked for, the ranges held.

mod handing_over;

use std::collections::VecDeque;
use std::sync::Arc;

use playlist::Map;

use crate::buffer::Buffered;
use crate::event::RequestId;
use crate::feed::Feed;
use crate::piece::{Cursor, Facts, Lookup, Piece, Progress, entry, look};
use crate::refresh::Refresh;
use crate::retry::Retry;
use crate::{Action, MediaTime, Now, Span};

pub(crate) use handing_over::{Keep, SAME};

/// Requests for parts at one time, the hinted one included; browsers allow six to one host, and one is the playlist's.
const PARTS_AT_ONCE: usize = 5;
/// Pieces asked for or waiting for the source buffer.
const QUEUE: usize = 8;

/// One source buffer and what is on its way into it.
#[derive(Debug)]
pub(crate) struct Lane {
    /// The media playlist.
    pub(crate) uri: String,
    pub(crate) feed: Option<Feed>,
    pub(crate) refresh: Refresh,
    /// What to ask for next.
    cursor: Option<Cursor>,
    /// The next piece has nothing before it.
    first: bool,
    /// Asked for or waiting, in the order of appending.
    pub(crate) queue: VecDeque<Piece>,
    pub(crate) appending: Option<Appending>,
    /// Type of the source buffer.
    pub(crate) mime: Option<String>,
    /// Initialization segment that the source buffer has seen last.
    pub(crate) map: Option<Arc<Map>>,
    pub(crate) buffered: Buffered,
    /// End of what was appended without a break.
    pub(crate) head: Option<MediaTime>,
    /// Nothing more will come.
    pub(crate) done: bool,
    pub(crate) removing: bool,
}

/// A piece that the source buffer is taking.
#[derive(Debug)]
pub(crate) struct Appending {
    pub(crate) body: RequestId,
    pub(crate) facts: Facts,
    pub(crate) offset: f64,
    pub(crate) whole: bool,
    /// It was asked for before it existed.
    pub(crate) awaited: bool,
    /// The buffer was full: to be tried again once something is removed.
    pub(crate) blocked: bool,
    /// It belongs to a run that was given up.
    pub(crate) orphan: bool,
}

/// Seconds at its ends that a piece may share with its neighbours.
const SHARED: f64 = 0.01;

impl Appending {
    /// Where it stands, without what its neighbours may hold too.
    pub(crate) fn inside(&self) -> Span {
        let at = |time: f64| MediaTime(time + self.offset);
        Span { start: at(self.facts.start + SHARED), end: at(self.facts.end - SHARED) }
    }
}

impl Lane {
    pub(crate) fn new(uri: String, now: Now) -> Self {
        Self {
            uri,
            feed: None,
            refresh: Refresh::start(now),
            cursor: None,
            first: true,
            queue: VecDeque::new(),
            appending: None,
            mime: None,
            map: None,
            buffered: Buffered::default(),
            head: None,
            done: false,
            removing: false,
        }
    }

    /// Whether it has a place to fetch from.
    pub(crate) fn placed(&self) -> bool {
        self.cursor.is_some()
    }

    /// Whether a piece waits for the answer to a request.
    pub(crate) fn awaits(&self, request: RequestId) -> bool {
        self.queue.iter().any(|piece| matches!(piece.progress, Progress::Fetching(id) if id == request))
    }

    /// Gives up what is asked for and begins anew, so that `time` can be shown. Says where the first piece starts.
    pub(crate) fn place(&mut self, time: MediaTime, out: &mut VecDeque<Action>) -> Option<MediaTime> {
        self.cancel(out);
        let feed = self.feed.as_ref()?;
        let cursor = entry(feed, time);
        self.cursor = Some(cursor);
        let index = feed.media.index_of(cursor.number).unwrap_or(feed.media.segments.len());
        Some(feed.part_start(index, cursor.part))
    }

    /// Gives up what is asked for.
    pub(crate) fn cancel(&mut self, out: &mut VecDeque<Action>) {
        for piece in self.queue.drain(..) {
            drop_piece(&piece, out);
        }
        if let Some(appending) = &mut self.appending {
            appending.orphan = true;
        }
        self.cursor = None;
        self.first = true;
        self.head = None;
        self.done = false;
    }

    /// The media source is gone, and all that it held.
    pub(crate) fn lose_source(&mut self, out: &mut VecDeque<Action>) {
        out.extend(self.appending.take().map(|appending| Action::Forget(appending.body)));
        self.mime = None;
        self.map = None;
        self.removing = false;
        self.buffered.set(Vec::new());
    }

    /// Lets go of everything: there will be no more answers.
    pub(crate) fn close(&mut self, out: &mut VecDeque<Action>) {
        self.cancel(out);
        out.extend(self.appending.take().map(|appending| Action::Forget(appending.body)));
    }

    /// Up to where there is, or will be, no break in what is appended.
    pub(crate) fn reach(&self) -> Option<MediaTime> {
        self.queue.back().map(Piece::end).or(self.head)
    }

    /// Whether `time` can be shown by going on as before.
    pub(crate) fn leads_to(&self, time: MediaTime) -> bool {
        let reach = self.queue.back().map(Piece::end);
        let Some(until) = self.head.or(reach) else { return false };
        match self.buffered.around(time, 0.1) {
            Some(span) => {
                (span.end - until).abs() < 0.5 || self.appending.is_some() && until >= span.end - 0.5
            }
            None => {
                let from = self.queue.front().map_or(until, |piece| piece.start);
                time >= from - 0.1 && reach.is_some_and(|reach| time < reach)
            }
        }
    }

    /// Queues what comes next, as far as `until` on the presentation timeline, without what is `banned`.
    pub(crate) fn plan(&mut self, until: MediaTime, banned: Option<Span>, now: Now) -> Planned {
        let mut planned = Planned::Fine;
        while let (Some(feed), Some(cursor)) = (&self.feed, self.cursor) {
            let busy =
                self.queue.iter().filter(|piece| !matches!(piece.progress, Progress::Ready { .. })).count();
            let segments = self.queue.iter().any(|piece| piece.whole);
            // Two segments at one time share the line, and the one that is needed next comes late.
            let limit = if segments { 1 } else { PARTS_AT_ONCE };
            if busy >= limit || self.queue.len() >= QUEUE {
                break;
            }
            match look(feed, cursor) {
                Lookup::Found(piece) if piece.start > until => break,
                Lookup::Found(piece) if banned.is_some_and(|span| piece.touches(span)) => {
                    self.first = true;
                    self.cursor = Some(piece.next());
                }
                Lookup::Found(mut piece) => {
                    self.cursor = Some(piece.next());
                    piece.first = std::mem::take(&mut self.first);
                    piece.progress = Progress::Due(now);
                    self.queue.push_back(*piece);
                }
                Lookup::Skip(next) if next > cursor => self.cursor = Some(next),
                // No number comes after the largest one.
                Lookup::Skip(_) | Lookup::Wait => break,
                Lookup::Gone => {
                    planned = Planned::Gone;
                    break;
                }
                Lookup::End => {
                    self.done = self.queue.is_empty() && self.appending.is_none();
                    break;
                }
            }
        }
        planned
    }

    /// Brings what is queued in line with a new playlist: hinted pieces become certain, or turn out never to come.
    pub(crate) fn reconcile(&mut self, out: &mut VecDeque<Action>) {
        let Some(feed) = &self.feed else { return };
        let mut void = None;
        for (place, piece) in
            self.queue.iter_mut().enumerate().filter(|(_, piece)| piece.hinted || !piece.certain)
        {
            match look_part(feed, piece) {
                Some(fresh) => {
                    if piece.hinted && !fresh.hinted && matches!(piece.progress, Progress::Due(_)) {
                        piece.progress = Progress::Due(Now::ZERO);
                        piece.retry = Retry::default();
                    }
                    // It was read with another initialization segment than its own: its bytes are gone, ask again.
                    if let Progress::Ready { body, .. } = piece.progress
                        && piece.map != fresh.map
                    {
                        out.push_back(Action::Forget(body));
                        piece.progress = Progress::Due(Now::ZERO);
                    }
                    piece.map = fresh.map;
                    piece.stretch = fresh.stretch;
                    piece.start = fresh.start;
                    piece.duration = fresh.duration;
                    piece.hinted = fresh.hinted;
                    piece.certain = fresh.certain;
                    piece.refused = fresh.refused;
                }
                None => {
                    void = Some((place, piece.at, piece.first));
                    break;
                }
            }
        }
        if let Some((place, at, first)) = void {
            for piece in self.queue.split_off(place) {
                drop_piece(&piece, out);
            }
            self.cursor = Some(at);
            self.first |= first;
        }
    }

    /// What makes up for a piece that cannot be had: the next one. Nothing before that is certain to be there.
    pub(crate) fn skip_front(&mut self, out: &mut VecDeque<Action>) {
        if let Some(piece) = self.queue.pop_front() {
            drop_piece(&piece, out);
            if let Some(next) = self.queue.front_mut() {
                next.first = true;
            } else {
                self.first = true;
            }
        }
    }
}

/// Whether planning went as hoped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Planned {
    Fine,
    /// The place to fetch from has left the window.
    Gone,
}

/// The playlist's present view of a hinted piece: `None` when it is not what was asked for.
fn look_part(feed: &Feed, piece: &Piece) -> Option<Piece> {
    // A part that has become the first of a whole segment is still the part that was asked for.
    let listed = feed.media.index_of(piece.at.number).and_then(|index| {
        let part = feed.media.segments.get(index)?.parts.get(piece.at.part)?;
        Some((index, part))
    });
    let Some((index, part)) = listed else {
        return match look(feed, piece.at) {
            Lookup::Found(fresh) if fresh.uri == piece.uri && fresh.range == piece.range => Some(*fresh),
            _ => None,
        };
    };
    // What was hinted at may turn out to be lost.
    let same = !part.gap && playlist::resolve(&feed.base, &part.uri) == piece.uri;
    same.then(|| crate::piece::listed_part(feed, index, piece.at)).flatten()
}

fn drop_piece(piece: &Piece, out: &mut VecDeque<Action>) {
    match &piece.progress {
        Progress::Due(_) => {}
        Progress::Fetching(request) => out.push_back(Action::Abort(*request)),
        Progress::Arrived { body, .. } | Progress::Ready { body, .. } => out.push_back(Action::Forget(*body)),
    }
}
