//! When another variant would be better, and when what is on its way will come too late.

use std::time::Duration;

use super::{Desk, Session};
use crate::Now;
use crate::lane::Lane;
use crate::piece::{Piece, Progress};
use crate::select::{Situation, choose};

/// After a change of quality nothing better is tried for this long.
const SETTLE: Duration = Duration::from_secs(4);
/// Seconds that a recording's buffer should have: from there on it climbs.
const COMFORTABLE: f64 = 5.0;
/// Seconds of it that are never lent.
const RESERVE: f64 = 10.0;

impl Session {
    /// The viewer chooses.
    pub(super) fn choose_quality(&mut self, choice: Option<usize>, desk: &mut Desk<'_>) {
        self.manual = choice.is_some();
        if let Some(variant) = choice.filter(|variant| self.playable.contains(variant)) {
            self.switch_to(variant, false, desk);
        }
    }

    /// Looks whether another variant would be better.
    pub(super) fn adapt(&mut self, desk: &mut Desk<'_>) {
        self.hurry(desk);
        if self.manual {
            return;
        }
        let Some(list) = &self.multivariant else { return };
        let ahead = self.ahead(desk.now);
        let (comfortable, spare) = if self.live() && self.following {
            (ahead > self.target(desk.now) * 0.5, 0.0)
        } else {
            (ahead > COMFORTABLE, ahead - RESERVE)
        };
        let situation = Situation {
            throughput: self.throughput(desk.now),
            comfortable,
            spare,
            pixel_width: self.pixel_width,
            too_heavy: self.heavy.lowest(desk.now),
            current: self.variant,
        };
        let Some(better) = choose(&list.variants, &self.playable, situation) else { return };
        let settled = desk.now.saturating_sub(self.switched_at) >= SETTLE && !self.switching(0);
        let falls = self.falls_to(better);
        if let Some(carried) = situation.throughput.filter(|_| falls) {
            self.bandwidth.at_most(carried);
        }
        if settled || falls {
            self.switch_to(better, false, desk);
        }
    }

    /// Whether a variant has fewer bits than what plays.
    pub(super) fn falls_to(&self, variant: usize) -> bool {
        let Some(list) = &self.multivariant else { return false };
        let rate = |index: usize| list.variants.get(index).map(|variant| variant.info.bandwidth);
        self.variant.and_then(rate).is_some_and(|current| rate(variant).is_some_and(|rate| rate < current))
    }

    /// Bits a second, as far as is known. What has not come by now says something too.
    pub(super) fn throughput(&self, now: Now) -> Option<f64> {
        let estimate = self.bandwidth.estimate()?;
        let variants = self.multivariant.as_ref().map(|list| list.variants.as_slice()).unwrap_or_default();
        let playing = self.variant.and_then(|index| variants.get(index)).map(|it| it.info.bandwidth as f64);
        let queue = self.lanes.first().map(|lane| lane.queue.iter());
        let coming =
            queue.into_iter().flatten().filter(|piece| matches!(piece.progress, Progress::Fetching(_)));
        // What is on its way shares the line with the piece that it is needed after.
        let seconds: f64 = coming.filter(|piece| !piece.hinted).map(|piece| piece.duration).sum();
        let waited = self.coming(now).filter(|(piece, waited)| !piece.old && *waited > 0.0);
        let at_most = playing.zip(waited).map(|(rate, (_, waited))| rate * seconds / waited);
        Some(at_most.map_or(estimate, |at_most| estimate.min(at_most)))
    }

    /// The piece that the picture needs next, while it is on its way, and the seconds since the server could send it.
    fn coming(&self, now: Now) -> Option<(&Piece, f64)> {
        let piece = self.lanes.first()?.queue.front().filter(|piece| !piece.hinted)?;
        let Progress::Fetching(id) = piece.progress else { return None };
        let request = self.requests.iter().find(|request| request.id == id)?;
        let produced = if piece.awaited { piece.duration } else { 0.0 };
        Some((piece, now.saturating_sub(request.sent).as_secs_f64() - produced))
    }

    /// Whether what is on its way comes too late, if it takes as long again.
    pub(super) fn late(&self, now: Now) -> bool {
        self.coming(now).is_some_and(|(_, waited)| waited > self.ahead(now))
    }

    /// What another quality was to follow comes too late: that follows at once.
    fn hurry(&mut self, desk: &mut Desk<'_>) {
        let stands = self.stalls.since().is_some();
        let waits = self.switches.iter().find(|switch| switch.lane == 0 && switch.begin.is_some());
        if let Some(to) = waits.map(|switch| switch.to).filter(|to| stands && self.falls_to(*to)) {
            self.drop_switch(0, desk);
            return self.switch_to(to, true, desk);
        }
        let late = self.late(desk.now);
        let old = |lane: &&mut Lane| lane.queue.front().is_some_and(|piece| piece.old);
        if let Some(lane) = self.lanes.first_mut().filter(|lane| late && old(lane)) {
            lane.begin_again(desk.out);
        }
    }

    /// The decoder does not keep up: what plays is too much for this machine, and so is all that is heavier.
    pub(super) fn lighten(&mut self, now: Now) {
        let playing = self.variant.and_then(|index| self.multivariant.as_ref()?.variants.get(index));
        if let Some(playing) = playing {
            self.heavy.found(playing.info.bandwidth, now);
        }
    }
}
