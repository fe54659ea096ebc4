use super::{
    Rules, Stage,
    comment::Waiting,
    cursor::Cursor,
    zones::{Span, Zones},
};
use protocol::{DanmakuMode, StreamTime};

/// How long a comment waits for a free row.
pub const HOLD_MS: i64 = 1_500;

/// How long the viewer's own comment waits for a free row: they look for it.
pub const OWN_HOLD_MS: i64 = 6_000;

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It flies.
    Flies { row: usize, launch: StreamTime },
    /// It is counted with the comment of this index.
    Merged { into: usize },
    /// It is in the list only.
    Dropped,
    /// The viewer does not want to see it.
    Blocked,
}

/// Fates of comments in their order: each depends on those before it only.
#[derive(Debug)]
pub(super) struct Layout {
    stage: Stage,
    fates: Vec<Fate>,
    /// What the next fate depends on; none when it must be found again from the fates.
    cursor: Option<Cursor>,
}

/// What fates depend on beside the comments.
#[derive(Clone, Copy)]
pub(super) struct Law<'a> {
    pub(super) rules: &'a Rules,
    pub(super) zones: &'a Zones,
}

impl Layout {
    pub(super) const fn new(stage: Stage) -> Self {
        Self { stage, fates: Vec::new(), cursor: None }
    }

    pub(super) const fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn fate(&self, index: usize) -> Option<Fate> {
        self.fates.get(index).copied()
    }

