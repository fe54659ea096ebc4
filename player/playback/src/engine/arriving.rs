//! What comes back from the network, and what does not.

use std::sync::Arc;

use container::read::Init;
use playlist::{Media, Playlist, parse_with};

use super::{Desk, Request, Session, What};
use crate::event::{FetchFailure, RequestId, Response};
use crate::feed::{Feed, Update};
use crate::piece::{Progress, Refusal};
use crate::{Action, Error, ErrorKind, MediaTime, inits};

/// Failures in a row after which the page is told.
const WORTH_TELLING: u32 = 3;
/// Tries of a playlist at the start, some five seconds long, before the load is given up; and when the server is in trouble,
/// some forty.
const START_TRIES: u32 = 6;
const START_TRIES_IN_TROUBLE: u32 = 20;
/// Tries of one piece of media before it is passed over.
const PIECE_TRIES: u32 = 4;
/// Shares of its own duration between which a hinted part's transfer is taken for its production, and within which a server
/// that sends it as it is produced begins with that.
const PACED: std::ops::Range<f64> = 0.5..1.2;
const BEGINS_AT_ONCE: f64 = 0.5;
/// Pieces passed over in a row before a recording is given up.
const MAX_SKIPPED: u32 = 5;

impl Session {
    /// An answer, of any status.
    pub(super) fn arrived(&mut self, response: Response, desk: &mut Desk<'_>) {
        let Some(place) = self.requests.iter().position(|request| request.id == response.request) else {
            return desk.act(Action::Forget(response.request));
        };
        let request = self.requests.swap_remove(place);
        (self.heard_at, self.hushes) = (desk.now, 0);
        if !(200..300).contains(&response.status) {
            desk.act(Action::Forget(request.id));
            self.missing |= matches!(request.what, What::Top | What::Playlist(_)) && response.status == 404;
            let cause = match response.status {
                404 | 410 => "not_found",
                401 | 403 => "forbidden",
                _ => "status",
            };
            return self.failed_request(request, cause, desk);
        }
        match request.what {
            What::Top | What::Playlist(_) | What::Switch(_) | What::Subtitles => {
                self.arrived_playlist(request, response, desk);
            }
            What::Init => self.arrived_init(request, &response.body, desk),
            What::Piece(lane) => self.arrived_piece(lane, request, response, desk),
            What::Captions => self.arrived_captions(&response, desk),
        }
    }

    /// No answer.
    pub(super) fn not_arrived(&mut self, id: RequestId, failure: FetchFailure, desk: &mut Desk<'_>) {
        let Some(place) = self.requests.iter().position(|request| request.id == id) else { return };
        let request = self.requests.swap_remove(place);
        // Bad news is no silence.
        (self.heard_at, self.hushes) = (desk.now, 0);
        let cause = match failure {
            FetchFailure::Network => "connection",
            FetchFailure::TooLarge => "too_large",
        };
        self.failed_request(request, cause, desk);
    }

    fn arrived_playlist(&mut self, request: Request, response: Response, desk: &mut Desk<'_>) {
        let text = String::from_utf8_lossy(&response.body);
        self.variables.set_query(&response.uri);
        let playlist = match parse_with(&text, &self.variables) {
            Ok(playlist) => playlist,
            Err(error) => {
                let message = [response.uri.as_str(), ": ", &error.to_string()].concat();
                if request.what == What::Top && self.lanes.is_empty() {
                    return self.fail(Error::fatal(ErrorKind::Playlist, "malformed", message), desk);
                }
                desk.act(Action::Error(Error::passing(ErrorKind::Playlist, "malformed", message)));
                return self.failed_request(request, "malformed", desk);
            }
        };
        self.missing = false;
        match (request.what, playlist) {
            (What::Top, Playlist::Multivariant(list)) => self.open_multivariant(&response.uri, list, desk),
            (What::Top, Playlist::Media(media)) => {
                self.open_media(response.uri, media, request.sent, desk);
                self.after_playlist(0, true, desk);
            }
            (What::Playlist(lane), Playlist::Media(media)) => {
                self.update_lane(lane, response.uri, media, request, desk);
            }
            (What::Subtitles, Playlist::Media(media)) => {
                self.update_subtitles(response.uri, media, request, desk);
            }
            (What::Switch(lane), Playlist::Media(media)) => {
                self.take_over(lane, response.uri, media, request.sent, desk);
            }
            (What::Subtitles, _) => self.failed_subtitles(request.what, "mixed", desk),
            _ => {
                let message =
                    [response.uri.as_str(), ": expected a media playlist, found a multivariant one"].concat();
                self.fail(Error::fatal(ErrorKind::Playlist, "mixed", message), desk);
            }
        }
    }

