//! Where the playhead belongs: the join, the viewer's seeks, the distance to the live edge, holes in the buffer.

use std::time::Duration;

use super::{Desk, Session};
use crate::buffer::Buffered;
use crate::hold::Verdict;
use crate::{Action, MediaTime, Now, Span, StartAt, Video, VideoEvent};

/// A place that begins at most this much before the wanted one is begun at: decoding up to the wanted one takes time too.
const NEAR: f64 = 0.25;
/// How long a hole may hold up playback before it is jumped: media for it may just be arriving.
const PATIENCE: Duration = Duration::from_millis(120);
/// A picture that stands still for this long in the middle of the buffer needs a push.
const STUCK: Duration = Duration::from_secs(2);
/// Seconds before the end of a range at which browsers may stop.
const STOPS_BEFORE: f64 = 0.3;
/// Pushes before the decoder is given up.
const MAX_NUDGES: u32 = 4;
/// The viewer who goes this many seconds behind the target wants to stay there.
const LOOKING_BACK: f64 = 4.0;
/// A stall longer than this was an outage: staying further from the edge would not have helped.
const OUTAGE: Duration = Duration::from_millis(1_500);

impl Session {
    /// What all lanes together can play.
    pub(super) fn combined(&self) -> Buffered {
        match self.lanes.as_slice() {
            [only] => only.buffered.clone(),
            lanes => lanes
                .iter()
                .map(|lane| lane.buffered.clone())
                .reduce(|a, b| a.overlap(&b))
                .unwrap_or_default(),
        }
    }

    /// Where the playhead is.
    pub(super) fn position(&self, now: Now) -> MediaTime {
        self.playhead.at(now, &self.combined())
    }

    /// Seconds that can be played from the playhead on.
    pub(super) fn ahead(&self, now: Now) -> f64 {
        self.combined().ahead(self.position(now))
    }

    /// Seconds to stay from the live edge.
    pub(super) fn target(&self, now: Now) -> f64 {
        let Some(feed) = self.main() else { return self.hold.target(0.0, None, now) };
        self.hold.target(feed.hold_back(), self.punctuality.closest(feed.step()), now)
    }

    /// Where the live edge is by now.
    pub(super) fn edge(&self, now: Now) -> Option<MediaTime> {
        self.edge.at(now).or_else(|| self.main().map(crate::feed::Feed::edge))
    }

    /// Begins, once every lane's playlist is there.
    pub(super) fn join_if_ready(&mut self, desk: &mut Desk<'_>) {
        if self.lanes.is_empty() || self.lanes.iter().any(|lane| lane.feed.is_none()) {
            return;
        }
        let Some((main, others)) = self.lanes.split_first_mut() else { return };
        if main.placed() && others.iter().all(crate::lane::Lane::placed) {
            return;
        }
        if main.feed.as_ref().is_none_or(|feed| feed.media.segments.is_empty()) {
            return;
        }
        for feed in others.iter_mut().filter(|lane| !lane.placed()).filter_map(|lane| lane.feed.as_mut()) {
            if let Some(main) = &main.feed {
                feed.align(main);
            }
        }
        let time = self.goal.unwrap_or_else(|| self.starting_point(desk.now));
        if self.started_at.is_none() {
            self.following = self.near_edge(time, desk.now);
        }
        self.go_to(time, desk);
    }

    /// Where `Load` asked to begin.
    fn starting_point(&self, now: Now) -> MediaTime {
        let Some(feed) = self.main() else { return MediaTime(0.0) };
        let (begin, end) = (feed.window_start(), feed.edge());
        let live = self.live();
        let playlists = feed.media.start.filter(|_| self.started_at.is_none());
        match (self.load.start, playlists) {
            (StartAt::Seconds(seconds), _) if self.started_at.is_none() && seconds.is_finite() => {
                (begin + seconds.max(0.0)).min(if live { end - self.target(now) } else { end })
            }
            (StartAt::Default, Some(start)) if start.from_end => {
                (end - start.offset.as_secs_f64()).max(begin)
            }
            (StartAt::Default, Some(start)) => (begin + start.offset.as_secs_f64()).min(end),
            _ if live => (end - self.target(now)).max(begin),
            _ => begin,
        }
    }

    /// Whether somebody who goes there wants to be live.
    fn near_edge(&self, time: MediaTime, now: Now) -> bool {
        !self.live() || self.edge(now).is_none_or(|edge| edge - time < self.target(now) + LOOKING_BACK)
    }

