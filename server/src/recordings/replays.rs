//! Replays: the recordings of a show that is over, as one playlist. Texts are made once and shared.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use packager::Vod;
use protocol::{ServerTime, StreamTime};

use super::{Place, Recordings};
use crate::live::Text;
use crate::room::shows::Span;

/// Replays at hand; beyond, they are read anew. One of eight hours takes some 4 MB.
const AT_HAND: usize = 32;
/// A recording's number is made when its publisher comes, some time before its first segment is whole.
const EARLY_MS: i64 = 120_000;

/// Every replay of this server. Cheap to clone.
#[derive(Clone)]
pub struct Replays {
    recordings: Recordings,
    at_hand: Arc<Mutex<AtHand>>,
}

/// By room and show.
type AtHand = HashMap<(String, u64), Arc<Replay>>;

/// A show that can be played again.
pub struct Replay {
    /// What it plays.
    pub vod: Vod,
    /// The media playlist.
    pub(crate) media: Text,
}

impl Replay {
    /// The moment of its first picture.
    pub fn start(&self) -> Option<StreamTime> {
        self.vod.begin().map(|time| StreamTime(time.0))
    }

    /// The moment after its last picture.
    pub fn end(&self) -> Option<StreamTime> {
        self.vod.end().map(|time| StreamTime(time.0))
    }
}

impl Replays {
    /// Of these recordings.
    pub fn of(recordings: Recordings) -> Self {
        Self { recordings, at_hand: Arc::default() }
    }

    /// What they are made of.
    pub fn recordings(&self) -> &Recordings {
        &self.recordings
    }

    /// The replay of a room's show; none while it is on or still being written, or when it was not recorded.
    ///
    /// # Errors
    /// When the recordings cannot be read.
    pub async fn get(&self, room: &str, show: Span) -> io::Result<Option<Arc<Replay>>> {
        if show.last.is_none() {
            return Ok(None);
        }
        let key = (room.to_owned(), show.id);
        if let Some(replay) = self.look(|at_hand| at_hand.get(&key).cloned()) {
            return Ok(Some(replay));
        }
        let (recordings, name) = (self.recordings.clone(), room.to_owned());
        let loaded = tokio::task::spawn_blocking(move || load(&recordings, &name, show)).await?;
        let Some(replay) = loaded?.map(Arc::new) else { return Ok(None) };
        self.look(|at_hand| {
            if at_hand.len() >= AT_HAND {
                at_hand.clear();
            }
            at_hand.insert(key, Arc::clone(&replay));
        });
        Ok(Some(replay))
    }

    /// Forgets what is at hand: recordings were removed.
    pub(super) fn forget(&self) {
        self.look(HashMap::clear);
    }

    fn look<T>(&self, look: impl FnOnce(&mut AtHand) -> T) -> T {
        look(&mut self.at_hand.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Puts a show's recordings together; a server that was started again in mid-show has left several.
fn load(recordings: &Recordings, room: &str, show: Span) -> io::Result<Option<Replay>> {
    let (mut vod, mut places) = (Vod::default(), HashMap::new());
    let earliest = show.begun_after.0.saturating_sub(EARLY_MS);
    for number in recordings.of_room(room)? {
        let begun = i64::try_from(number).unwrap_or(i64::MAX);
        let near = earliest <= begun && show.ended.is_none_or(|ended| begun <= ended.0);
        let Some(place) = Place::new(room, number).filter(|_| near) else { continue };
        let recording = recordings.load(&place)?;
        let first = recording.segments().first();
        let first =
            first.map(|first| ServerTime(first.program_time.0.saturating_add(first.duration.millis())));
        if !first.is_some_and(|first| show.has(first)) {
            continue;
        }
        if recordings.is_open(&place) {
            return Ok(None);
        }
        places.extend(recording.segments().iter().map(|segment| (segment.number, number)));
        vod.append(recording);
    }
    if vod.segments().iter().all(|segment| segment.lost) {
        return Ok(None);
    }
    // Beside `/live/ROOM/shows/SHOW/media.m3u8`.
    let folder = |number| {
        let place = places.get(&number).copied().unwrap_or_default();
        format!("../../recordings/{place}")
    };
    let media = vod.media_playlist(
        |segment| format!("{}/seg-{}.m4s", folder(segment.number), segment.number),
        |segment| format!("{}/init-{}.mp4", folder(segment.number), segment.init.number),
    );
    Ok(Some(Replay { vod, media: Text::new(media) }))
}