    fn update_lane(
        &mut self,
        index: usize,
        base: String,
        media: Media,
        request: Request,
        desk: &mut Desk<'_>,
    ) {
        let Some(lane) = self.lanes.get_mut(index) else { return };
        lane.refresh.request = None;
        let grew = match &mut lane.feed {
            None => {
                lane.refresh.loaded(&media, true, request.sent, desk.now);
                lane.feed = Some(Feed::new(base, media, MediaTime(0.0)));
                true
            }
            Some(feed) => match feed.update(base, media) {
                Ok(update) => {
                    lane.refresh.loaded(&feed.media, update != Update::Same, request.sent, desk.now);
                    if update == Update::Restarted {
                        lane.cancel(desk.out);
                        self.restarted(desk);
                    }
                    update != Update::Same
                }
                // The server skipped more than we hold: ask for everything, at once.
                Err(_) => {
                    lane.refresh.whole = true;
                    lane.refresh.due = Some(desk.now);
                    return;
                }
            },
        };
        self.after_playlist(index, grew, desk);
    }

    /// A lane has a newer playlist.
    fn after_playlist(&mut self, index: usize, grew: bool, desk: &mut Desk<'_>) {
        if let Some(lane) = self.lanes.get_mut(index) {
            lane.reconcile(desk.out);
        }
        if index == 0
            && grew
            && let Some(feed) = self.main()
        {
            let (edge, step) = (feed.edge(), feed.step());
            if self.edge.step() != step {
                // What short parts allowed says nothing about longer ones, or about whole segments.
                self.punctuality.reset();
            }
            self.edge.observe(edge, step, desk.now);
        }
        if index == 0 {
            self.learn_date_ranges();
        }
        self.join_if_ready(desk);
    }

    fn arrived_init(&mut self, request: Request, body: &[u8], desk: &mut Desk<'_>) {
        let Some(entry) = self.inits.of_request(request.id) else {
            return desk.act(Action::Forget(request.id));
        };
        match Init::read(body) {
            Ok(init) if init.tracks.iter().any(|track| track.protected) => {
                let error = Refusal::Drm.error(&entry.map.uri);
                desk.act(Action::Forget(request.id));
                self.fail(error, desk);
            }
            Ok(init) => {
                entry.retry.succeeded();
                entry.progress =
                    inits::Progress::Ready { body: request.id, length: body.len(), init: Arc::new(init) };
            }
            Err(error) => {
                let message = [entry.map.uri.as_str(), ": ", &error.to_string()].concat();
                let again = matches!(error, container::Error::NeedMore { .. })
                    && entry.retry.failures() < PIECE_TRIES;
                desk.act(Action::Forget(request.id));
                if again {
                    return self.failed_request(request, "truncated", desk);
                }
                self.fail(Error::fatal(ErrorKind::Media, "malformed", message), desk);
            }
        }
    }

    fn arrived_piece(&mut self, lane: usize, request: Request, response: Response, desk: &mut Desk<'_>) {
        let piece = self.lanes.get_mut(lane).and_then(|lane| {
            lane.queue
                .iter_mut()
                .find(|piece| matches!(piece.progress, Progress::Fetching(id) if id == request.id))
        });
        // Some servers send a hinted part as slowly as it is produced. One that comes much faster, or that was held back
        // first, was whole before it was sent; and one that is slower than that has the line to blame.
        let paced = piece.as_ref().filter(|_| request.held).is_some_and(|piece| {
            let waited = response.first_byte.saturating_sub(request.sent).as_secs_f64();
            let took = desk.now.saturating_sub(response.first_byte).as_secs_f64();
            PACED.contains(&(took / piece.duration)) && waited < piece.duration * BEGINS_AT_ONCE
        });
        match piece.as_ref().filter(|_| paced) {
            Some(piece) => self.bandwidth.paced(response.body.len(), piece.duration),
            None => self.bandwidth.sample(response.body.len(), response.first_byte, desk.now),
        }
        match piece {
            Some(piece) => piece.progress = Progress::Arrived { body: request.id, bytes: response.body },
            None => desk.act(Action::Forget(request.id)),
        }
    }

