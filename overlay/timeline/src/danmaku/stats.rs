use super::layout::Fate;

/// What became of the comments so far: each is counted once, under the first four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Flew, or fly.
    pub shown: usize,
    /// Counted with a near-equal one that flew.
    pub merged: usize,
    /// Not over the picture: no row was free, there were too many, or it came too late.
    pub dropped: usize,
    /// Hidden because the viewer asked for it.
    pub blocked: usize,
    /// Fly now.
    pub on_screen: usize,
}

impl Stats {
    /// How many comments there were.
    pub const fn all(&self) -> usize {
        self.shown + self.merged + self.dropped + self.blocked
    }

    pub(super) const fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Flies { .. } => self.shown += 1,
            Fate::Merged { .. } => self.merged += 1,
            Fate::Dropped => self.dropped += 1,
            Fate::Blocked => self.blocked += 1,
        }
    }
}