    /// How many comments the one of this index stands for, as far as fates are decided.
    pub(super) fn stand_for(&self, index: usize) -> u32 {
        let after = self.fates.iter().skip(index.saturating_add(1));
        let merged = after.filter(|fate| matches!(fate, Fate::Merged { into } if *into == index)).count();
        u32::try_from(merged).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Forgets all fates but the first `count`.
    pub(super) fn keep(&mut self, count: usize) {
        if count < self.fates.len() {
            self.fates.truncate(count);
            self.cursor = None;
        }
    }

    /// Forgets the first `count` comments, and keeps the fates of the others as they are.
    pub(super) fn forget(&mut self, count: usize) {
        self.fates.drain(..count.min(self.fates.len()));
        for fate in &mut self.fates {
            if let Fate::Merged { into } = fate {
                // One that is forgotten no longer flies, so that nobody looks for it.
                *into = into.checked_sub(count).unwrap_or(usize::MAX);
            }
        }
        self.cursor = None;
    }

    /// Decides the fates of the first `end` of `comments`.
    pub(super) fn extend(&mut self, comments: &[Waiting], end: usize, law: Law<'_>) {
        if self.fates.len() >= end {
            return;
        }
        let mut cursor =
            self.cursor.take().unwrap_or_else(|| Cursor::found_again(&self.stage, comments, &self.fates));
        for waiting in comments.iter().take(end).skip(self.fates.len()) {
            cursor.reach(waiting.start);
            let fate = self.decide(&mut cursor, comments, waiting, law);
            if let Fate::Flies { row, launch } = fate {
                cursor.take_off(&self.stage, waiting, row, launch);
            }
            self.fates.push(fate);
        }
        self.cursor = Some(cursor);
    }

    /// When a comment that sets out at `launch` is gone: at the end of its way, or where it comes upon a zone.
    pub(super) fn end(&self, waiting: &Waiting, row: usize, launch: StreamTime, law: Law<'_>) -> StreamTime {
        let end = launch.plus(self.stage.duration(waiting.comment.mode));
        if law.zones.is_empty() {
            return end;
        }
        law.zones.cut(&self.stage, span(waiting, row), launch, end).unwrap_or(end)
    }

    fn decide(&self, cursor: &mut Cursor, comments: &[Waiting], waiting: &Waiting, law: Law<'_>) -> Fate {
        if waiting.blocked {
            return Fate::Blocked;
        }
        let (start, own) = (waiting.start, waiting.comment.own);
        if let DanmakuMode::Positioned { y, .. } = waiting.comment.mode {
            let row = self.stage.row_at(y);
            let free = row.filter(|row| self.opens(waiting, *row, start, start, law).is_some());
            return free.map_or(Fate::Dropped, |row| Fate::Flies { row, launch: start });
        }
        let merged = |cursor: &mut Cursor| {
            self.flying_equal(cursor, comments, waiting, law).map(|into| Fate::Merged { into })
        };
        if !own && law.rules.most.is_some_and(|most| cursor.on_screen() >= usize::from(most)) {
            return merged(cursor).unwrap_or(Fate::Dropped);
        }
        let found = match waiting.comment.mode {
            DanmakuMode::Bottom => self.first_free(cursor, (0..self.stage.rows).rev(), waiting, law),
            _ => self.first_free(cursor, 0..self.stage.rows, waiting, law),
        };
        let launches_by = |latest: StreamTime| match found {
            Some((row, launch)) if launch <= latest => Some(Fate::Flies { row, launch }),
            _ => None,
        };
        let fate = if own {
            launches_by(start.plus(OWN_HOLD_MS)).or_else(|| merged(cursor))
        } else {
            launches_by(start).or_else(|| merged(cursor)).or_else(|| launches_by(start.plus(HOLD_MS)))
        };
        fate.unwrap_or(Fate::Dropped)
    }

    /// The first row that is free at the comment's start, else the one that is free first. Where comments may overlap
    /// it sets out at once in any case, in the row that has the fewest.
    fn first_free(
        &self,
        cursor: &Cursor,
        rows: impl Iterator<Item = usize>,
        waiting: &Waiting,
        law: Law<'_>,
    ) -> Option<(usize, StreamTime)> {
        let start = waiting.start;
        let mut best: Option<((StreamTime, usize, StreamTime), usize)> = None;
        for row in rows {
            // Usually it has left long ago.
            let tail = cursor.tail(row).filter(|tail| self.stage.end(tail) > start);
            let free = tail
                .map_or(start, |tail| self.stage.free(tail, waiting.comment.mode, waiting.width).max(start));
            let (ready, crowd) = if law.rules.overlap { (start, cursor.crowd(row)) } else { (free, 0) };
            if best.is_some_and(|(earliest, _)| earliest <= (ready, crowd, free)) {
                continue;
            }
            let Some(launch) = self.opens(waiting, row, ready, start.plus(OWN_HOLD_MS), law) else {
                continue;
            };
            if launch == start && free == start {
                return Some((row, launch));
            }
            if best.is_none_or(|(earliest, _)| (launch, crowd, free) < earliest) {
                best = Some(((launch, crowd, free), row));
            }
        }
        best.map(|((launch, ..), row)| (row, launch))
    }

    /// The first moment from `ready` to `latest` at which no zone closes the row.
    fn opens(
        &self,
        waiting: &Waiting,
        row: usize,
        ready: StreamTime,
        latest: StreamTime,
        law: Law<'_>,
    ) -> Option<StreamTime> {
        if law.zones.is_empty() {
            return Some(ready);
        }
        law.zones.opens(&self.stage, span(waiting, row), ready..latest.plus(1))
    }

    /// The newest comment that says the same and flies, or is about to, when this one would start.
    fn flying_equal(
        &self,
        cursor: &mut Cursor,
        comments: &[Waiting],
        waiting: &Waiting,
        law: Law<'_>,
    ) -> Option<usize> {
        let index = cursor.newest_saying(&self.stage, comments, &self.fates, waiting)?;
        let candidate = comments.get(index).filter(|candidate| candidate.says_the_same_as(waiting))?;
        let Some(Fate::Flies { row, launch }) = self.fate(index) else { return None };
        (self.end(candidate, row, launch, law) > waiting.start).then_some(index)
    }
}

fn span(waiting: &Waiting, row: usize) -> Span {
    Span { mode: waiting.comment.mode, row, width: waiting.width }
}
