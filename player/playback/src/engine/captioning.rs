//! The subtitles that the viewer chose: asked for near the playhead once the picture's place is known, handed to the page.

use std::time::Duration;

use container::webvtt;
use playlist::{RenditionKind, resolve};

use super::{Desk, Request, Session, What};
use crate::event::Response;
use crate::feed::Feed;
use crate::refresh::Refresh;
use crate::subtitles::{Subtitles, shift};
use crate::{Action, Error, ErrorKind, MediaTime};

/// How long a segment of text may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// Tries of one segment before it is passed over; failures in a row of the playlist after which the page is told.
const TRIES: u32 = 3;

impl Session {
    /// The viewer chooses what to read, by its number among the renditions, or nothing.
    pub(super) fn choose_subtitles(&mut self, choice: Option<usize>, desk: &mut Desk<'_>) {
        if self.subtitles.as_ref().map(|subtitles| subtitles.id) == choice {
            return;
        }
        if let Some(old) = self.subtitles.take() {
            self.requests.retain(|request| {
                let of_subtitles = matches!(request.what, What::Subtitles | What::Captions);
                if of_subtitles {
                    desk.act(Action::Abort(request.id));
                }
                !of_subtitles
            });
            let track = old.id;
            desk.out.extend(old.shown().map(|segment| Action::DropCaptions { track, segment }));
        }
        let Some((list, id)) = self.multivariant.as_ref().zip(choice) else { return };
        let rendition = list.renditions.get(id).filter(|it| it.kind == RenditionKind::Subtitles);
        if let Some(uri) = rendition.and_then(|rendition| rendition.uri.as_ref()) {
            self.subtitles = Some(Box::new(Subtitles::new(id, resolve(&self.load.uri, uri), desk.now)));
        }
    }

    /// Asks for what is due, and lets go of what is far away.
    pub(super) fn ask_subtitles(&mut self, desk: &mut Desk<'_>) {
        // What they stand beside comes first.
        if self.started_at.is_none() {
            return;
        }
        let position = self.position(desk.now);
        let Some(subtitles) = &mut self.subtitles else { return };
        let track = subtitles.id;
        while let Some(gone) = subtitles.let_go(position) {
            desk.out.extend(gone.map(|segment| Action::DropCaptions { track, segment }));
        }
        let refresh = &subtitles.refresh;
        if refresh.request.is_none() && refresh.due.is_some_and(|due| due <= desk.now) {
            let media = subtitles.feed.as_ref().map(|feed| &feed.media);
            let mut uri = refresh.address(&subtitles.uri, media, desk.now);
            let patience = Refresh::patience(media);
            if media.is_none() && refresh.retry.failures() == 0 {
                self.ask_as_reported(&mut uri);
            }
            let request = self.ask(What::Subtitles, uri, None, patience, desk);
            if let Some(subtitles) = &mut self.subtitles {
                subtitles.refresh.request = Some(request);
                subtitles.refresh.due = None;
            }
        }
        let Some(subtitles) = &self.subtitles else { return };
        if subtitles.asked.is_some() || subtitles.due > desk.now {
            return;
        }
        let known = |piece: &crate::piece::Piece| self.offsets.get(piece.stretch).is_some();
        let Some(piece) = subtitles.wanted(position).filter(known) else { return };
        let request = self.ask(What::Captions, piece.uri.clone(), piece.range, PATIENCE, desk);
        if let Some(subtitles) = &mut self.subtitles {
            subtitles.asked = Some((request, piece));
        }
    }

    /// The playlist of the subtitles is here.
    pub(super) fn update_subtitles(
        &mut self,
        base: String,
        media: playlist::Media,
        request: Request,
        desk: &mut Desk<'_>,
    ) {
        let main = self.lanes.first().and_then(|lane| lane.feed.as_ref());
        let Some((main, subtitles)) = main.zip(self.subtitles.as_mut()) else { return };
        subtitles.refresh.request = None;
        let mut grew = true;
        match &mut subtitles.feed {
            Some(feed) => match feed.update(base, media) {
                Ok(update) => grew = update != crate::feed::Update::Same,
                Err(_) => {
                    subtitles.refresh.whole = true;
                    subtitles.refresh.due = Some(desk.now);
                    return;
                }
            },
            None => subtitles.feed = Some(Feed::new(base, media, MediaTime(0.0))),
        }
        if let Some(feed) = &mut subtitles.feed {
            feed.align(main);
            subtitles.refresh.loaded(&feed.media, grew, request.sent, desk.now);
        }
    }

    /// A segment of the subtitles is here.
    pub(super) fn arrived_captions(&mut self, response: &Response, desk: &mut Desk<'_>) {
        let Some(subtitles) = &mut self.subtitles else { return };
        let Some((segment, piece)) = &subtitles.asked else { return };
        let (track, segment) = (subtitles.id, *segment);
        let document = webvtt::read(&String::from_utf8_lossy(&response.body));
        let trouble = document.is_none();
        let mut cues = Vec::new();
        if let Some((document, offset)) = document.zip(self.offsets.get(piece.stretch)) {
            let shift = shift(&document, piece, offset);
            cues = document.cues;
            for cue in &mut cues {
                cue.start += shift;
                cue.end += shift;
            }
        }
        subtitles.settle(cues.len());
        if !cues.is_empty() {
            desk.act(Action::Captions { track, segment, cues });
        }
        if trouble {
            let message = [response.uri.as_str(), ": expected WebVTT, found something else"].concat();
            desk.act(Action::Error(Error::passing(ErrorKind::Media, "malformed", message)));
        }
    }

    /// Something of the subtitles does not come. The picture goes on without.
    pub(super) fn failed_subtitles(&mut self, what: What, cause: &'static str, desk: &mut Desk<'_>) {
        let Some(subtitles) = &mut self.subtitles else { return };
        let failures = if what == What::Subtitles {
            subtitles.refresh.request = None;
            subtitles.refresh.due = Some(subtitles.refresh.retry.failed(desk.now, &mut self.dice));
            subtitles.refresh.retry.failures()
        } else {
            subtitles.due = subtitles.retry.failed(desk.now, &mut self.dice);
            let failures = subtitles.retry.failures();
            if failures >= TRIES {
                subtitles.settle(0);
            } else {
                subtitles.asked = None;
            }
            failures
        };
        if failures == TRIES {
            let message = ["the subtitles do not load (", cause, ")"].concat();
            desk.act(Action::Error(Error::passing(ErrorKind::Playlist, cause, message)));
        }
    }
}
