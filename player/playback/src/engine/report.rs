//! What the page is told, and how often.

use std::time::Duration;

use super::{Desk, Session};
use crate::{Action, MediaTime, Now, Quality, State, Stats, Timeline};

/// Numbers and the moving edge are told this often; everything else when it changes.
const PACE: Duration = Duration::from_secs(1);
/// A live stream that has not grown for this many target durations is away.
const AWAY_TARGETS: u32 = 3;
const AWAY_AT_LEAST: Duration = Duration::from_secs(6);

impl Session {
    pub(super) fn report(&mut self, desk: &mut Desk<'_>) {
        let state = self.judge(desk.now);
        if self.state != Some(state) {
            self.state = Some(state);
            desk.act(Action::State(state));
        }
        let due = self.reported_at.is_none_or(|at| desk.now.saturating_sub(at) >= PACE);
        self.tell_timeline(due, desk);
        if due {
            self.reported_at = Some(desk.now);
            self.expire_cues(desk.now);
            desk.act(Action::Stats(self.stats(desk.now)));
        }
    }

    fn judge(&self, now: Now) -> State {
        let ahead = self.ahead(now);
        let quiet = self.edge.grew_at().map_or(Duration::ZERO, |at| now.saturating_sub(at));
        let target = self.main().map_or(Duration::ZERO, |feed| feed.media.target_duration);
        let away = self.live() && quiet > (target * AWAY_TARGETS).max(AWAY_AT_LEAST) && ahead < 0.2;
        let empty = self.main().is_none_or(|feed| feed.media.segments.is_empty());
        if self.ended && !self.live() {
            State::Ended
        } else if away || (self.missing && (empty || ahead < 0.2)) {
            State::Away
        } else if self.started_at.is_none() {
            State::Loading
        } else if self.stalls.since().is_some() || (self.goal.is_some() && ahead < 0.1) {
            State::Buffering
        } else {
            State::Ready
        }
    }

    fn tell_timeline(&mut self, due: bool, desk: &mut Desk<'_>) {
        let Some(feed) = self.main() else { return };
        let live = self.live();
        let edge = if live { self.edge(desk.now) } else { Some(feed.edge()) };
        let fresh = Timeline {
            live,
            anchors: self.clock.anchors().to_vec(),
            seekable: self.seekable(desk.now),
            duration: (!live).then(|| feed.edge().0),
            target: if live { self.target(desk.now) } else { 0.0 },
            edge: edge.unwrap_or(MediaTime(0.0)),
        };
        let old = self.timeline.as_ref();
        let told = old.is_some_and(|old| {
            old.live == fresh.live && old.duration == fresh.duration && old.anchors == fresh.anchors
        });
        if told && !(due && live) {
            return;
        }
        if old.is_none_or(|old| old.duration != fresh.duration) && self.source_open {
            desk.act(Action::Duration(fresh.duration));
        }
        if self.source_open {
            desk.act(Action::Timeline(fresh.clone()));
            self.timeline = Some(fresh);
        }
    }

    fn stats(&self, now: Now) -> Stats {
        let position = self.position(now);
        let variants = self.multivariant.as_ref().map(|list| list.variants.as_slice()).unwrap_or_default();
        Stats {
            startup: self.started_at.map(|at| at.saturating_sub(self.began)),
            stalls: self.stalls.count(),
            stalled: self.stalls.total(now),
            bandwidth: self.bandwidth.estimate(),
            buffer_ahead: self.ahead(now),
            behind: self.edge(now).filter(|_| self.live()).map(|edge| edge - position),
            bitrate: self.variant.and_then(|at| variants.get(at)).map_or(0, |variant| variant.info.bandwidth),
            segments: self.segments,
            parts: self.parts,
        }
    }

    pub(super) fn tell_qualities(&self, desk: &mut Desk<'_>) {
        let Some(list) = &self.multivariant else { return };
        let quality = |id: &usize| {
            let info = &list.variants.get(*id)?.info;
            let (width, height) = info.resolution.map_or((0, 0), |size| (size.width, size.height));
            Some(Quality { id: *id, width, height, bitrate: info.bandwidth })
        };
        desk.act(Action::Qualities {
            list: self.playable.iter().filter_map(quality).collect(),
            current: self.variant,
        });
    }
}
