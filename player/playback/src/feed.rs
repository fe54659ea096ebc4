//! One rendition's media playlist, placed on the presentation timeline. Does not ask for it and does not choose from it.

use playlist::{DeltaError, Media};

use crate::MediaTime;

/// Playlists older than the one held that are passed over before the server is believed to have gone back.
const STALE_LIMIT: u32 = 3;
/// Seconds left free on the presentation timeline before media that has nothing to do with what was played.
const RESTART_GAP: f64 = 1.0;

/// A media playlist and where its segments stand.
#[derive(Debug)]
pub(crate) struct Feed {
    /// Where it came from: what its references are relative to.
    pub(crate) base: String,
    pub(crate) media: Media,
    /// Counts the times that the server began anew; discontinuity numbers are only good within one.
    pub(crate) epoch: u32,
    /// A segment whose start on the presentation timeline is known.
    anchor: (u64, MediaTime),
    /// The same, of a segment that the playlist does not show yet: number, part, start of the part.
    ahead: Option<(u64, usize, MediaTime)>,
    stale: u32,
}

/// What a new playlist brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Update {
    /// There is more.
    Grew,
    /// There is no more.
    Same,
    /// The server began anew.
    Restarted,
}

impl Feed {
    /// The playlist's first segment starts at `start`.
    pub(crate) fn new(base: String, media: Media, start: MediaTime) -> Self {
        let anchor = (media.segment_number(0), start);
        Self { base, media, epoch: 0, anchor, ahead: None, stale: 0 }
    }

    /// Takes a newer playlist or a delta update.
    pub(crate) fn update(&mut self, base: String, media: Media) -> Result<Update, DeltaError> {
        let media = media.apply_delta(&self.media)?;
        self.base = base;
        let update = self.compare(&media);
        match update {
            None => return Ok(Update::Same),
            Some(Update::Restarted) => {
                self.epoch = self.epoch.wrapping_add(1);
                self.anchor = (media.segment_number(0), self.edge() + RESTART_GAP);
                self.ahead = None;
            }
            Some(_) => self.carry_anchor(&media),
        }
        self.stale = 0;
        self.media = media;
        if let Some((number, part, start)) = self.ahead.take() {
            self.confirm(number, part, start);
        }
        Ok(update.unwrap_or(Update::Same))
    }

    /// How a playlist stands to the one held; `None` when it is older and to be passed over.
    fn compare(&mut self, new: &Media) -> Option<Update> {
        let (old_first, old_end) = (self.media.segment_number(0), self.media.next_number());
        if new.segment_number(0) > old_end || new.next_number() < old_first {
            return Some(Update::Restarted);
        }
        let (old, fresh) = (next_part(&self.media), next_part(new));
        if fresh > old || (fresh == old && new.end_list && !self.media.end_list) {
            return Some(Update::Grew);
        }
        if fresh == old {
            return Some(Update::Same);
        }
        // A server that forgets its parts for a moment: nothing is newer, and nothing begins anew.
        if fresh.1 == 0 && fresh.0 == old.0 {
            return None;
        }
        self.stale += 1;
        if self.stale < STALE_LIMIT { None } else { Some(Update::Restarted) }
    }

    /// Moves the anchor to a segment that the new playlist still shows.
    fn carry_anchor(&mut self, new: &Media) {
        let first = new.segment_number(0);
        if self.anchor.0 < first {
            let start = self.media.index_of(first).map_or_else(|| self.edge(), |index| self.start(index));
            self.anchor = (first, start);
        }
    }

    /// Learns from the bytes where a part (0 for a whole segment) really starts.
    pub(crate) fn confirm(&mut self, number: u64, part: usize, start: MediaTime) {
        let Some(segment) = self.media.index_of(number).and_then(|index| self.media.segments.get(index))
        else {
            self.ahead = Some((number, part, start));
            return;
        };
        let before: f64 = segment.parts.iter().take(part).map(|part| part.duration.as_secs_f64()).sum();
        self.anchor = (number, start - before);
    }

