//! What to load: playlists when they are due, media as far ahead as is good.

use std::time::Duration;

use playlist::{ByteRange, Multivariant, RenditionKind, resolve};

use super::{Desk, Request, Session, What};
use crate::event::RequestId;
use crate::feed::Feed;
use crate::inits;
use crate::lane::{Lane, Planned};
use crate::piece::Progress;
use crate::refresh::Refresh;
use crate::select::{Situation, choose};
use crate::{Action, BodyKind, Error, ErrorKind, Fetch, MediaTime};

/// Seconds of media to have ahead of the playhead; a live stream that is followed rarely has that much.
const AHEAD: f64 = 30.0;
/// Bytes of the largest playlist, of an initialization segment, and of a segment.
const MAX_PLAYLIST: usize = 16 << 20;
const MAX_MEDIA: usize = 64 << 20;
/// Bytes of a segment of subtitles: those of a whole film have some hundred kilobytes.
const MAX_TEXT: usize = 4 << 20;
/// How long media may take, besides its own duration.
const MEDIA_PATIENCE: Duration = Duration::from_secs(6);
/// A live picture that stands still for want of media, with no answer for this long, is on connections that have died
/// without a word. Longer each time, since the publisher may be what is gone.
const SILENCE: Duration = Duration::from_millis(2_500);
const MAX_SILENCE: Duration = Duration::from_secs(20);

impl Session {
    /// Gives up on requests that take too long.
    pub(super) fn expire(&mut self, desk: &mut Desk<'_>) {
        // Those whose piece was given up were aborted with it: no answer will come.
        self.requests.retain(|request| match request.what {
            What::Piece(index) => self.lanes.get(index).is_some_and(|lane| lane.awaits(request.id)),
            _ => true,
        });
        while let Some(place) = self.requests.iter().position(|request| request.deadline <= desk.now) {
            let request = self.requests.swap_remove(place);
            desk.act(Action::Abort(request.id));
            self.failed_request(request, "timeout", desk);
        }
    }

    /// Asks anew when connections seem to have died, as they do on the way from one network to another.
    pub(super) fn break_silence(&mut self, desk: &mut Desk<'_>) {
        let silence = SILENCE.saturating_mul(1 << self.hushes.min(5)).min(MAX_SILENCE);
        let silent =
            desk.now.saturating_sub(self.heard_at.max(self.dry_since.unwrap_or(desk.now))) >= silence;
        if silent && self.live() && self.following && !self.requests.is_empty() {
            self.hushes += 1;
            self.heard_at = desk.now;
            self.ask_anew(desk);
        }
    }

    /// Gives up on every request and asks again at once: connections of another network are dead without knowing it.
    pub(super) fn ask_anew(&mut self, desk: &mut Desk<'_>) {
        for request in std::mem::take(&mut self.requests) {
            desk.act(Action::Abort(request.id));
            self.failed_request(request, "connection", desk);
        }
        let now = desk.now;
        let hurry = |due: &mut crate::Now| *due = now.min(*due);
        self.top.iter_mut().for_each(hurry);
        self.switches.iter_mut().for_each(|switch| hurry(&mut switch.due));
        if let Some(subtitles) = &mut self.subtitles {
            subtitles.refresh.due.iter_mut().for_each(hurry);
            hurry(&mut subtitles.due);
        }
        for entry in self.inits.iter_mut() {
            if let inits::Progress::Due(due) = &mut entry.progress {
                hurry(due);
            }
        }
        for lane in &mut self.lanes {
            lane.refresh.due.iter_mut().for_each(hurry);
            for piece in &mut lane.queue {
                if let Progress::Due(due) = &mut piece.progress {
                    hurry(due);
                }
            }
        }
    }

    /// Asks for the playlists that are due.
    pub(super) fn ask_playlists(&mut self, desk: &mut Desk<'_>) {
        if self.top.is_some_and(|due| due <= desk.now) {
            self.top = None;
            let uri = self.load.uri.clone();
            self.ask(What::Top, uri, None, Refresh::patience(None), desk);
        }
        for index in 0..self.lanes.len() {
            let Some(lane) = self.lanes.get(index) else { continue };
            if lane.refresh.request.is_some() || lane.refresh.due.is_none_or(|due| due > desk.now) {
                continue;
            }
            let media = lane.feed.as_ref().map(|feed| &feed.media);
            let uri = lane.refresh.address(&lane.uri, media, desk.now);
            let patience = Refresh::patience(media);
            let request = self.ask(What::Playlist(index), uri, None, patience, desk);
            if let Some(lane) = self.lanes.get_mut(index) {
                lane.refresh.request = Some(request);
                lane.refresh.due = None;
            }
        }
        self.ask_switches(desk);
    }

    /// Plans and asks for media and initialization segments.
    pub(super) fn ask_media(&mut self, desk: &mut Desk<'_>) {
        if !self.streaming {
            return;
        }
        let from = self.goal.unwrap_or_else(|| self.position(desk.now));
        for index in 0..self.lanes.len() {
            let Some(lane) = self.lanes.get_mut(index) else { continue };
            if lane.plan(from + AHEAD, self.banned, desk.now) == Planned::Gone {
                self.fell_out(desk);
            }
            self.ask_pieces(index, desk);
        }
    }

