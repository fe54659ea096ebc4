//! What RFC 8216bis asks of every playlist, and of every step from one to the next.

use std::time::Duration;

use container::read::{Init, Media as Fragments};
use playlist::{Media, Playlist};

use crate::{MediaTime, Snapshot};

fn parsed(snapshot: &Snapshot, skip: bool) -> Media {
    let text = snapshot.media_playlist(skip);
    match playlist::parse(&text) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}\n{text}"),
    }
}

/// One playlist by itself.
pub(super) fn check(snapshot: &Snapshot) {
    let media = parsed(snapshot, false);
    let text = media.to_string();
    let control = media.server_control.unwrap();
    let target = media.part_target.unwrap();
    assert_eq!(media.preload_hints.len(), usize::from(!media.end_list), "{text}");
    assert!(control.part_hold_back.unwrap() >= target * 3, "{text}");
    assert!(control.hold_back.unwrap() >= media.target_duration * 3, "{text}");
    assert!(control.can_skip_until.unwrap() >= media.target_duration * 6, "{text}");
    for segment in &media.segments {
        assert!(segment.duration < media.target_duration + Duration::from_millis(500), "{text}");
        assert!(segment.program_date_time.is_some() && segment.map.is_some(), "{text}");
        assert!(segment.parts.iter().all(|part| part.duration <= target), "{text}");
    }
    let mut numbers = snapshot.listed.iter().chain(&snapshot.open).flat_map(|s| &s.parts).map(|p| p.number);
    let first = numbers.next().unwrap();
    assert!((first + 1..snapshot.next_part).eq(numbers), "{text}");
    for pair in snapshot.listed.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        assert_eq!(before.number + 1, after.number);
        assert!(after.start >= before.end() && (after.discontinuity || after.start == before.end()));
        let programme = after.program_time.0 - before.program_time.0;
        assert!(after.discontinuity || (programme - before.duration.millis()).abs() <= 1, "{text}");
    }
    check_fragments(snapshot);
}

/// Decode times go on from part to part, and each segment begins with a picture that decodes alone unless it was forced.
fn check_fragments(snapshot: &Snapshot) {
    let Some(open) = &snapshot.open else { return };
    let init = Init::read(&open.init.data).unwrap();
    let mut ends = [0_u64; 3];
    for part in &open.parts {
        let media = Fragments::read(&part.data, &init).unwrap();
        assert_eq!((media.fragments.len(), media.consumed), (1, part.data.len()));
        for track in &media.fragments[0].tracks {
            let end = &mut ends[track.track_id as usize];
            assert!(track.base_decode_time >= *end, "{track:?} overlaps {end}");
            *end = track.base_decode_time + track.duration;
        }
    }
    let part_end = (open.start + open.duration).ticks() as u64;
    assert!(ends[1] == 0 || ends[1] <= part_end, "{ends:?} {part_end}");
}

/// From one playlist to the next: append, remove from the front, drop old parts, end (6.2.1).
pub(super) fn check_step(before: &Snapshot, after: &Snapshot) {
    assert_eq!(before.part_target, after.part_target);
    assert!(before.first <= after.first && before.next_part <= after.next_part);
    assert!(!before.ended || after.ended);
    let removed = before.listed.iter().take_while(|segment| segment.number < after.first);
    let gone = removed.filter(|segment| segment.discontinuity).count() as u64;
    assert_eq!(before.discontinuities + gone, after.discontinuities);
    for segment in &before.listed {
        assert_eq!(
            after.segment(segment.number),
            Some(segment),
            "a removed segment is fetched a while longer"
        );
    }
    if let Some(open) = &before.open {
        let now = after.segment(open.number).or(after.open.as_ref()).unwrap();
        assert_eq!(now.number, open.number);
        assert!(now.parts.starts_with(&open.parts) && now.discontinuity == open.discontinuity);
        assert_eq!((now.start, now.program_time), (open.start, open.program_time));
    }
    // A delta update needs version 9, the full playlist does not.
    let joined = parsed(after, true).apply_delta(&parsed(before, false)).unwrap();
    assert_eq!(Media { version: 6, ..joined }.to_string(), after.media_playlist(false));
    let window: i64 = after.listed.iter().map(|segment| segment.duration.ticks()).sum();
    assert!(after.retired.is_empty() || window >= after.config.window().ticks());
    assert!(MediaTime::from_ticks(window) <= after.config.window() + after.config.longest_segment());
}
