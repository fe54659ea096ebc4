//! A snapshot as a media playlist (RFC 8216bis 4.4.3).

use std::sync::Arc;

use playlist::{HintKind, Map, Media, PreloadHint, ProgramDateTime, ServerControl, Skip};

use crate::{MediaTime, Segment, Snapshot};

impl Snapshot {
    /// Text of the media playlist, as a delta update when `skip` is set and there is something to skip.
    #[must_use]
    pub fn media_playlist(&self, skip: bool) -> String {
        self.media(skip).to_string()
    }

    fn media(&self, skip: bool) -> Media {
        let skipped = if skip { self.skippable() } else { 0 };
        let shown: Vec<_> = self.listed.iter().chain(&self.open).skip(skipped).collect();
        let mut media = Media {
            // 9 for EXT-X-SKIP, 6 for EXT-X-MAP (section 8).
            version: if skipped > 0 { 9 } else { 6 },
            target_duration: self.config.target().duration(),
            media_sequence: self.first,
            discontinuity_sequence: self.discontinuities,
            end_list: self.ended,
            part_target: Some(self.part_target.duration()),
            server_control: Some(self.server_control()),
            skip: (skipped > 0).then_some(Skip { segments: skipped as u64, removed_date_ranges: None }),
            ..Media::default()
        };
        let with_parts = self.first_with_parts().saturating_sub(skipped);
        for (index, segment) in shown.iter().enumerate() {
            let whole = skipped + index < self.listed.len();
            media.segments.push(entry(segment, whole || self.ended, index >= with_parts));
        }
        if !self.ended {
            let uri = format!("part-{}.m4s", self.next_part);
            media.preload_hints.push(PreloadHint { kind: HintKind::Part, uri, start: 0, length: None });
        }
        media
    }

    fn server_control(&self) -> ServerControl {
        let target = self.config.target();
        let times = |time: MediaTime, count| MediaTime::from_ticks(time.ticks() * count).duration();
        ServerControl {
            can_block_reload: true,
            can_skip_until: Some(times(target, 6)),
            can_skip_date_ranges: false,
            hold_back: Some(times(target, 3)),
            part_hold_back: Some(times(self.part_target, 3)),
        }
    }

    /// How many segments lie further from the end of the last whole segment than the skip boundary (6.2.5.1).
    fn skippable(&self) -> usize {
        let Some(end) = self.listed.last().map(|segment| segment.end()) else { return 0 };
        let boundary = self.config.target().ticks() * 6;
        self.listed.iter().take_while(|segment| (end - segment.end()).ticks() > boundary).count()
    }

    /// Parts are listed for three target durations (4.4.4.9).
    fn first_with_parts(&self) -> usize {
        let Some(end) = self.newest().map(|segment| segment.end()) else { return 0 };
        let near = self.config.target().ticks() * 3;
        self.listed.iter().take_while(|segment| (end - segment.end()).ticks() >= near).count()
    }
}

fn entry(segment: &Arc<Segment>, whole: bool, with_parts: bool) -> playlist::Segment {
    let parts = segment.parts.iter().filter(|_| with_parts).map(|part| playlist::Part {
        uri: format!("part-{}.m4s", part.number),
        duration: part.duration.duration(),
        independent: part.independent,
        ..playlist::Part::default()
    });
    playlist::Segment {
        uri: whole.then(|| format!("seg-{}.m4s", segment.number)),
        duration: segment.duration.duration(),
        parts: parts.collect(),
        map: Some(Arc::new(Map { uri: format!("init-{}.mp4", segment.init.number), byte_range: None })),
        program_date_time: Some(ProgramDateTime::from_millis(segment.program_time.0)),
        discontinuity: segment.discontinuity,
        ..playlist::Segment::default()
    }
}
