//! Timed metadata, told when the picture gets there: by the engine's own clock between the page's reports, so that a busy
//! page delays no event.

use container::read::{EventMessage, EventTime};

use super::appending::Ready;
use super::{Desk, Session};
use crate::{Action, MediaTime, Now};

impl Session {
    /// Takes in what the playlist says.
    pub(super) fn learn_date_ranges(&mut self) {
        if let Some(feed) = self.lanes.first().and_then(|lane| lane.feed.as_ref()) {
            self.cues.list(&feed.media.date_ranges);
        }
    }

    /// Takes in what a piece of media says.
    pub(super) fn learn_events(&mut self, events: Vec<EventMessage>, piece: &Ready) {
        for event in events {
            let scale = f64::from(event.timescale.max(1));
            let media = match event.time {
                EventTime::Absolute(units) => units as f64 / scale,
                EventTime::AfterSegmentStart(units) => piece.facts.start + f64::from(units) / scale,
            };
            self.cues.message(event, MediaTime(media + piece.offset));
        }
    }

    /// Whether the playhead is on its way to somewhere else.
    fn travels(&self) -> bool {
        self.playhead.seeking || self.goal.is_some() || self.started_at.is_none()
    }

    /// Tells the page what the playhead has reached.
    pub(super) fn tell_cues(&mut self, desk: &mut Desk<'_>) {
        if self.travels() {
            return self.cues.seek();
        }
        let position = self.position(desk.now);
        desk.out.extend(self.cues.reach(position, &self.clock).into_iter().map(Action::Cue));
    }

    /// When the playhead reaches the next cue. One that is overdue waits for the playhead, not for time.
    pub(super) fn next_cue(&self) -> Option<Now> {
        let next = self.cues.next(&self.clock).filter(|_| !self.travels())?;
        self.playhead.when(next).filter(|at| *at > self.looked_at)
    }

    /// Forgets what lies before the window.
    pub(super) fn expire_cues(&mut self, now: Now) {
        if let Some(start) = self.main().filter(|_| self.live()).map(crate::feed::Feed::window_start) {
            self.cues.expire(start.min(self.position(now)), &self.clock);
        }
    }
}