    /// Fetches from there on, and goes there as soon as it is buffered.
    pub(super) fn go_to(&mut self, time: MediaTime, desk: &mut Desk<'_>) {
        let banned = self.banned.filter(|span| time >= span.start && time < span.end);
        let time = banned.map_or(time, |span| span.end);
        let mut goal = time;
        let mut starts = Vec::new();
        for lane in &mut self.lanes {
            starts.extend(lane.place(time, desk.out).filter(|start| time >= *start));
        }
        for start in &starts {
            if time - *start < NEAR {
                goal = *start;
            }
        }
        self.goal = Some(goal);
        self.glimpse = starts.first().copied().filter(|start| *start < goal && self.started_at.is_none());
        self.end_sent = false;
        self.ended = false;
    }

    /// The server began anew: whatever was planned is void.
    pub(super) fn restarted(&mut self, desk: &mut Desk<'_>) {
        self.edge.reset();
        self.punctuality.reset();
        self.goal = None;
        self.banned = None;
        let epoch = self.main().map(|feed| feed.epoch);
        for lane in self.lanes.iter_mut().skip(1) {
            if lane.feed.as_ref().map(|feed| feed.epoch) != epoch {
                lane.cancel(desk.out);
            }
        }
        self.following |= self.live();
    }

    /// The place to fetch from has left the window. What is buffered is still played, and a paused picture stays.
    pub(super) fn fell_out(&mut self, desk: &mut Desk<'_>) {
        let resting = self.playhead.paused && self.playhead.played;
        let enough = !self.following && self.ahead(desk.now) > 1.0;
        if self.goal.is_none() && (resting || enough) {
            return;
        }
        self.following |= self.live();
        if self.live() {
            self.go_live(desk);
        } else if let Some(start) = self.main().map(crate::feed::Feed::window_start) {
            self.go_to(start, desk);
        }
    }

    /// The viewer asks for the live edge.
    pub(super) fn seek_live(&mut self, desk: &mut Desk<'_>) {
        self.following = true;
        if self.live() {
            self.go_live(desk);
        }
    }

    fn go_live(&mut self, desk: &mut Desk<'_>) {
        let Some(edge) = self.edge(desk.now) else { return };
        let target =
            (edge - self.target(desk.now)).max(self.main().map_or(edge, crate::feed::Feed::window_start));
        if self.combined().around(target, 0.0).is_some() {
            self.goal = None;
            self.seek(target, desk);
        } else {
            self.go_to(target, desk);
        }
    }

    fn seek(&mut self, time: MediaTime, desk: &mut Desk<'_>) {
        self.playhead.sent_to(time, desk.now);
        self.dry_since = None;
        desk.act(Action::Seek(time));
    }

    /// News of the `<video>`.
    pub(super) fn watch(&mut self, video: &Video, desk: &mut Desk<'_>) {
        let was_paused = self.playhead.paused;
        self.playhead.update(video, desk.now);
        self.pixel_width = video.pixel_width;
        if self.drops.observe(video, desk.now) {
            self.lighten(desk.now);
        }
        self.ended = video.ended;
        match video.event {
            VideoEvent::Seeking => {
                self.cues.seek();
                self.viewer_seeks(MediaTime(video.time), desk);
            }
            VideoEvent::Waiting
                if self.playhead.played && self.goal.is_none() && !video.seeking && !video.ended =>
            {
                self.stalls.begin(desk.now);
            }
            VideoEvent::Play if was_paused => self.resumed(desk),
            VideoEvent::Error => self.decoder_failed(desk),
            _ => {}
        }
        let moving = video.ready_state >= 3 && !video.seeking;
        if (moving || video.paused || video.ended)
            && let Some(stalled) = self.stalls.end(desk.now)
        {
            let grew = self.edge.grew_at().is_some_and(|at| desk.now.saturating_sub(at) < OUTAGE);
            if self.live() && stalled < OUTAGE && grew {
                self.hold.stalled(desk.now);
            }
        }
    }

    /// The viewer paused and goes on: in the past if that is still there, else at the edge.
    fn resumed(&mut self, desk: &mut Desk<'_>) {
        if !self.live() || !self.playhead.played {
            return;
        }
        let position = self.position(desk.now);
        let far =
            self.edge(desk.now).is_some_and(|edge| edge - position > self.target(desk.now) + LOOKING_BACK);
        if far && !self.playhead.hidden {
            self.following = false;
        }
        let gone = self.main().is_some_and(|feed| position < feed.window_start());
        if gone && self.combined().ahead(position) < 0.5 {
            self.following = true;
            self.go_live(desk);
        }
    }

