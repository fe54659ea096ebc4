use super::Stage;
use crate::history::History;
use protocol::{DanmakuMode, StreamTime, WHOLE, Zone};
use std::ops::Range;

/// Where the picture lies, seen from the stage: comments may fly over a part of it, or beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// Its left edge, in pixels from the stage's.
    pub left: f64,
    /// Its width in pixels.
    pub width: f64,
    /// Its top edge, in rows from the stage's.
    pub top: f64,
    /// Its height in rows.
    pub height: f64,
}

/// The zones that comments keep off, and when.
///
/// A row that a zone crosses takes no comment as long as the zone is there; one that would stand beside the zone is let
/// in. What is on its way when a zone comes up flies on until it would touch the zone, and ends there: before a zone is
/// there nothing gives way to it, or what viewers see would depend on how early they hear of it.
#[derive(Debug, Default)]
pub(super) struct Zones {
    changes: History<Vec<Zone>>,
    picture: Option<Picture>,
}

/// How a comment lies in its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) mode: DanmakuMode,
    pub(super) row: usize,
    pub(super) width: f64,
}

/// A zone on the stage: pixels and rows.
struct Area {
    left: f64,
    right: f64,
    rows: Range<f64>,
}

impl Zones {
    /// Adds a change; answers from when on it matters.
    pub(super) fn insert(&mut self, seq: u64, at: StreamTime, zones: Vec<Zone>) -> Option<StreamTime> {
        self.changes.insert(seq, at, zones)
    }

    /// Forgets all zones.
    pub(super) fn clear(&mut self) {
        self.changes = History::default();
    }

    /// Answers whether that is news.
    pub(super) fn set_picture(&mut self, picture: Picture) -> bool {
        let before = self.picture.replace(picture);
        before != Some(picture)
    }

    /// Whether a comment touches no zone at any time.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The first moment in `within` at which no zone keeps the row from taking a comment.
    pub(super) fn opens(&self, stage: &Stage, span: Span, within: Range<StreamTime>) -> Option<StreamTime> {
        for (since, until, zones) in self.sets(within.start) {
            let moment = since.max(within.start);
            if moment >= within.end {
                return None;
            }
            if until > moment && !zones.iter().any(|zone| self.area(stage, zone).closes(stage, span)) {
                return Some(moment);
            }
        }
        None
    }

    /// When a comment that sets out at `launch` would first touch a zone, if before `end`.
    pub(super) fn cut(
        &self,
        stage: &Stage,
        span: Span,
        launch: StreamTime,
        end: StreamTime,
    ) -> Option<StreamTime> {
        let sets = self.sets(launch).take_while(|(since, ..)| *since < end);
        let touches = sets.flat_map(|(since, until, zones)| {
            zones.iter().filter_map(move |zone| {
                let over = self.area(stage, zone).passed(stage, span)?;
                let (from, to) = (launch.plus(over.start), launch.plus(over.end));
                let touch = from.max(since).max(launch);
                (touch < to.min(until).min(end)).then_some(touch)
            })
        });
        touches.min()
    }

    /// The sets in force from `from` on, each with its time; before the first there are none.
    fn sets(&self, from: StreamTime) -> impl Iterator<Item = (StreamTime, StreamTime, &[Zone])> {
        const FOREVER: StreamTime = StreamTime(i64::MAX);
        let first = self.changes.since(from).next().map_or(FOREVER, |(since, _)| since);
        let before = (StreamTime(i64::MIN), first, [].as_slice());
        let ends = self.changes.since(from).skip(1).map(|(since, _)| since).chain([FOREVER]);
        let sets =
            self.changes.since(from).zip(ends).map(|((since, zones), end)| (since, end, zones.as_slice()));
        std::iter::once(before).chain(sets).filter(move |(_, end, _)| *end > from)
    }

    fn area(&self, stage: &Stage, zone: &Zone) -> Area {
        let rows = stage.rows as f64;
        let whole = Picture { left: 0.0, width: stage.width, top: 0.0, height: rows };
        let picture = self.picture.unwrap_or(whole);
        let part = |thousandths: u16| f64::from(thousandths) / f64::from(WHOLE);
        let left = picture.left + picture.width * part(zone.x);
        let top = picture.top + picture.height * part(zone.y);
        Area {
            left,
            right: left + picture.width * part(zone.w),
            rows: top..top + picture.height * part(zone.h),
        }
    }
}

impl Area {
    /// Whether it keeps a comment from setting out.
    fn closes(&self, stage: &Stage, span: Span) -> bool {
        let beside = match span.mode {
            DanmakuMode::Scroll | DanmakuMode::Reverse => self.right <= 0.0 || self.left >= stage.width,
            _ => self.passed(stage, span).is_none(),
        };
        self.crosses(span.row) && !beside
    }

    fn crosses(&self, row: usize) -> bool {
        let top = row as f64;
        self.rows.start < top + 1.0 && top < self.rows.end
    }

    /// While a comment is over it, in milliseconds since its launch; none when it never is.
    fn passed(&self, stage: &Stage, span: Span) -> Option<Range<i64>> {
        if !self.crosses(span.row) {
            return None;
        }
        let duration = stage.duration(span.mode);
        // Seen from where it comes in: when its head is at the near edge, and its tail has left the far one.
        let (near, far) = match span.mode {
            DanmakuMode::Scroll => (stage.width - self.right, stage.width - self.left),
            DanmakuMode::Reverse => (self.left, self.right),
            _ => {
                let left = stage.standing_left(span.mode, span.width);
                return (left < self.right && self.left < left + span.width).then_some(0..duration);
            }
        };
        let speed = (stage.width + span.width) / duration as f64;
        let (from, to) = (near / speed, (far + span.width) / speed);
        Some(from.floor() as i64..to.ceil() as i64)
    }
}