    /// Where the segment at an index starts; one past the last gives the end.
    pub(crate) fn start(&self, index: usize) -> MediaTime {
        let seconds = |from: usize, to: usize| -> f64 {
            let listed = self.media.segments.get(from..to).unwrap_or_default();
            listed.iter().map(|segment| segment.duration.as_secs_f64()).sum()
        };
        match self.media.index_of(self.anchor.0) {
            Some(anchor) if anchor <= index => self.anchor.1 + seconds(anchor, index),
            Some(anchor) => self.anchor.1 - seconds(index, anchor),
            None => self.anchor.1 + seconds(0, index),
        }
    }

    /// Where a part of the segment at an index starts.
    pub(crate) fn part_start(&self, index: usize, part: usize) -> MediaTime {
        let parts =
            self.media.segments.get(index).map(|segment| segment.parts.as_slice()).unwrap_or_default();
        self.start(index) + parts.iter().take(part).map(|part| part.duration.as_secs_f64()).sum::<f64>()
    }

    /// Where the window begins.
    pub(crate) fn window_start(&self) -> MediaTime {
        self.start(0)
    }

    /// Where the playlist ends for now.
    pub(crate) fn edge(&self) -> MediaTime {
        self.start(self.media.segments.len())
    }

    /// Index of the segment that holds a moment: the first or last one when it is outside.
    pub(crate) fn find(&self, time: MediaTime) -> usize {
        let mut start = self.window_start();
        for (index, segment) in self.media.segments.iter().enumerate() {
            start += segment.duration.as_secs_f64();
            if time < start {
                return index;
            }
        }
        self.media.segments.len().saturating_sub(1)
    }

    /// Puts this feed beside another one of the same presentation: by programme date, else by number, else by its end.
    pub(crate) fn align(&mut self, other: &Feed) {
        let first = self.media.segment_number(0);
        self.epoch = other.epoch;
        let start = self
            .date(0)
            .zip(other.date(0))
            .map(|(own, theirs)| other.start(0) + (own - theirs) as f64 / 1_000.0)
            .filter(|start| !self.contradicts(other, *start));
        let by_number = || other.media.index_of(first).map(|index| other.start(index));
        let by_end = || {
            if other.media.end_list {
                other.window_start()
            } else {
                other.edge() - self.media.duration().as_secs_f64()
            }
        };
        self.anchor = (first, start.or_else(by_number).unwrap_or_else(by_end));
    }

    /// Whether two recordings of the same would begin further apart than they may (RFC 8216bis 6.2.4): renditions that were
    /// encoded one after the other have dates that say when.
    fn contradicts(&self, other: &Feed, start: MediaTime) -> bool {
        let most = other.media.target_duration.as_secs_f64();
        self.media.end_list && other.media.end_list && (start - other.window_start()).abs() > most
    }

    /// Programme time of the segment at an index, in milliseconds since the Unix epoch.
    pub(crate) fn date(&self, index: usize) -> Option<i64> {
        self.media.program_date_time(index).map(playlist::ProgramDateTime::millis)
    }

    /// Seconds of the longest piece that the edge grows by.
    pub(crate) fn step(&self) -> f64 {
        self.media.part_target.unwrap_or(self.media.target_duration).as_secs_f64()
    }

    /// Seconds that a player should stay from the edge.
    pub(crate) fn hold_back(&self) -> f64 {
        let control = self.media.server_control.unwrap_or_default();
        match self.media.part_target {
            Some(part) => {
                control.part_hold_back.unwrap_or(part * 3).as_secs_f64().max(part.as_secs_f64() * 2.0)
            }
            None => control.hold_back.unwrap_or(self.media.target_duration * 3).as_secs_f64(),
        }
    }
}

/// The part after the last one: what a blocking reload waits for. Part 0 of the next segment when the last one is whole.
pub(crate) fn next_part(media: &Media) -> (u64, usize) {
    match media.segments.last() {
        Some(last) if last.uri.is_none() => (media.next_number().saturating_sub(1), last.parts.len()),
        _ => (media.next_number(), 0),
    }
}
