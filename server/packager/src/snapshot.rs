//! The window at one moment: everything that readers may ask for. Never changes.

use std::sync::Arc;

use crate::{Config, Init, MediaTime, Part, Segment, WallTime};

/// The window at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(crate) config: Config,
    /// Longest part there is or will be; the same for the whole show.
    pub(crate) part_target: MediaTime,
    /// Segments that left the playlist and can still be fetched, oldest first.
    pub(crate) retired: Vec<Arc<Segment>>,
    /// Segments in the playlist, oldest first.
    pub(crate) listed: Vec<Arc<Segment>>,
    /// The segment that grows; none before its first part.
    pub(crate) open: Option<Arc<Segment>>,
    /// Number of the first listed segment, or of the first to come.
    pub(crate) first: u64,
    /// Discontinuities that have left the playlist.
    pub(crate) discontinuities: u64,
    /// Number of the part to come.
    pub(crate) next_part: u64,
    /// Nothing more will come.
    pub(crate) ended: bool,
    /// Frames in a thousand seconds, as the encoder said.
    pub(crate) millihertz: Option<u32>,
}

/// Where the stream grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The segment that grows.
    pub msn: u64,
    /// Its parts so far.
    pub parts: u64,
}

impl Snapshot {
    /// Where the stream grows.
    #[must_use]
    pub fn edge(&self) -> Edge {
        let msn = self.first.saturating_add(self.listed.len() as u64);
        Edge { msn, parts: self.open.as_ref().map_or(0, |segment| segment.parts.len() as u64) }
    }

    /// There is something to play.
    #[must_use]
    pub fn is_playable(&self) -> bool {
        self.newest().is_some()
    }

    /// Nothing more will come.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.ended
    }

    /// A whole segment.
    #[must_use]
    pub fn segment(&self, number: u64) -> Option<&Arc<Segment>> {
        let oldest = self.first.checked_sub(self.retired.len() as u64)?;
        let index = usize::try_from(number.checked_sub(oldest)?).ok()?;
        self.retired.iter().chain(&self.listed).nth(index)
    }

    /// The whole segments from this number on that are still there, oldest first.
    pub fn segments_from(&self, number: u64) -> impl Iterator<Item = &Arc<Segment>> {
        self.retired.iter().chain(&self.listed).filter(move |segment| segment.number >= number)
    }

    /// A part that is there.
    #[must_use]
    pub fn part(&self, number: u64) -> Option<&Arc<Part>> {
        let first = |segment: &Arc<Segment>| segment.parts.first().map_or(u64::MAX, |part| part.number);
        let segment = self.all().rev().find(|segment| first(segment) <= number)?;
        segment.parts.get(usize::try_from(number.checked_sub(first(segment))?).ok()?)
    }

    /// An initialization segment.
    #[must_use]
    pub fn init(&self, number: u64) -> Option<&Arc<Init>> {
        self.all().map(|segment| &segment.init).find(|init| init.number == number)
    }

    /// Number of the part to come, which the playlist hints at.
    #[must_use]
    pub const fn next_part(&self) -> u64 {
        self.next_part
    }

    /// When the newest picture ends, on the programme clock.
    #[must_use]
    pub fn newest_picture(&self) -> Option<WallTime> {
        let segment = self.newest()?;
        Some(WallTime(segment.program_time.0.saturating_add(segment.duration.millis())))
    }

    /// When the oldest listed picture begins, on the programme clock.
    #[must_use]
    pub fn window_start(&self) -> Option<WallTime> {
        self.listed.first().or(self.open.as_ref()).map(|segment| segment.program_time)
    }

    /// How many parts past the edge a request may be (6.2.5.2).
    #[must_use]
    pub fn advance_part_limit(&self) -> u64 {
        let target = u64::try_from(self.part_target.ticks()).unwrap_or(0).max(1);
        let second = u64::from(MediaTime::TIMESCALE);
        if target < second { (3 * second).div_ceil(target) } else { 3 }
    }

    pub(crate) fn newest(&self) -> Option<&Arc<Segment>> {
        self.open.as_ref().or(self.listed.last())
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = &Arc<Segment>> {
        self.retired.iter().chain(&self.listed).chain(&self.open)
    }
}
