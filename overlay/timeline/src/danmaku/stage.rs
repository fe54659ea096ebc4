use protocol::{DanmakuMode, StreamTime, WHOLE};

/// The area that comments fly over. Two viewers with equal stages see equal layouts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Width in pixels.
    pub width: f64,
    /// Rows of one line each.
    pub rows: usize,
    /// How long a comment takes from edge to edge.
    pub duration_ms: i64,
    /// Least space between two comments of a row, in pixels.
    pub gap: f64,
}

impl Stage {
    /// How long a comment is on the screen.
    pub const fn duration(&self, mode: DanmakuMode) -> i64 {
        match mode {
            DanmakuMode::Scroll | DanmakuMode::Reverse => self.duration_ms,
            // Read where it stands, so half is enough (bilibili: 4 s beside 8).
            DanmakuMode::Top | DanmakuMode::Bottom | DanmakuMode::Positioned { .. } => self.duration_ms / 2,
        }
    }

    /// The row of a comment that stands where its author put it; none on a stage without rows.
    pub(super) fn row_at(&self, y: u16) -> Option<usize> {
        let last = self.rows.checked_sub(1)?;
        Some((f64::from(y.min(WHOLE)) / f64::from(WHOLE) * last as f64).round() as usize)
    }

    /// The left edge of a comment that stands still.
    pub(super) fn standing_left(&self, mode: DanmakuMode, width: f64) -> f64 {
        left(mode, self.width, width, 0.0)
    }

    /// When a comment that is not stopped is gone.
    pub(super) fn end(&self, tail: &Tail) -> StreamTime {
        tail.launch.plus(self.duration(tail.mode))
    }

    /// When the next of two comments of a row may set out, so that it never touches `tail`.
    pub(super) fn free(&self, tail: Tail, mode: DanmakuMode, width: f64) -> StreamTime {
        let moves = matches!(tail.mode, DanmakuMode::Scroll | DanmakuMode::Reverse);
        if tail.mode != mode || !moves {
            return self.end(&tail);
        }
        let all = self.duration_ms as f64;
        // Entry: the one before is wholly inside, and the gap after it too.
        let entry = all * (tail.width + self.gap) / (self.width + tail.width);
        // Exit: the one before is gone when the next one's head, which may be faster, is at the far edge.
        let exit = all - all * (self.width - self.gap) / (self.width + width);
        tail.launch.plus(entry.max(exit).ceil() as i64)
    }
}

/// The last comment of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tail {
    pub(super) mode: DanmakuMode,
    pub(super) launch: StreamTime,
    pub(super) width: f64,
}

/// The left edge of a comment that has done `gone` (0 to 1) of its way.
pub(crate) fn left(mode: DanmakuMode, stage_width: f64, width: f64, gone: f64) -> f64 {
    match mode {
        DanmakuMode::Scroll => stage_width - gone * (stage_width + width),
        DanmakuMode::Reverse => gone * (stage_width + width) - width,
        DanmakuMode::Top | DanmakuMode::Bottom => (stage_width - width) / 2.0,
        DanmakuMode::Positioned { x, .. } => {
            f64::from(x.min(WHOLE)) / f64::from(WHOLE) * (stage_width - width).max(0.0)
        }
    }
}
