//! The sliding window: parts and segments come at one end and go at the other. Decides nothing about where to cut.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::snapshot::Snapshot;
use crate::{Config, Init, MediaTime, PackagerError, Part, Segment, WallTime};

/// The sliding window of one show.
#[derive(Debug)]
pub(crate) struct Window {
    config: Config,
    retired: VecDeque<Arc<Segment>>,
    listed: VecDeque<Arc<Segment>>,
    open: Option<Segment>,
    /// Number of the segment that grows, or of the next to come.
    next_segment: u64,
    first_part: u64,
    next_part: u64,
    /// Longest part; fixed before the first, since players give up when it changes.
    part_target: Option<MediaTime>,
    discontinuities: u64,
    bytes: usize,
}

/// How a segment begins.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) start: MediaTime,
    pub(crate) program_time: WallTime,
    pub(crate) discontinuity: bool,
    pub(crate) init: Arc<Init>,
}

/// A part without its number.
#[derive(Debug)]
pub(crate) struct NewPart {
    /// As listed.
    pub(crate) duration: MediaTime,
    /// Where the next part begins.
    pub(crate) end: MediaTime,
    pub(crate) independent: bool,
    pub(crate) pictures: u32,
    pub(crate) data: bytes::Bytes,
}

impl Window {
    pub(crate) fn new(config: Config, first_segment: u64, first_part: u64) -> Self {
        Self {
            config,
            retired: VecDeque::new(),
            listed: VecDeque::new(),
            open: None,
            next_segment: first_segment,
            first_part,
            next_part: first_part,
            part_target: None,
            discontinuities: 0,
            bytes: 0,
        }
    }

    /// Adds a part. `opening` begins a segment where none is open.
    pub(crate) fn push(
        &mut self,
        part: NewPart,
        opening: impl FnOnce() -> Opening,
    ) -> Result<(), PackagerError> {
        let open = self.open.get_or_insert_with(|| {
            let Opening { start, program_time, discontinuity, init } = opening();
            let number = self.next_segment;
            let duration = MediaTime::ZERO;
            Segment { number, start, program_time, duration, discontinuity, init, parts: Vec::new() }
        });
        self.bytes += part.data.len();
        open.duration = part.end - open.start;
        open.parts.push(Arc::new(Part {
            number: self.next_part,
            duration: part.duration,
            independent: part.independent,
            pictures: part.pictures,
            data: part.data,
        }));
        self.next_part += 1;
        self.shed()
    }

    /// The open segment is whole.
    pub(crate) fn end_segment(&mut self) {
        if let Some(segment) = self.open.take() {
            self.listed.push_back(Arc::new(segment));
            self.next_segment += 1;
            self.slide();
        }
    }

    /// Media time after the last part.
    pub(crate) fn end(&self) -> MediaTime {
        let listed = self.listed.back().map(|segment| segment.end());
        self.open.as_ref().map(Segment::end).or(listed).unwrap_or_default()
    }

    /// Number of the part to come.
    pub(crate) const fn next_part(&self) -> u64 {
        self.next_part
    }

    /// Number for the next fragment (`mfhd`), from 1.
    pub(crate) fn next_fragment(&self) -> u32 {
        u32::try_from((self.next_part - self.first_part + 1) & 0xffff_ffff).unwrap_or(1)
    }

    /// The longest part: what the configuration means it to be, or one picture where pictures are rarer.
    pub(crate) fn part_target(&mut self, picture: MediaTime) -> MediaTime {
        let longer = MediaTime::from_ticks(picture.ticks().saturating_mul(11) / 10);
        *self.part_target.get_or_insert(self.config.part_target().max(longer.min(self.config.target())))
    }

    pub(crate) fn snapshot(&self, ended: bool, millihertz: Option<u32>) -> Snapshot {
        Snapshot {
            config: self.config,
            part_target: self.part_target.unwrap_or_else(|| self.config.part_target()),
            retired: self.retired.iter().cloned().collect(),
            listed: self.listed.iter().cloned().collect(),
            open: self.open.clone().map(Arc::new),
            first: self.next_segment - self.listed.len() as u64,
            discontinuities: self.discontinuities,
            next_part: self.next_part,
            ended,
            millihertz,
        }
    }

    /// Segments leave the playlist when it is long enough without them, and can be fetched for as long again (6.2.2).
    fn slide(&mut self) {
        let window = self.config.window();
        let mut total: i64 = self.listed.iter().map(|segment| segment.duration.ticks()).sum();
        while let Some(oldest) = self.listed.front()
            && total - oldest.duration.ticks() >= window.ticks()
        {
            total -= oldest.duration.ticks();
            self.retire();
        }
        let keep = window.ticks() + self.config.longest_segment().ticks();
        while let Some(first) = self.listed.front().map(|segment| segment.start)
            && let Some(oldest) = self.retired.front()
            && (first - oldest.end()).ticks() > keep
        {
            self.forget();
        }
    }

    fn retire(&mut self) {
        if let Some(segment) = self.listed.pop_front() {
            self.discontinuities += u64::from(segment.discontinuity);
            self.retired.push_back(segment);
        }
    }

    fn forget(&mut self) {
        if let Some(segment) = self.retired.pop_front() {
            self.bytes = self.bytes.saturating_sub(segment.size());
        }
    }

    /// Too many bytes: the oldest go first, listed or not.
    fn shed(&mut self) -> Result<(), PackagerError> {
        let limit = self.config.max_bytes;
        while self.bytes > limit {
            if self.retired.is_empty() {
                if self.listed.is_empty() {
                    return Err(PackagerError::TooHeavy { limit });
                }
                self.retire();
            }
            self.forget();
        }
        Ok(())
    }
}
