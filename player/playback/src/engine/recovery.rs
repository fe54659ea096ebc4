//! What to do when the browser cannot decode: begin with a fresh source; then without what did the harm, and at a lower
//! quality; then give up. And whom to ask when a variant's server is gone.

use std::time::Duration;

use super::{Desk, Session};
use crate::{Action, Error, ErrorKind, Now, Span};

/// Recoveries without a stretch that was played in between, before the stream is given up.
const MAX_RECOVERIES: u32 = 4;
/// Seconds that have to be played for what comes after to be another story.
const WELL: f64 = 3.0;
/// How long a new media source may take; until then, what is heard of failures is about the old one.
const OPENING: Duration = Duration::from_secs(5);
/// Seconds that a decoder may be ahead of the picture when it fails.
const DECODES_AHEAD: f64 = 0.5;

/// The last failure to decode.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure {
    at: Now,
    /// Where the harm may be.
    suspect: Option<Span>,
    /// Seconds that had been played by then.
    played: f64,
    /// So many came without a stretch that was played in between.
    count: u32,
}

impl Session {
    /// The `<video>` failed while it played: the harm is in what it was playing, or about to.
    pub(super) fn decoder_failed(&mut self, desk: &mut Desk<'_>) {
        let position = self.goal.unwrap_or_else(|| self.position(desk.now));
        self.recover("decoder", Some(Span { start: position, end: position + DECODES_AHEAD }), desk);
    }

    /// Begins with a fresh source; what fails twice is played at a lower quality, or passed over.
    pub(super) fn recover(&mut self, cause: &str, suspect: Option<Span>, desk: &mut Desk<'_>) {
        // One failure is heard of twice, from the buffer and from the `<video>`.
        let echo = |failure: &Failure| desk.now.saturating_sub(failure.at) < OPENING;
        if !self.source_open && self.failure.as_ref().is_some_and(echo) {
            return;
        }
        let back_to = self.goal.unwrap_or_else(|| self.position(desk.now));
        let before = self.failure.filter(|failure| self.playhead.seconds_played - failure.played < WELL);
        let count = before.map_or(1, |failure| failure.count + 1);
        let again = before
            .and_then(|failure| failure.suspect)
            .zip(suspect)
            .is_some_and(|(old, new)| old.start < new.end && new.start < old.end);
        self.failure = Some(Failure { at: desk.now, suspect, played: self.playhead.seconds_played, count });
        if count > MAX_RECOVERIES {
            let message = "the browser cannot decode this stream".to_owned();
            return self.fail(Error::fatal(ErrorKind::Media, "decode", message), desk);
        }
        let message = ["the browser could not decode (", cause, "); beginning again"].concat();
        desk.act(Action::Error(Error::passing(ErrorKind::Media, "decode", message)));
        self.source_open = false;
        self.end_sent = false;
        // The new source has to be told everything once more, and its playhead is at 0.
        self.timeline = None;
        self.playhead.reset(desk.now);
        desk.act(Action::OpenSource);
        for lane in &mut self.lanes {
            lane.lose_source(desk.out);
        }
        if again && !self.lower(desk) {
            self.banned = suspect;
        }
        self.go_to(back_to, desk);
    }

    /// The variant's playlist does not come: another one may, first of all a redundant one of the same quality.
    pub(super) fn fail_over(&mut self, desk: &mut Desk<'_>) {
        let (Some(list), Some(current)) = (&self.multivariant, self.variant) else { return };
        let rate = |index: usize| list.variants.get(index).map_or(0, |variant| variant.info.bandwidth);
        let others = self.playable.iter().copied().filter(|index| *index != current);
        if let Some(other) = others.min_by_key(|index| rate(*index).abs_diff(rate(current))) {
            self.switch_to(other, true, desk);
        }
    }

    /// Goes to the next lower quality and never climbs above it again. Says whether there is one.
    fn lower(&mut self, desk: &mut Desk<'_>) -> bool {
        let Some(list) = &self.multivariant else { return false };
        let rate = |index: usize| list.variants.get(index).map_or(0, |variant| variant.info.bandwidth);
        let current = self.variant.map_or(0, rate);
        let lower = self
            .playable
            .iter()
            .copied()
            .filter(|index| rate(*index) < current)
            .max_by_key(|index| rate(*index));
        let Some(lower) = lower else { return false };
        self.manual = false;
        self.playable.retain(|index| rate(*index) < current);
        self.switch_to(lower, true, desk);
        true
    }
}