    fn viewer_seeks(&mut self, time: MediaTime, desk: &mut Desk<'_>) {
        if self.playhead.is_own_seek(time) {
            return;
        }
        self.goal = None;
        self.following = self.near_edge(time, desk.now);
        let until = self.combined().around(time, 0.1);
        if self.lanes.iter().all(|lane| lane.leads_to(time)) {
            return;
        }
        // Inside the buffer but not where we were going on: go on from where this stretch ends.
        let from = until.map_or(time, |span| (span.end - 0.05).max(time));
        for lane in &mut self.lanes {
            lane.place(from, desk.out);
        }
        self.end_sent = false;
    }

    /// Keeps the playhead where it belongs.
    pub(super) fn steer(&mut self, desk: &mut Desk<'_>) {
        if self.started_at.is_none() && self.goal.is_none() {
            return;
        }
        if let Some(goal) = self.goal {
            let buffered = self.combined();
            let reached = buffered.around(goal, 0.5).or_else(|| self.passed_over(goal, &buffered));
            if let Some(span) = reached.filter(|span| span.end - goal > 0.02) {
                self.goal = None;
                self.started_at.get_or_insert(desk.now);
                let time = goal.max(span.start + 0.001);
                if (time - self.playhead.reported()).abs() > 0.01 {
                    self.seek(time, desk);
                }
            } else if let Some(span) = self.glimpse.and_then(|first| buffered.around(first, 0.1)) {
                self.glimpse = None;
                self.seek(span.start + 0.001, desk);
            }
            return;
        }
        self.jump_holes(desk);
        self.hold_distance(desk);
        self.adapt(desk);
    }

    fn hold_distance(&mut self, desk: &mut Desk<'_>) {
        let verdict = match self.edge(desk.now) {
            Some(edge) if self.live() && self.following => {
                if self.playhead.paused || self.playhead.seeking {
                    return;
                }
                let position = self.position(desk.now);
                let ahead = self.combined().ahead(position);
                self.hold.decide(edge - position, self.target(desk.now), ahead, desk.now)
            }
            _ => self.hold.release(desk.now),
        };
        match verdict {
            Verdict::Keep => {}
            Verdict::Rate(rate) => desk.act(Action::Rate(rate)),
            Verdict::Jump => self.go_live(desk),
        }
    }

    /// Jumps over stretches that no media will fill, and pushes a decoder that stands still.
    fn jump_holes(&mut self, desk: &mut Desk<'_>) {
        if self.playhead.seeking && self.playhead.since_news(desk.now) < PATIENCE || self.ended {
            return;
        }
        let position = self.position(desk.now);
        let buffered = self.combined();
        let ahead = buffered.ahead(position);
        // Browsers stop a little before the end of what they have.
        let still = self.playhead.ready_state < 3 || self.playhead.still_for() >= STUCK;
        let stopped = still && ahead < STOPS_BEFORE;
        if ahead > 0.02 && !stopped {
            self.dry_since = None;
            return self.push(position, desk);
        }
        self.fed_since = None;
        let since = *self.dry_since.get_or_insert(desk.now);
        let Some(next) = self.passed_over(position, &buffered) else { return };
        if desk.now.saturating_sub(since) >= PATIENCE {
            self.seek(next.start + 0.001, desk);
        }
    }

    /// What there is to play behind a hole, if fetching has passed the hole: else it is still being filled.
    fn passed_over(&self, hole: MediaTime, buffered: &Buffered) -> Option<Span> {
        let next = buffered.next_after(hole)?;
        self.lanes.iter().all(|lane| lane.head.is_some_and(|head| head >= next.start)).then_some(next)
    }

    fn push(&mut self, position: MediaTime, desk: &mut Desk<'_>) {
        let still = self.playhead.still_for();
        if still.is_zero() {
            self.nudges = 0;
        }
        // Standing still for want of media is no fault of the decoder's.
        if self.playhead.paused || self.combined().ahead(position) < 0.5 {
            self.fed_since = None;
            return;
        }
        let fed_since = *self.fed_since.get_or_insert(desk.now);
        if still < STUCK || desk.now.saturating_sub(fed_since) < STUCK {
            return;
        }
        self.fed_since = None;
        self.nudges += 1;
        if self.nudges > MAX_NUDGES {
            self.nudges = 0;
            return self.decoder_failed(desk);
        }
        self.seek(position + 0.1, desk);
    }

    /// Where the viewer may seek to.
    pub(super) fn seekable(&self, now: Now) -> Span {
        let Some(feed) = self.main() else { return Span::default() };
        let end = if self.live() { feed.edge() - self.target(now) } else { feed.edge() };
        Span { start: feed.window_start(), end: end.max(feed.window_start()) }
    }
}
