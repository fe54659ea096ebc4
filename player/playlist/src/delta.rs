//! Joins a delta update (`EXT-X-SKIP`) to the playlist before it.

use crate::{DateRange, DeltaError, Media, Segment};

impl Media {
    /// Joins this delta update to the playlist before it, and returns the full playlist. A playlist that skips nothing
    /// comes back as it is.
    ///
    /// # Errors
    /// [`DeltaError`] when the previous playlist does not hold the skipped segments whole.
    pub fn apply_delta(mut self, previous: &Media) -> Result<Media, DeltaError> {
        let Some(skip) = self.skip.take() else { return Ok(self) };
        let mut segments = skipped(previous, self.media_sequence, skip.segments)?;
        if let Some(last) = segments.last() {
            inherit(&mut self.segments, last);
        }
        segments.append(&mut self.segments);
        self.segments = segments;
        // A server that cannot skip date ranges has sent them all.
        if self.server_control.is_some_and(|control| control.can_skip_date_ranges) {
            let removed = skip.removed_date_ranges.unwrap_or_default();
            join_date_ranges(&mut self.date_ranges, &previous.date_ranges, &removed);
        }
        Ok(self)
    }
}

/// The skipped segments, from the previous playlist. Their parts are left behind: they are far from the live edge.
fn skipped(previous: &Media, first: u64, count: u64) -> Result<Vec<Segment>, DeltaError> {
    let held = |number| previous.index_of(number).and_then(|index| previous.segments.get(index));
    let whole = |number| held(number).filter(|segment| segment.uri.is_some());
    let segments = (first..first.saturating_add(count))
        .map_while(whole)
        .map(|segment| Segment { parts: Vec::new(), ..segment.clone() });
    let segments: Vec<_> = segments.collect();
    if segments.len() as u64 == count {
        return Ok(segments);
    }
    Err(DeltaError::Missing {
        first,
        last: first.saturating_add(count).saturating_sub(1),
        held_first: previous.segment_number(0),
        held_last: previous.next_number().saturating_sub(1),
    })
}

/// What was in force at the last skipped segment is in force until the update says otherwise.
fn inherit(segments: &mut [Segment], last: &Segment) {
    for segment in segments.iter_mut().take_while(|segment| segment.map.is_none()) {
        segment.map.clone_from(&last.map);
    }
    for segment in segments.iter_mut().take_while(|segment| segment.keys.is_empty()) {
        segment.keys.clone_from(&last.keys);
    }
    for segment in segments.iter_mut().take_while(|segment| segment.bitrate.is_none()) {
        segment.bitrate = last.bitrate;
    }
}

/// Puts the previous playlist's date ranges before the update's, without those that left or came anew.
fn join_date_ranges(update: &mut Vec<DateRange>, previous: &[DateRange], removed: &[String]) {
    let stays =
        |range: &&DateRange| !removed.contains(&range.id) && !update.iter().any(|new| new.id == range.id);
    let mut joined: Vec<_> = previous.iter().filter(stays).cloned().collect();
    joined.append(update);
    *update = joined;
}
