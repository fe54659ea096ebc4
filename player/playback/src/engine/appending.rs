//! What goes into the source buffers, in which order and at which offset, and what is let go to make room.

use super::{Desk, Session};
use crate::event::{AppendFailure, RequestId};
use crate::lane::Appending;
use crate::piece::{Facts, Piece, Progress};
use crate::{Action, Error, ErrorKind, MediaTime, Span};

/// Seconds by which the media's own clock may differ from the playlist's before it counts as a jump without a word.
const JUMP: f64 = 10.0;
/// Seconds by which a hinted part may miss the end of what is there and still go on from it.
const SEAM: f64 = 0.1;

/// What to do with the front of a queue.
enum Front {
    Wait,
    Drop,
    Append(Box<Ready>),
}

/// A piece at the front of its queue, and where it goes.
pub(super) struct Ready {
    body: RequestId,
    pub(super) facts: Facts,
    /// Seconds from the media's own timeline to the presentation's.
    pub(super) offset: f64,
}

impl Session {
    /// Appends what is ready.
    pub(super) fn append(&mut self, desk: &mut Desk<'_>) {
        if !self.source_open {
            return;
        }
        for index in 0..self.lanes.len() {
            self.read_arrived(index, desk);
        }
        self.open_buffers(desk);
        if self.lanes.iter().any(|lane| lane.mime.is_none()) {
            return;
        }
        for index in 0..self.lanes.len() {
            while self.append_front(index, desk) {}
        }
        let done =
            !self.lanes.is_empty() && self.lanes.iter().all(|lane| lane.done && lane.appending.is_none());
        if done && !self.end_sent {
            self.end_sent = true;
            desk.act(Action::EndOfStream);
        }
    }

    /// Looks at bodies whose initialization segment is here.
    fn read_arrived(&mut self, index: usize, desk: &mut Desk<'_>) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        let mut bad = None;
        for piece in &mut lane.queue {
            let Progress::Arrived { body, bytes } = &piece.progress else { continue };
            let Some((_, _, init)) = piece.map.as_ref().and_then(|map| self.inits.ready(map)) else {
                continue;
            };
            match Facts::read(bytes, &init) {
                // A body that was cut short is asked for again; when it stays so, its whole fragments are played.
                Ok(Some((facts, events))) if facts.length == bytes.len() || piece.retry.failures() > 0 => {
                    piece.progress = Progress::Ready { body: *body, facts, events };
                }
                Ok(_) => bad = Some((*body, "truncated")),
                Err(_) => bad = Some((*body, "malformed")),
            }
            if bad.is_some() {
                break;
            }
        }
        if let Some((body, cause)) = bad {
            desk.act(Action::Forget(body));
            self.spoiled(index, body, cause, desk);
        }
    }

