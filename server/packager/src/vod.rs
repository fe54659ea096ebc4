//! A show that is over as playlists: the segments that were packaged, in their order, with the holes that a recording has.
//! Reads no file and knows no address: the caller names each.

use std::sync::Arc;
use std::time::Duration;

use container::avc::Dimensions;
use playlist::{Map, Media, Multivariant, PlaylistType, ProgramDateTime, Resolution, StreamInfo, Variant};

use crate::{Init, MediaTime, Segment, WallTime};

/// A segment without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Media sequence number.
    pub number: u64,
    /// When its first sample is presented, on the programme clock.
    pub program_time: WallTime,
    /// To the start of the next segment.
    pub duration: MediaTime,
    /// It does not follow from the segment before.
    pub discontinuity: bool,
    /// What decodes it.
    pub init: Arc<RecordedInit>,
    /// Bytes of it.
    pub bytes: u64,
    /// Pictures in it.
    pub pictures: u32,
    /// It was packaged and could not be kept.
    pub lost: bool,
}

/// An initialization segment without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedInit {
    /// Number in its address.
    pub number: u64,
    /// Value of `CODECS`.
    pub codecs: String,
    /// Size of the picture, if there is one.
    pub dimensions: Option<Dimensions>,
}

impl From<&Init> for RecordedInit {
    fn from(init: &Init) -> Self {
        Self { number: init.number, codecs: init.codecs.clone(), dimensions: init.dimensions }
    }
}

impl From<&Segment> for Recorded {
    fn from(segment: &Segment) -> Self {
        Self {
            number: segment.number,
            program_time: segment.program_time,
            duration: segment.duration,
            discontinuity: segment.discontinuity,
            init: Arc::new(RecordedInit::from(&*segment.init)),
            bytes: segment.size() as u64,
            pictures: segment.pictures(),
            lost: false,
        }
    }
}

/// Recordings of one show, one after another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vod {
    segments: Vec<Recorded>,
}

impl Vod {
    /// Adds a recording's next segment. Where numbers are missing nobody knows what was there: a discontinuity.
    pub fn push(&mut self, mut segment: Recorded) {
        if let Some(last) = self.segments.last() {
            segment.discontinuity |= segment.number != last.number.saturating_add(1);
        }
        self.segments.push(segment);
    }

    /// Adds the segments of another recording of the same show: its timeline begins anew.
    pub fn append(&mut self, recording: Self) {
        let mut segments = recording.segments;
        if let Some(first) = segments.first_mut() {
            first.discontinuity |= !self.segments.is_empty();
        }
        self.segments.extend(segments);
    }

    /// What there is, in order.
    #[must_use]
    pub fn segments(&self) -> &[Recorded] {
        &self.segments
    }

    /// How long it plays, holes included.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.segments.iter().map(|segment| segment.duration.duration()).sum()
    }

    /// The moment of its first picture, on the programme clock.
    #[must_use]
    pub fn begin(&self) -> Option<WallTime> {
        self.segments.first().map(|segment| segment.program_time)
    }

    /// The moment after its last picture, on the programme clock.
    #[must_use]
    pub fn end(&self) -> Option<WallTime> {
        self.segments.last().map(|last| WallTime(last.program_time.0.saturating_add(last.duration.millis())))
    }

    /// Where a moment of the programme clock is in it, from its start. A moment that was never shown is where the
    /// pictures go on.
    #[must_use]
    pub fn position(&self, at: WallTime) -> Duration {
        let mut position = Duration::ZERO;
        for segment in &self.segments {
            let into = MediaTime::from_millis(at.0.saturating_sub(segment.program_time.0));
            if into < segment.duration {
                return position.saturating_add(into.duration());
            }
            position = position.saturating_add(segment.duration.duration());
        }
        position
    }

    /// The moment of the programme clock that is shown at a place from its start; none where there is nothing.
    #[must_use]
    pub fn moment(&self, position: Duration) -> Option<WallTime> {
        let mut left = position;
        for segment in &self.segments {
            let duration = segment.duration.duration();
            if left < duration {
                let millis = i64::try_from(left.as_millis()).unwrap_or(i64::MAX);
                return Some(WallTime(segment.program_time.0.saturating_add(millis)));
            }
            left = left.saturating_sub(duration);
        }
        None
    }

    /// Text of the media playlist. `segment` and `init` give the addresses.
    #[must_use]
    pub fn media_playlist(
        &self,
        segment: impl Fn(&Recorded) -> String,
        init: impl Fn(&Recorded) -> String,
    ) -> String {
        // Rounded to the nearest second no segment is longer (RFC 8216bis 4.4.3.1).
        let rounded = |segment: &Recorded| (segment.duration.ticks() + 45_000).div_euclid(90_000);
        let target = self.segments.iter().map(rounded).max().unwrap_or(1).max(1);
        let entry = |recorded: &Recorded| playlist::Segment {
            uri: Some(segment(recorded)),
            duration: recorded.duration.duration(),
            map: Some(Arc::new(Map { uri: init(recorded), byte_range: None })),
            program_date_time: Some(ProgramDateTime::from_millis(recorded.program_time.0)),
            discontinuity: recorded.discontinuity,
            gap: recorded.lost,
            ..playlist::Segment::default()
        };
        let media = Media {
            // 8 for EXT-X-GAP, 6 for EXT-X-MAP (section 8).
            version: if self.segments.iter().any(|segment| segment.lost) { 8 } else { 6 },
            target_duration: Duration::from_secs(u64::try_from(target).unwrap_or(1)),
            playlist_type: Some(PlaylistType::Vod),
            end_list: true,
            segments: self.segments.iter().map(entry).collect(),
            ..Media::default()
        };
        media.to_string()
    }

    /// Text of the multivariant playlist; `None` when there is nothing to play. `media` is the media playlist's address.
    #[must_use]
    pub fn multivariant_playlist(&self, media: &str) -> Option<String> {
        let kept = || self.segments.iter().filter(|segment| !segment.lost);
        let last = kept().next_back()?;
        let rate = |bytes: u64, time: Duration| {
            let rate = u128::from(bytes) * 8 * 1_000 / time.as_millis().max(1);
            u64::try_from(rate).unwrap_or(u64::MAX).max(1)
        };
        let peak = kept().map(|segment| rate(segment.bytes, segment.duration.duration())).max().unwrap_or(1);
        let bytes = kept().map(|segment| segment.bytes).sum();
        let time: Duration = kept().map(|segment| segment.duration.duration()).sum();
        let pictures: u64 = kept().map(|segment| u64::from(segment.pictures)).sum();
        let size = last.init.dimensions;
        let info = StreamInfo {
            bandwidth: peak,
            average_bandwidth: Some(rate(bytes, time)),
            codecs: Some(last.init.codecs.clone()),
            resolution: size.map(|size| Resolution { width: size.width, height: size.height }),
            ..StreamInfo::default()
        };
        let frame_rate = pictures as f64 / time.as_secs_f64();
        let variant = Variant {
            uri: media.to_owned(),
            info,
            frame_rate: size
                .filter(|_| frame_rate.is_finite())
                .map(|_| (frame_rate * 1_000.0).round() / 1_000.0),
            ..Variant::default()
        };
        let playlist = Multivariant { version: 6, variants: vec![variant], ..Multivariant::default() };
        Some(playlist.to_string())
    }
}

#[cfg(test)]
mod tests;
