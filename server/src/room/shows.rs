//! The shows of a room, as its log has them: a show is what happened from the end of the one before to its own.

pub mod api;
pub mod bundle;
pub mod comments;

use protocol::{Event, EventBody, ServerTime, StreamTime};

use crate::store::{self, Db, StoreError};

/// A show's place in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Number of the event that began it.
    pub id: u64,
    /// Number of the last event of the show before; 0 without one.
    pub after: u64,
    /// Number of its last event; none while it is on.
    pub last: Option<u64>,
    /// When the show before ended, on the server's clock.
    pub begun_after: ServerTime,
    /// When it ended, on the server's clock.
    pub ended: Option<ServerTime>,
    /// Its first picture, as far as the log knows.
    pub start: StreamTime,
    /// Its last picture.
    pub end: Option<StreamTime>,
}

impl Span {
    /// Whether what was first packaged at `time` is of this show.
    pub fn has(&self, time: ServerTime) -> bool {
        self.begun_after < time && self.ended.is_none_or(|ended| time <= ended)
    }
}

/// Every show of a room, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn spans(db: &mut Db, room: &str) -> Result<Vec<Span>, StoreError> {
    Ok(fold(&store::log::bounds(db, room).await?))
}

/// One show of a room.
///
/// # Errors
/// When the store fails.
pub async fn span(db: &mut Db, room: &str, show: u64) -> Result<Option<Span>, StoreError> {
    Ok(spans(db, room).await?.into_iter().find(|span| span.id == show))
}

fn fold(bounds: &[Event]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let (mut after, mut begun_after) = (0, ServerTime(i64::MIN));
    for event in bounds {
        let on = spans.last_mut().filter(|span| span.last.is_none());
        match (&event.body, on) {
            (EventBody::PublisherOn, None) => spans.push(Span {
                id: event.seq,
                after,
                last: None,
                begun_after,
                ended: None,
                start: event.at,
                end: None,
            }),
            (EventBody::ShowEnded, Some(show)) => {
                show.last = Some(event.seq);
                show.ended = Some(event.time);
                show.end = Some(event.at);
                (after, begun_after) = (event.seq, event.time);
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: u64, body: EventBody) -> Event {
        let at = i64::try_from(seq).unwrap() * 1_000;
        Event { seq, time: ServerTime(at + 300), at: StreamTime(at), body }
    }

    #[test]
    fn a_show_goes_from_its_first_publisher_over_breaks_to_its_end() {
        use EventBody::{PublisherOn, ShowEnded};
        let log = [(3, PublisherOn), (9, PublisherOn), (12, ShowEnded), (20, PublisherOn)];
        let shows = fold(&log.map(|(seq, body)| event(seq, body)));
        assert_eq!(
            shows.iter().map(|s| (s.id, s.after, s.last)).collect::<Vec<_>>(),
            [(3, 0, Some(12)), (20, 12, None)]
        );
        assert_eq!((shows[0].start, shows[0].end), (StreamTime(3_000), Some(StreamTime(12_000))));
        assert!(shows[0].has(ServerTime(12_300)) && !shows[1].has(ServerTime(12_300)));
        assert!(!shows[0].has(ServerTime(12_301)) && shows[1].has(ServerTime(12_301)));
    }
}