    /// A body is no good: ask again once, then pass over it.
    fn spoiled(&mut self, index: usize, body: RequestId, cause: &'static str, desk: &mut Desk<'_>) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        let found = lane.queue.iter_mut().enumerate().find(
            |(_, piece)| matches!(piece.progress, Progress::Arrived { body: arrived, .. } if arrived == body),
        );
        let Some((place, piece)) = found else { return };
        if piece.old {
            return lane.begin_again(desk.out);
        }
        piece.progress = Progress::Due(piece.retry.failed(desk.now, &mut self.dice));
        if piece.retry.failures() < 2 {
            return;
        }
        let message = [piece.uri.as_str(), " is ", cause, " and is passed over"].concat();
        for _ in 0..=place {
            lane.skip_front(desk.out);
        }
        self.fail(Error::passing(ErrorKind::Media, cause, message), desk);
    }

    /// Makes the source buffers that are missing: all of them before the first append, since browsers want it so.
    fn open_buffers(&mut self, desk: &mut Desk<'_>) {
        for index in 0..self.lanes.len() {
            let Some(lane) = self.lanes.get_mut(index).filter(|lane| lane.mime.is_none()) else { continue };
            let map = lane.queue.front().and_then(|piece| piece.map.clone());
            // The shell numbers buffers as it makes them: a later one waits for this one.
            let Some((_, _, init)) = map.and_then(|map| self.inits.ready(&map)) else { return };
            let mime = init.mime();
            if !(desk.platform.supports)(&mime) {
                let message = ["this browser does not play ", &mime].concat();
                return self.fail(Error::fatal(ErrorKind::Unsupported, "codecs", message), desk);
            }
            lane.mime = Some(mime.clone());
            desk.act(Action::OpenBuffer { lane: index, mime });
        }
    }

    /// Appends the front of a lane's queue. Says whether to look again.
    fn append_front(&mut self, index: usize, desk: &mut Desk<'_>) -> bool {
        match self.judge_front(index) {
            Front::Wait => false,
            Front::Drop => {
                if let Some(lane) = self.lanes.get_mut(index) {
                    lane.skip_front(desk.out);
                }
                true
            }
            Front::Append(ready) => {
                self.append_ready(index, &ready, desk);
                false
            }
        }
    }

    fn judge_front(&mut self, index: usize) -> Front {
        let Some(lane) = self.lanes.get(index) else { return Front::Wait };
        let (Some(piece), None) = (lane.queue.front(), &lane.appending) else { return Front::Wait };
        let Progress::Ready { body, facts, .. } = piece.progress else { return Front::Wait };
        // Many others may have taken its initialization segment's place: then it is on its way again.
        if piece.map.as_ref().is_none_or(|map| self.inits.ready(map).is_none()) {
            return Front::Wait;
        }
        if piece.first && !facts.has_sync {
            return Front::Drop;
        }
        match self.offset(index, piece, facts, lane.head) {
            Some((offset, settle)) => {
                if settle {
                    self.offsets.settle(piece.stretch, -offset, MediaTime(0.0), JUMP);
                }
                Front::Append(Box::new(Ready { body, facts, offset }))
            }
            None => Front::Wait,
        }
    }

    /// The offset for a piece, and whether it is new; `None` while it cannot be known.
    fn offset(
        &self,
        index: usize,
        piece: &Piece,
        facts: Facts,
        head: Option<MediaTime>,
    ) -> Option<(f64, bool)> {
        let known = self.offsets.get(piece.stretch);
        if !piece.certain {
            // The first part of a segment that the playlist does not show yet: only if it goes on without a seam.
            let seamless =
                |offset: &f64| head.is_some_and(|head| (facts.start + offset - head.0).abs() < SEAM);
            return known.filter(seamless).map(|offset| (offset, false));
        }
        let expected = head.filter(|_| !piece.first).unwrap_or(piece.start);
        let fresh = expected.0 - facts.start;
        match known {
            Some(known) if (fresh - known).abs() <= JUMP => Some((known, false)),
            // Sound takes its offset from the pictures.
            known if index > 0 => known.map(|known| (known, false)),
            _ => Some((fresh, true)),
        }
    }

    fn append_ready(&mut self, index: usize, ready: &Ready, desk: &mut Desk<'_>) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        let Some(piece) = lane.queue.pop_front() else { return };
        let Some(map) = piece.map else { return };
        let Some((init_body, length, init)) = self.inits.ready(&map) else { return };
        if lane.map.as_ref() != Some(&map) {
            let mime = init.mime();
            if lane.mime.as_ref() != Some(&mime) {
                lane.mime = Some(mime.clone());
                desk.act(Action::OpenBuffer { lane: index, mime });
            }
            desk.act(Action::Append { lane: index, body: init_body, length, offset: ready.offset });
            lane.map = Some(map);
        }
        let (start, end) =
            (MediaTime(ready.facts.start + ready.offset), MediaTime(ready.facts.end + ready.offset));
        lane.head = Some(end);
        desk.act(Action::Append {
            lane: index,
            body: ready.body,
            length: ready.facts.length,
            offset: ready.offset,
        });
        lane.appending = Some(Appending {
            body: ready.body,
            facts: ready.facts,
            offset: ready.offset,
            whole: piece.whole,
            awaited: piece.awaited,
            blocked: false,
            orphan: false,
        });
        self.end_sent = false;
        // Another playlist may number otherwise.
        if let Some(feed) = lane.feed.as_mut().filter(|_| !piece.old) {
            feed.confirm(piece.at.number, piece.at.part, start);
        }
        if index == 0 && !piece.old {
            self.learn_clock(piece.at.number, piece.at.part, start);
        }
        if let Progress::Ready { events, .. } = piece.progress {
            self.learn_events(events, ready);
        }
    }

    /// Learns the programme clock from a piece whose place on the timeline is known.
    fn learn_clock(&mut self, number: u64, part: usize, start: MediaTime) {
        let Some(feed) = self.lanes.first().and_then(|lane| lane.feed.as_ref()) else { return };
        let Some(at) = feed.media.index_of(number) else { return };
        let Some(date) = feed.date(at) else { return };
        let before = feed.part_start(at, part) - feed.start(at);
        self.clock.learn(start, date as f64 + before * 1_000.0);
    }

    pub(super) fn appended(&mut self, index: usize, body: RequestId, spans: Vec<Span>, desk: &mut Desk<'_>) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        lane.buffered.set(spans);
        let Some(done) = lane.appending.take_if(|appending| appending.body == body) else { return };
        desk.act(Action::Forget(body));
        if done.orphan {
            return;
        }
        self.skipped = 0;
        if index == 0 {
            if done.awaited {
                self.punctuality.arrived(MediaTime(done.facts.end + done.offset), desk.now);
            }
            let count = if done.whole { &mut self.segments } else { &mut self.parts };
            *count = count.saturating_add(1);
        }
    }

    pub(super) fn not_appended(
        &mut self,
        index: usize,
        body: RequestId,
        failure: AppendFailure,
        spans: Vec<Span>,
        desk: &mut Desk<'_>,
    ) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        lane.buffered.set(spans);
        match failure {
            AppendFailure::Quota => {
                match lane.appending.as_mut().filter(|appending| appending.body == body) {
                    Some(appending) if !appending.orphan => appending.blocked = true,
                    Some(_) => {
                        lane.appending = None;
                        desk.act(Action::Forget(body));
                    }
                    // An initialization segment: the media behind it will say the same.
                    None => lane.map = None,
                }
            }
            AppendFailure::Unsupported => {
                let message = "this browser refuses the media's codecs".to_owned();
                self.fail(Error::fatal(ErrorKind::Unsupported, "codecs", message), desk);
            }
            AppendFailure::Decode => {
                let culprit = lane.appending.as_ref().filter(|appending| appending.body == body);
                let suspect = culprit.map(Appending::inside);
                self.recover("append", suspect, desk);
            }
        }
    }

    pub(super) fn removed(&mut self, index: usize, spans: Vec<Span>) {
        if let Some(lane) = self.lanes.get_mut(index) {
            lane.buffered.set(spans);
            lane.removing = false;
        }
    }

    /// Lets go of what was played, and makes room in a full buffer.
    pub(super) fn tidy(&mut self, desk: &mut Desk<'_>) {
        let playhead = self.position(desk.now);
        for (index, lane) in self.lanes.iter_mut().enumerate().filter(|(_, lane)| !lane.removing) {
            let blocked = lane.appending.as_mut().filter(|appending| appending.blocked);
            let spare = if blocked.is_some() { lane.buffered.spare(playhead) } else { None };
            if let Some(span) = spare.or_else(|| lane.buffered.stale(playhead)) {
                lane.removing = true;
                desk.act(Action::Remove { lane: index, span });
            }
            // Behind the removal, or, with nothing to remove, once the playhead has moved on.
            if let Some(appending) = blocked
                && (spare.is_some() || lane.buffered.ahead(playhead) < 5.0)
            {
                appending.blocked = false;
                let (body, length) = (appending.body, appending.facts.length);
                desk.act(Action::Append { lane: index, body, length, offset: appending.offset });
            }
        }
    }
}