    fn ask_pieces(&mut self, index: usize, desk: &mut Desk<'_>) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        let mut wanted = Vec::new();
        for (place, piece) in lane.queue.iter().enumerate() {
            if let Some(refusal) = piece.refused {
                let error = refusal.error(&piece.uri);
                return self.fail(error, desk);
            }
            if let Some(map) = &piece.map
                && let Some(gone) = self.inits.want(map, desk.now)
                && let inits::Progress::Ready { body, .. } = gone.progress
            {
                desk.act(Action::Forget(body));
            }
            if matches!(piece.progress, Progress::Due(at) if at <= desk.now) {
                let patience =
                    MEDIA_PATIENCE + Duration::from_secs_f64(piece.duration.clamp(0.0, 60.0) * 2.0);
                wanted.push((place, piece.uri.clone(), piece.range, patience, piece.hinted));
            }
        }
        // Small, and nothing is appended without: before the media, on a line that is shared.
        self.ask_inits(desk);
        for (place, uri, range, patience, hinted) in wanted {
            let request = self.ask(What::Piece(index), uri, range, patience, desk);
            if let Some(sent) = self.requests.last_mut() {
                sent.held = hinted;
            }
            if let Some(piece) = self.lanes.get_mut(index).and_then(|lane| lane.queue.get_mut(place)) {
                piece.progress = Progress::Fetching(request);
                piece.awaited = hinted;
            }
        }
    }

    fn ask_inits(&mut self, desk: &mut Desk<'_>) {
        let due: Vec<_> = self
            .inits
            .iter()
            .filter(|entry| matches!(entry.progress, inits::Progress::Due(at) if at <= desk.now))
            .map(|entry| entry.map.clone())
            .collect();
        for map in due {
            let request = self.ask(What::Init, map.uri.clone(), map.byte_range, MEDIA_PATIENCE, desk);
            for entry in self.inits.iter_mut().filter(|entry| entry.map == map) {
                entry.progress = inits::Progress::Fetching(request);
            }
        }
    }

    pub(super) fn ask(
        &mut self,
        what: What,
        uri: String,
        range: Option<ByteRange>,
        patience: Duration,
        desk: &mut Desk<'_>,
    ) -> RequestId {
        let id = desk.new_request();
        let (body, limit) = match what {
            What::Top | What::Playlist(_) | What::Switch(_) | What::Subtitles => {
                (BodyKind::Playlist, MAX_PLAYLIST)
            }
            What::Captions => (BodyKind::Playlist, MAX_TEXT),
            What::Init | What::Piece(_) => (BodyKind::Media, MAX_MEDIA),
        };
        let deadline = desk.now + patience;
        self.requests.push(Request { id, what, sent: desk.now, deadline, held: false });
        desk.act(Action::Fetch(Fetch { request: id, uri, range, body, limit, deadline }));
        id
    }

    /// The address turned out to be a multivariant playlist.
    pub(super) fn open_multivariant(&mut self, base: &str, list: Multivariant, desk: &mut Desk<'_>) {
        let supports = &desk.platform.supports;
        let playable = |codecs: &Option<String>| {
            codecs.as_ref().is_none_or(|codecs| supports(&["video/mp4; codecs=\"", codecs, "\""].concat()))
        };
        self.playable = (0..list.variants.len())
            .filter(|index| list.variants.get(*index).is_some_and(|variant| playable(&variant.info.codecs)))
            .collect();
        let situation = Situation { pixel_width: self.pixel_width, ..Situation::default() };
        let Some(chosen) = choose(&list.variants, &self.playable, situation) else {
            let message = "this browser plays none of the codecs that the playlist offers".to_owned();
            return self.fail(Error::fatal(ErrorKind::Unsupported, "codecs", message), desk);
        };
        let Some(variant) = list.variants.get(chosen) else { return };
        // Variants with other sound would need another second lane: stay with those that share it.
        let audio = variant.audio.clone();
        self.playable.retain(|index| list.variants.get(*index).is_some_and(|other| other.audio == audio));
        self.lanes = vec![Lane::new(resolve(base, &variant.uri), desk.now)];
        let sound = list.renditions.iter().enumerate().filter(|(_, rendition)| {
            rendition.kind == RenditionKind::Audio && Some(&rendition.group_id) == audio.as_ref()
        });
        let sound = sound.clone().find(|(_, rendition)| rendition.default).or_else(|| sound.clone().next());
        if let Some((id, uri)) = sound.and_then(|(id, sound)| Some((id, sound.uri.as_ref()?))) {
            self.heard = Some(id);
            self.lanes.push(Lane::new(resolve(base, uri), desk.now));
        }
        self.variables.import(&list.defines);
        self.load.uri = base.to_owned();
        self.variant = Some(chosen);
        self.multivariant = Some(list);
        self.tell_qualities(desk);
        self.tell_renditions(desk);
    }

    /// The address turned out to be a media playlist.
    pub(super) fn open_media(
        &mut self,
        base: String,
        media: playlist::Media,
        sent: crate::Now,
        desk: &mut Desk<'_>,
    ) {
        let mut lane = Lane::new(self.load.uri.clone(), desk.now);
        lane.refresh.loaded(&media, true, sent, desk.now);
        lane.feed = Some(Feed::new(base, media, MediaTime(0.0)));
        self.lanes = vec![lane];
    }
}