    /// A request came to nothing: when to try again, or what to do without.
    pub(super) fn failed_request(&mut self, request: Request, cause: &'static str, desk: &mut Desk<'_>) {
        let now = desk.now;
        let failures = match request.what {
            What::Top => {
                self.top = Some(self.top_retry.failed(now, &mut self.dice));
                self.top_retry.failures()
            }
            What::Playlist(index) => {
                let Some(lane) = self.lanes.get_mut(index) else { return };
                lane.refresh.request = None;
                lane.refresh.due = Some(lane.refresh.retry.failed(now, &mut self.dice));
                lane.refresh.retry.failures()
            }
            What::Switch(lane) => return self.failed_switch(lane, desk),
            What::Init => {
                let Some(entry) = self.inits.of_request(request.id) else { return };
                entry.progress = inits::Progress::Due(entry.retry.failed(now, &mut self.dice));
                entry.retry.failures()
            }
            What::Piece(index) => return self.failed_piece(index, request, cause, desk),
            What::Subtitles | What::Captions => return self.failed_subtitles(request.what, cause, desk),
        };
        if self.is_hopeless(request.what, cause, failures) {
            return self.give_up_start(request.what, cause, desk);
        }
        if failures == WORTH_TELLING {
            self.tell_trouble(cause, desk);
            if request.what == What::Playlist(0) {
                self.fail_over(desk);
            }
        }
    }

    /// Whether a playlist that was never there is not worth asking for again. One that is not there yet may come, as may a
    /// connection; a server in trouble is given more time than one that knows what it says.
    fn is_hopeless(&self, what: What, cause: &str, failures: u32) -> bool {
        let at_start = self.started_at.is_none()
            && match what {
                What::Top => true,
                What::Playlist(index) => self.lanes.get(index).is_some_and(|lane| lane.feed.is_none()),
                _ => false,
            };
        let limit = match cause {
            "malformed" | "too_large" | "forbidden" => START_TRIES,
            "status" => START_TRIES_IN_TROUBLE,
            _ => return false,
        };
        at_start && failures >= limit
    }

    fn give_up_start(&mut self, what: What, cause: &'static str, desk: &mut Desk<'_>) {
        let lane = if let What::Playlist(index) = what { self.lanes.get(index) } else { None };
        let uri = lane.map_or(&self.load.uri, |lane| &lane.uri);
        let (kind, advice) = match cause {
            "forbidden" => {
                (ErrorKind::Network, ": the server refuses the playlist; check the address and its token")
            }
            "status" => (ErrorKind::Network, ": the server answers with errors; try again later"),
            _ => (ErrorKind::Playlist, ": no playlist that can be read; check what the server sends"),
        };
        let message = [uri, advice].concat();
        self.fail(Error::fatal(kind, cause, message), desk);
    }

    fn failed_piece(&mut self, index: usize, request: Request, cause: &'static str, desk: &mut Desk<'_>) {
        let live = self.live();
        let Some(lane) = self.lanes.get_mut(index) else { return };
        let found = lane
            .queue
            .iter_mut()
            .enumerate()
            .find(|(_, piece)| matches!(piece.progress, Progress::Fetching(id) if id == request.id));
        let Some((place, piece)) = found else { return };
        // What its lane goes on with has the same.
        if piece.old {
            return lane.begin_again(desk.out);
        }
        let due = piece.retry.failed(desk.now, &mut self.dice);
        piece.progress = Progress::Due(due);
        let failures = piece.retry.failures();
        let absent = cause == "not_found";
        // What is not there any more will not come back; a connection may.
        let away = matches!(cause, "connection" | "timeout");
        let hopeless = (absent && failures >= 2) || (failures >= PIECE_TRIES && !away);
        if place == 0 && hopeless && !piece.hinted {
            let message = [piece.uri.as_str(), " cannot be loaded and is passed over"].concat();
            lane.skip_front(desk.out);
            self.skipped += 1;
            let fatal = !live && self.skipped > MAX_SKIPPED;
            self.fail(Error { kind: ErrorKind::Network, cause, message, fatal }, desk);
        } else if failures == WORTH_TELLING && !piece.hinted {
            self.tell_trouble(cause, desk);
        }
    }

    fn tell_trouble(&self, cause: &'static str, desk: &mut Desk<'_>) {
        let message = ["the stream does not load (", cause, "); trying again"].concat();
        desk.act(Action::Error(Error::passing(ErrorKind::Network, cause, message)));
    }
}
