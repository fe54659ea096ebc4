//! Going on with something else: another variant, or another sound. What plays goes on until its playlist is here.

use playlist::{Media, RenditionKind, resolve};

use super::{Desk, Session, Switch, What};
use crate::drops::Drops;
use crate::feed::{Feed, next_part};
use crate::lane::{Keep, SAME};
use crate::piece::entry;
use crate::refresh::{Refresh, blocks, wait_for};
use crate::retry::Retry;
use crate::{Action, Error, ErrorKind, MediaTime, Now};

/// Seconds after the playhead from which on another quality replaces what is buffered.
const REPLACE_AFTER: f64 = 8.0;
/// The same for another sound, which is to be heard soon.
const HEAR_AFTER: f64 = 0.2;
/// Seconds after the playhead for which the old sound is kept, until the new one is there.
const KEEP_OLD: f64 = 2.0;
/// Tries before it is left as it is.
const TRIES: u32 = 3;

impl Session {
    /// Goes on with another variant; `hurried` when what plays cannot go on.
    pub(super) fn switch_to(&mut self, variant: usize, hurried: bool, desk: &mut Desk<'_>) {
        if self.variant == Some(variant) {
            return self.drop_switch(0, desk);
        }
        let to = self.multivariant.as_ref().and_then(|list| list.variants.get(variant));
        let Some(uri) = to.map(|to| resolve(&self.load.uri, &to.uri)) else { return };
        if self.begin_switch(0, variant, uri, hurried, desk) {
            self.switched_at = desk.now;
        }
    }

    /// The viewer chooses a sound, by its number among the renditions.
    pub(super) fn choose_audio(&mut self, choice: usize, desk: &mut Desk<'_>) {
        // Sound that comes in the pictures' own files cannot be left out.
        if self.heard.is_none() || self.heard == Some(choice) {
            return self.drop_switch(1, desk);
        }
        let Some((list, variant)) = self.multivariant.as_ref().zip(self.variant) else { return };
        let group = list.variants.get(variant).and_then(|variant| variant.audio.as_ref());
        let known = list.renditions.get(choice).filter(|it| it.kind == RenditionKind::Audio);
        let uri = known.filter(|it| Some(&it.group_id) == group).and_then(|it| it.uri.as_ref());
        let Some(uri) = uri.map(|uri| resolve(&self.load.uri, uri)) else { return };
        self.begin_switch(1, choice, uri, false, desk);
    }

    /// Says whether that is news.
    fn begin_switch(
        &mut self,
        lane: usize,
        to: usize,
        uri: String,
        hurried: bool,
        desk: &mut Desk<'_>,
    ) -> bool {
        if self.switches.iter().any(|switch| switch.lane == lane && switch.to == to) {
            return false;
        }
        self.drop_switch(lane, desk);
        let retry = Retry::default();
        self.switches.push(Switch {
            lane,
            to,
            uri,
            request: None,
            due: desk.now,
            retry,
            hurried,
            begin: None,
        });
        true
    }

    /// Whether a lane is about to go on with something else.
    pub(super) fn switching(&self, lane: usize) -> bool {
        self.switches.iter().any(|switch| switch.lane == lane)
    }

    fn end_switch(&mut self, lane: usize) -> Option<Switch> {
        let place = self.switches.iter().position(|switch| switch.lane == lane)?;
        Some(self.switches.swap_remove(place))
    }

    pub(super) fn drop_switch(&mut self, lane: usize, desk: &mut Desk<'_>) {
        if let Some(request) = self.end_switch(lane).and_then(|switch| switch.request) {
            self.requests.retain(|known| known.id != request);
            desk.act(Action::Abort(request));
        }
    }

    /// Asks for the playlists that are due.
    pub(super) fn ask_switches(&mut self, desk: &mut Desk<'_>) {
        for place in 0..self.switches.len() {
            let due = |switch: &&Switch| switch.request.is_none() && switch.due <= desk.now;
            let Some(switch) = self.switches.get(place).filter(due) else { continue };
            let (what, mut uri) = (What::Switch(switch.lane), switch.uri.clone());
            let mut patience = Refresh::patience(None);
            // After a failure a plain request finds out fastest how things are.
            if switch.retry.failures() == 0 {
                match switch.begin {
                    Some(number) => {
                        wait_for(&mut uri, number, Some(0));
                        patience = Refresh::patience(self.main().map(|feed| &feed.media));
                    }
                    None => self.ask_as_reported(&mut uri),
                }
            }
            let request = self.ask(what, uri, None, patience, desk);
            if let Some(switch) = self.switches.get_mut(place) {
                switch.request = Some(request);
            }
        }
    }

