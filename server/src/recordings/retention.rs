//! Forgets recordings that are old enough.

use std::io;
use std::time::Duration;

use protocol::ServerTime;
use tokio_util::sync::CancellationToken;

use super::{Place, Recordings, Replays};
use crate::clock::now;

/// How often is looked: recordings are kept for days.
const LOOK: Duration = Duration::from_secs(3_600);

/// Removes recordings once they are `days` old, until `shutdown`. Those that are being written stay.
pub async fn keep_for(replays: Replays, days: u32, shutdown: CancellationToken) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = looks.tick() => {}
        }
        let recordings = replays.recordings().clone();
        let looked = tokio::task::spawn_blocking(move || recordings.forget_old(days, now())).await;
        match looked {
            Ok(Ok(0)) => {}
            Ok(Ok(count)) => {
                replays.forget();
                tracing::info!(count, days, "Recordings that were old enough are removed");
            }
            Ok(Err(error)) => tracing::error!(%error, "Old recordings could not be looked for"),
            Err(error) => tracing::error!(%error, "Looking for old recordings broke off"),
        }
    }
}

impl Recordings {
    /// Removes recordings that ended `days` or more before `now`. How many it removed.
    fn forget_old(&self, days: u32, now: ServerTime) -> io::Result<usize> {
        let until = now.0.saturating_sub(i64::from(days) * 86_400_000);
        let mut count = 0;
        for room in self.storage.rooms()? {
            for number in self.of_room(&room)? {
                let Some(place) = Place::new(&room, number) else { continue };
                let begun = i64::try_from(number).unwrap_or(i64::MAX);
                let ended = || Ok::<_, io::Error>(self.load(&place)?.end().map_or(begun, |end| end.0));
                if begun < until && !self.is_open(&place) && ended()? <= until {
                    self.storage.remove(&place)?;
                    count += 1;
                }
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::File;
    use bytes::Bytes;

    #[test]
    fn a_recording_is_forgotten_once_it_is_so_many_days_old() {
        let folder = tempfile::tempdir().unwrap();
        let recordings = Recordings::in_folder(folder.path());
        let day = 86_400_000;
        for number in [day, 5 * day] {
            let place = Place::new("tea", number).unwrap();
            recordings.storage.put(&place, File::Init(1), &[Bytes::from_static(b"i")]).unwrap();
        }
        let after = |days: u64| ServerTime((days * day).cast_signed());
        assert_eq!(recordings.forget_old(7, after(7)).unwrap(), 0);
        assert_eq!(recordings.forget_old(7, after(9)).unwrap(), 1);
        assert_eq!(recordings.of_room("tea").unwrap(), [5 * day]);
    }
}
