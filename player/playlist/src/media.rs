//! A media playlist: the segments of one rendition.

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use crate::decimal::Seconds;
use crate::{
    DateRange, Define, PreloadHint, ProgramDateTime, RenditionReport, Segment, ServerControl, Skip, Start,
};

/// A media playlist (RFC 8216bis 4.4.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Media {
    /// `EXT-X-VERSION`; 1 when absent.
    pub version: u64,
    /// `EXT-X-TARGETDURATION`, whole seconds; written rounded up.
    pub target_duration: Duration,
    /// `EXT-X-MEDIA-SEQUENCE`: number of the first segment of the full playlist, skipped ones included.
    pub media_sequence: u64,
    /// `EXT-X-DISCONTINUITY-SEQUENCE`: discontinuities that have left the window.
    pub discontinuity_sequence: u64,
    /// `EXT-X-PLAYLIST-TYPE`; live playlists have none.
    pub playlist_type: Option<PlaylistType>,
    /// `EXT-X-INDEPENDENT-SEGMENTS`.
    pub independent_segments: bool,
    /// `EXT-X-I-FRAMES-ONLY`.
    pub i_frames_only: bool,
    /// `EXT-X-ENDLIST`: nothing more will come.
    pub end_list: bool,
    /// `EXT-X-START`: where to begin.
    pub start: Option<Start>,
    /// `EXT-X-SERVER-CONTROL`.
    pub server_control: Option<ServerControl>,
    /// `EXT-X-PART-INF`: no part is longer.
    pub part_target: Option<Duration>,
    /// `EXT-X-SKIP`: this is a delta update; see [`Media::apply_delta`].
    pub skip: Option<Skip>,
    /// Segments after the skipped ones. The last may have parts and no URI yet.
    pub segments: Vec<Segment>,
    /// `EXT-X-PRELOAD-HINT`, at most one of each kind.
    pub preload_hints: Vec<PreloadHint>,
    /// `EXT-X-RENDITION-REPORT`.
    pub rendition_reports: Vec<RenditionReport>,
    /// `EXT-X-DATERANGE`.
    pub date_ranges: Vec<DateRange>,
    /// `EXT-X-DEFINE`; references are replaced already where the text used them.
    pub defines: Vec<Define>,
}

/// `EXT-X-PLAYLIST-TYPE` (4.4.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaylistType {
    /// Segments are only ever added.
    Event,
    /// Nothing changes.
    Vod,
}

impl Media {
    /// Number of the segment at `index` of [`Media::segments`].
    #[must_use]
    pub fn segment_number(&self, index: usize) -> u64 {
        let skipped = self.skip.as_ref().map_or(0, |skip| skip.segments);
        self.media_sequence.saturating_add(skipped).saturating_add(index as u64)
    }

    /// Number of the segment after the last listed one.
    #[must_use]
    pub fn next_number(&self) -> u64 {
        self.segment_number(self.segments.len())
    }

    /// Index in [`Media::segments`] of a segment number; `None` when it is outside, or skipped.
    #[must_use]
    pub fn index_of(&self, number: u64) -> Option<usize> {
        let index = usize::try_from(number.checked_sub(self.segment_number(0))?).ok()?;
        (index < self.segments.len()).then_some(index)
    }

    /// Discontinuity number of the segment at `index`: two segments with one number share a timeline. In a delta update
    /// discontinuities among the skipped segments are not counted: join it first.
    #[must_use]
    pub fn discontinuity_number(&self, index: usize) -> u64 {
        let passed = self.segments.iter().take(index.saturating_add(1)).filter(|s| s.discontinuity).count();
        self.discontinuity_sequence.saturating_add(passed as u64)
    }

