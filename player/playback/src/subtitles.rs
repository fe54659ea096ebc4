//! The subtitles that the viewer reads: which segments of their rendition are wanted near the playhead, which are held by the
//! page, and where their cues stand. Fetches nothing and shows nothing.

use container::webvtt::{Document, WRAP};

use crate::event::RequestId;
use crate::feed::Feed;
use crate::piece::{Cursor, Lookup, Piece, look};
use crate::refresh::Refresh;
use crate::retry::Retry;
use crate::{MediaTime, Now};

/// Seconds after the playhead for which cues are asked for.
const AHEAD: f64 = 20.0;
/// Seconds around the playhead for which cues are held.
const HELD: f64 = 60.0;
/// Segments, and cues in them, that the page holds at one time.
const MAX_SEGMENTS: usize = 128;
const MAX_CUES: usize = 10_000;
/// Seconds by which cues may miss their segment before their clock is taken for another one.
const JUMP: f64 = 10.0;

/// A rendition of subtitles that is being read.
#[derive(Debug)]
pub(crate) struct Subtitles {
    /// Its number among the renditions.
    pub(crate) id: usize,
    pub(crate) uri: String,
    pub(crate) feed: Option<Feed>,
    pub(crate) refresh: Refresh,
    /// One segment at a time is asked for.
    pub(crate) asked: Option<(RequestId, Piece)>,
    pub(crate) retry: Retry,
    /// When the next one may be.
    pub(crate) due: Now,
    held: Vec<Held>,
}

/// A segment that is not asked for again.
#[derive(Debug)]
struct Held {
    epoch: u32,
    at: Cursor,
    next: Cursor,
    start: MediaTime,
    end: MediaTime,
    /// Its name on the page, and how many cues; none when there is nothing to show.
    shown: Option<(RequestId, usize)>,
}

impl Subtitles {
    pub(crate) fn new(id: usize, uri: String, now: Now) -> Self {
        Self {
            id,
            uri,
            feed: None,
            refresh: Refresh::start(now),
            asked: None,
            retry: Retry::default(),
            due: now,
            held: Vec::new(),
        }
    }

    /// The next segment to ask for, when the playhead is at `position`.
    pub(crate) fn wanted(&self, position: MediaTime) -> Option<Piece> {
        let feed = self.feed.as_ref()?;
        let mut cursor = Cursor::segment(feed.media.segment_number(feed.find(position)));
        for _ in 0..MAX_SEGMENTS {
            match look(feed, cursor) {
                Lookup::Found(piece) if piece.hinted || piece.start > position + AHEAD => return None,
                Lookup::Found(piece) => {
                    let held = self.held.iter().find(|held| held.epoch == feed.epoch && held.at == piece.at);
                    let Some(held) = held else { return Some(*piece) };
                    cursor = held.next;
                }
                Lookup::Skip(next) if next > cursor => cursor = next,
                _ => return None,
            }
        }
        None
    }

    /// What was asked for has come, with so many cues, or never will.
    pub(crate) fn settle(&mut self, cues: usize) {
        self.retry.succeeded();
        let Some((request, piece)) = self.asked.take() else { return };
        self.held.push(Held {
            epoch: piece.stretch.0,
            at: piece.at,
            next: piece.next(),
            start: piece.start,
            end: piece.start + piece.duration,
            shown: (cues > 0).then_some((request, cues)),
        });
    }

    /// Lets go of one segment that is far from the playhead, or of the furthest when there are too many. Gives its name on
    /// the page.
    pub(crate) fn let_go(&mut self, position: MediaTime) -> Option<Option<RequestId>> {
        let distance = |held: &Held| (held.start - position).max(position - held.end);
        let (place, furthest) = self
            .held
            .iter()
            .enumerate()
            .map(|(place, held)| (place, distance(held)))
            .reduce(|one, other| if other.1 > one.1 { other } else { one })?;
        let cues: usize = self.held.iter().filter_map(|held| Some(held.shown?.1)).sum();
        // The last one stays, however much it holds: it would only be asked for again.
        let many = self.held.len() > MAX_SEGMENTS || (cues > MAX_CUES && self.held.len() > 1);
        (furthest > HELD || many).then(|| self.held.remove(place).shown.map(|(name, _)| name))
    }

    /// When something may be asked for; `None` while an answer is awaited.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        self.refresh.due.filter(|_| self.refresh.request.is_none())
    }

    /// The names of all that the page holds.
    pub(crate) fn shown(&self) -> impl Iterator<Item = RequestId> {
        self.held.iter().filter_map(|held| Some(held.shown?.0))
    }
}

/// Seconds from a document's own clock to the presentation's, for the segment that it came as; `offset` leads there from the
/// media's. Where the cues then miss their segment, the server counts in another way: from the presentation's start or
/// from the segment's.
pub(crate) fn shift(document: &Document, piece: &Piece, offset: f64) -> f64 {
    let first = document.cues.first().map_or(0.0, |cue| cue.start);
    let misses = |shift: f64| {
        let off = first + shift - piece.start.0;
        off < -JUMP || off > piece.duration + JUMP
    };
    // The clock of the map begins anew every day; the media's own may or may not.
    let turns = (piece.start.0 - (first + document.shift + offset)) / WRAP;
    let stated = document.shift + offset + WRAP * turns.round();
    let others = [0.0, piece.start.0];
    if misses(stated) { others.into_iter().find(|shift| !misses(*shift)).unwrap_or(stated) } else { stated }
}

#[cfg(test)]
mod tests {
    use container::webvtt::read;
    use playlist::{Media, Segment};

    use super::*;

    fn piece(number: u64) -> Piece {
        let segment =
            || Segment { uri: Some("a".into()), duration: Now::from_secs(10), ..Segment::default() };
        let media = Media { segments: (0..50).map(|_| segment()).collect(), ..Media::default() };
        let feed = Feed::new("http://o/".into(), media, MediaTime(0.0));
        match look(&feed, Cursor::segment(number)) {
            Lookup::Found(piece) => *piece,
            other => panic!("{other:?}"),
        }
    }

    fn document(map: &str, start: &str) -> Document {
        let text = ["WEBVTT\n", map, "\n\n", start, " --> 99:00:00.000\nx\n"].concat();
        read(&text).unwrap()
    }

    #[test]
    fn cues_go_where_the_medias_clock_puts_them() {
        let document = document("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000", "00:42.000");
        // Media that begins at 10 s is presented from 0 on.
        assert_eq!(shift(&document, &piece(4), -10.0), 0.0);
    }

    #[test]
    fn a_clock_that_began_anew_is_followed() {
        let late = 3.0 * WRAP + 40.0;
        let document = document("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:3600000", "00:00.500");
        assert!((shift(&document, &piece(4), 40.0 - late) - 40.0).abs() < 1e-3);
    }

    #[test]
    fn a_server_that_counts_from_the_segment_or_from_the_start_is_understood() {
        let offset = -7_000.0;
        assert_eq!(shift(&document("", "02:03.000"), &piece(12), offset), 0.0);
        assert_eq!(shift(&document("", "00:03.000"), &piece(12), offset), 120.0);
        assert_eq!(shift(&document("", "00:03.000"), &piece(12), 0.0), 120.0);
    }
}
