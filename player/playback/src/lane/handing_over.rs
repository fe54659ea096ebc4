//! How a lane goes on with another playlist of the same show. Does not choose it.

use std::collections::VecDeque;

use super::{Lane, drop_piece};
use crate::feed::{Feed, next_part};
use crate::piece::{Cursor, Piece, Progress, entry};
use crate::{Action, MediaTime};

/// Seconds by which one boundary may differ between two playlists.
pub(crate) const SAME: f64 = 0.05;

/// What a lane keeps when it goes on with another playlist.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keep {
    /// Only what is appended.
    Appended,
    /// Also what is on its way, up to there: what is far ahead is fetched once more, better.
    Until(MediaTime),
    /// All that it holds and all that is on its way.
    All,
}

impl Lane {
    /// Goes on with another playlist, without a break in what is kept.
    pub(crate) fn hand_over(&mut self, feed: Feed, keep: Keep, out: &mut VecDeque<Action>) {
        let stays = |piece: &Piece| {
            let coming = !matches!(piece.progress, Progress::Due(_)) && !piece.hinted && piece.certain;
            coming
                && match keep {
                    Keep::Appended => false,
                    Keep::Until(until) => piece.start < until,
                    // What is on its way into what is held already was to be better.
                    Keep::All => {
                        self.buffered.around(piece.start, 0.0).is_none_or(|span| span.end < piece.end())
                    }
                }
        };
        let kept = self.queue.iter().take_while(|piece| stays(piece)).count();
        let given_up = self.queue.split_off(kept);
        let end = self.reach().or_else(|| given_up.front().map(|piece| piece.start));
        for piece in given_up {
            drop_piece(&piece, out);
        }
        self.queue.iter_mut().for_each(|piece| piece.old = true);
        self.feed = Some(feed);
        self.first = true;
        self.done = false;
        let Some(end) = end else { return };
        self.go_on(match keep {
            Keep::Until(until) if self.queue.is_empty() => end.min(until),
            Keep::All => self.buffered.around(end, 0.0).map_or(end, |span| span.end.max(end)),
            _ => end,
        });
    }

    /// Gives up what is asked for and goes on from where what is appended ends.
    pub(crate) fn begin_again(&mut self, out: &mut VecDeque<Action>) {
        let end = self.head.or_else(|| self.queue.front().map(|piece| piece.start));
        self.cancel(out);
        end.into_iter().for_each(|end| self.go_on(end));
    }

    /// Goes on at a boundary.
    fn go_on(&mut self, from: MediaTime) {
        let Some(feed) = &self.feed else { return };
        let (number, part) = next_part(&feed.media);
        // A boundary that is off by a frame is the same boundary: what is before it is not fetched again.
        self.cursor = Some(if part == 0 && from + SAME > feed.edge() {
            Cursor::segment(number)
        } else {
            entry(feed, from + SAME)
        });
    }
}