    /// When the segment at `index` begins on the programme clock: its own tag, else worked out from the nearest tag
    /// before it (or, failing that, after it) by adding durations.
    #[must_use]
    pub fn program_date_time(&self, index: usize) -> Option<ProgramDateTime> {
        let known = |at: usize| Some((at, self.segments.get(at)?.program_date_time?));
        let length = |range: Range<usize>| {
            let segments = self.segments.get(range).unwrap_or_default();
            let sum =
                segments.iter().fold(Duration::ZERO, |sum, segment| sum.saturating_add(segment.duration));
            i64::try_from(sum.as_millis()).unwrap_or(i64::MAX)
        };
        self.segments.get(index)?;
        let before = (0..=index).rev().find_map(known);
        let before = before.map(|(at, time)| time.millis().saturating_add(length(at..index)));
        let after = || (index..self.segments.len()).find_map(known);
        let millis =
            before.or_else(|| after().map(|(at, time)| time.millis().saturating_sub(length(index..at))))?;
        Some(ProgramDateTime::from_millis(millis))
    }

    /// Duration of the listed segments, parts of an unfinished one included.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.segments.iter().fold(Duration::ZERO, |sum, segment| sum.saturating_add(segment.duration))
    }
}

impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_head(f)?;
        let mut previous = &Segment::default();
        for segment in &self.segments {
            segment.write(f, previous)?;
            previous = segment;
        }
        write_lines(f, &self.preload_hints)?;
        write_lines(f, &self.rendition_reports)?;
        if self.end_list { f.write_str("#EXT-X-ENDLIST\n") } else { Ok(()) }
    }
}

impl Media {
    /// What stands before the first segment.
    fn write_head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_common(f, self.version, &self.defines, self.independent_segments, self.start)?;
        let whole_seconds =
            self.target_duration.as_secs() + u64::from(self.target_duration.subsec_nanos() > 0);
        writeln!(f, "#EXT-X-TARGETDURATION:{whole_seconds}")?;
        write_lines(f, &self.server_control)?;
        if let Some(target) = self.part_target {
            writeln!(f, "#EXT-X-PART-INF:PART-TARGET={}", Seconds(target))?;
        }
        writeln!(f, "#EXT-X-MEDIA-SEQUENCE:{}", self.media_sequence)?;
        // A playlist whose segments may leave says so even while none has left with a discontinuity.
        if self.discontinuity_sequence > 0 || (self.playlist_type.is_none() && !self.end_list) {
            writeln!(f, "#EXT-X-DISCONTINUITY-SEQUENCE:{}", self.discontinuity_sequence)?;
        }
        if let Some(kind) = self.playlist_type {
            writeln!(f, "#EXT-X-PLAYLIST-TYPE:{}", if kind == PlaylistType::Vod { "VOD" } else { "EVENT" })?;
        }
        if self.i_frames_only {
            f.write_str("#EXT-X-I-FRAMES-ONLY\n")?;
        }
        write_lines(f, &self.skip)?;
        write_lines(f, &self.date_ranges)
    }
}

impl PlaylistType {
    /// Another type counts as none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text {
            "EVENT" => Some(Self::Event),
            "VOD" => Some(Self::Vod),
            _ => None,
        }
    }
}

/// What both kinds of playlist begin with.
pub(crate) fn write_common(
    f: &mut fmt::Formatter<'_>,
    version: u64,
    defines: &[Define],
    independent_segments: bool,
    start: Option<Start>,
) -> fmt::Result {
    f.write_str("#EXTM3U\n")?;
    if version > 1 {
        writeln!(f, "#EXT-X-VERSION:{version}")?;
    }
    write_lines(f, defines)?;
    if independent_segments {
        f.write_str("#EXT-X-INDEPENDENT-SEGMENTS\n")?;
    }
    write_lines(f, &start)
}

/// Each tag on its own line.
pub(crate) fn write_lines<'a, T: fmt::Display + 'a>(
    f: &mut fmt::Formatter<'_>,
    tags: impl IntoIterator<Item = &'a T>,
) -> fmt::Result {
    tags.into_iter().try_for_each(|tag| writeln!(f, "{tag}"))
}