    /// Asks for no older playlist than the one that those at hand report on (RFC 8216bis 4.4.5.4).
    pub(super) fn ask_as_reported(&self, uri: &mut String) {
        let feeds = self.lanes.iter().filter_map(|lane| lane.feed.as_ref());
        let reports = feeds.filter(|feed| blocks(&feed.media) && !feed.media.end_list).flat_map(|feed| {
            feed.media.rendition_reports.iter().filter(|it| resolve(&feed.base, &it.uri) == *uri)
        });
        let newest = reports.filter_map(|it| Some((it.last_msn?, it.last_part))).max();
        if let Some((number, part)) = newest {
            wait_for(uri, number, part);
        }
    }

    /// The playlist does not come: after some tries all stays as it is.
    pub(super) fn failed_switch(&mut self, lane: usize, desk: &mut Desk<'_>) {
        let Some(switch) = self.switches.iter_mut().find(|switch| switch.lane == lane) else { return };
        switch.request = None;
        switch.due = switch.retry.failed(desk.now, &mut self.dice);
        if switch.retry.failures() < TRIES {
            return;
        }
        let gone = self.end_switch(lane);
        if let Some(switch) = gone.filter(|_| lane > 0) {
            let message = [switch.uri.as_str(), " cannot be loaded; the sound stays as it is"].concat();
            desk.act(Action::Error(Error::passing(ErrorKind::Playlist, "audio", message)));
            self.tell_renditions(desk);
        }
    }

    /// The playlist is here: go on with it after what is queued is given up.
    pub(super) fn take_over(
        &mut self,
        index: usize,
        base: String,
        media: Media,
        sent: Now,
        desk: &mut Desk<'_>,
    ) {
        let Some(mut switch) = self.end_switch(index) else { return };
        let mut feed = Feed::new(base, media, MediaTime(0.0));
        if let Some(old) = self.lanes.get(index).and_then(|lane| lane.feed.as_ref()) {
            feed.align(old);
        }
        if switch.begin.is_none() {
            switch.begin = self.better_begin(&switch, &feed, desk.now);
            if switch.begin.is_some() {
                (switch.request, switch.due) = (None, desk.now);
                return self.switches.push(switch);
            }
        }
        let position = self.goal.unwrap_or_else(|| self.position(desk.now));
        let keep = self.keep(&switch, &feed, position, desk.now);
        let Some(lane) = self.lanes.get_mut(index) else { return };
        if let Some(request) = lane.refresh.request.take() {
            self.requests.retain(|known| known.id != request);
            desk.act(Action::Abort(request));
        }
        lane.uri = switch.uri;
        lane.refresh.loaded(&feed.media, true, sent, desk.now);
        lane.hand_over(feed, keep, desk.out);
        if index > 0 {
            if let Some(span) = lane.buffered.after(position + KEEP_OLD) {
                lane.removing = true;
                desk.act(Action::Remove { lane: index, span });
            }
            self.heard = Some(switch.to);
            self.tell_renditions(desk);
            return self.join_if_ready(desk);
        }
        self.variant = Some(switch.to);
        self.switched_at = desk.now;
        self.drops = Drops::default();
        self.learn_date_ranges();
        self.tell_qualities(desk);
    }

    /// At the live edge another variant begins with the next segment, unless it is the better for beginning in the middle of
    /// this one: what decodes alone lies further back, and the picture would have to wait for it.
    fn better_begin(&self, switch: &Switch, feed: &Feed, now: Now) -> Option<u64> {
        let (newest, part) = next_part(&feed.media);
        if switch.lane > 0 || switch.hurried || part == 0 || !blocks(&feed.media) {
            return None;
        }
        let reach = self.lanes.first()?.reach()?;
        let begin = entry(feed, reach);
        let again = reach - feed.part_start(feed.media.index_of(begin.number)?, begin.part);
        if begin.number != newest || again < feed.step() {
            return None;
        }
        // Seconds that it takes to fetch what was there already, and those lost in going on as before.
        let list = self.multivariant.as_ref()?;
        let rate = |variant: usize| list.variants.get(variant).map(|it| it.info.bandwidth as f64);
        let carried = self.throughput(now)?;
        let left = (feed.media.target_duration.as_secs_f64() - again).max(0.0);
        let lost = left * (rate(self.variant?)? / carried - 1.0);
        (lost < again * rate(switch.to)? / carried).then(|| newest.saturating_add(1))
    }

    /// What stays of what plays.
    fn keep(&self, switch: &Switch, feed: &Feed, position: MediaTime, now: Now) -> Keep {
        if switch.lane > 0 {
            return Keep::Until(position + HEAR_AFTER);
        }
        if let Some(begin) = switch.begin.and_then(|number| feed.media.index_of(number)) {
            return Keep::Until(feed.start(begin) - SAME);
        }
        if switch.hurried || (self.late(now) && self.falls_to(switch.to)) {
            Keep::Appended
        } else if self.falls_to(switch.to) && !self.manual && self.heavy.lowest(now).is_none() {
            Keep::All
        } else {
            Keep::Until(position + REPLACE_AFTER)
        }
    }
}
