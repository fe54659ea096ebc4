use protocol::DanmakuMode;

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
            DanmakuMode::Scroll => self.duration_ms,
            // Read where it stands, so half is enough (bilibili: 4 s beside 8).
            DanmakuMode::Top | DanmakuMode::Bottom => self.duration_ms / 2,
        }
    }
}
