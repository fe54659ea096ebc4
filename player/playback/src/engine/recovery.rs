//! What to do when the browser cannot decode: begin with a fresh source; then without what did the harm, and at a lower
//! quality; then give up. And whom to ask when a variant's server is gone.

use std::time::Duration;

use super::{Desk, Session};
use crate::piece::Cursor;
use crate::{Action, Error, ErrorKind, Now};

/// Recoveries within `WINDOW` before the stream is given up.
const MAX_RECOVERIES: u32 = 3;
const WINDOW: Duration = Duration::from_secs(30);
/// One failure is heard of twice, from the buffer and from the `<video>`: within this time.
const ECHO: Duration = Duration::from_millis(1_000);

impl Session {
    /// The `<video>` failed while it played: the culprit is what it was playing.
    pub(super) fn decoder_failed(&mut self, desk: &mut Desk<'_>) {
        if self.recovered_at.is_some_and(|at| desk.now.saturating_sub(at) < ECHO) {
            return;
        }
        let position = self.goal.unwrap_or_else(|| self.position(desk.now));
        let culprit = self.main().map(|feed| Cursor::segment(feed.media.segment_number(feed.find(position))));
        self.recover("decoder", 0, culprit, desk);
    }

    /// Begins with a fresh source; what fails twice is passed over.
    pub(super) fn recover(
        &mut self,
        cause: &str,
        index: usize,
        culprit: Option<Cursor>,
        desk: &mut Desk<'_>,
    ) {
        let back_to = self.goal.unwrap_or_else(|| self.position(desk.now));
        self.count_recovery(desk.now);
        if self.recoveries > MAX_RECOVERIES {
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
        if self.recoveries > 1 {
            self.lower(desk);
            if self.suspect == culprit
                && let Some(lane) = self.lanes.get_mut(index)
            {
                lane.banned = culprit;
            }
        }
        self.suspect = culprit;
        self.go_to(back_to, desk);
    }

    fn count_recovery(&mut self, now: Now) {
        let again = self.recovered_at.is_some_and(|at| now.saturating_sub(at) < WINDOW);
        self.recoveries = if again { self.recoveries + 1 } else { 1 };
        self.recovered_at = Some(now);
    }

    /// The variant's playlist does not come: another one may, first of all a redundant one of the same quality.
    pub(super) fn fail_over(&mut self, desk: &mut Desk<'_>) {
        let (Some(list), Some(current)) = (&self.multivariant, self.variant) else { return };
        let rate = |index: usize| list.variants.get(index).map_or(0, |variant| variant.info.bandwidth);
        let others = self.playable.iter().copied().filter(|index| *index != current);
        if let Some(other) = others.min_by_key(|index| rate(*index).abs_diff(rate(current))) {
            self.switch_to(other, desk);
        }
    }

    /// Goes to the next lower quality, if there is one, and never climbs above it again.
    fn lower(&mut self, desk: &mut Desk<'_>) {
        let Some(list) = &self.multivariant else { return };
        let rate = |index: usize| list.variants.get(index).map_or(0, |variant| variant.info.bandwidth);
        let current = self.variant.map_or(0, rate);
        let lower = self
            .playable
            .iter()
            .copied()
            .filter(|index| rate(*index) < current)
            .max_by_key(|index| rate(*index));
        if let Some(lower) = lower {
            self.manual = false;
            self.playable.retain(|index| rate(*index) < current);
            self.switch_to(lower, desk);
        }
    }
}
