use super::{Comment, Stage};
use crate::frame::Flight;
use protocol::{DanmakuMode, StreamTime};

/// How long a comment waits for a free row.
pub const HOLD_MS: i64 = 1_500;

/// How long the viewer's own comment waits for a free row: they look for it.
pub const OWN_HOLD_MS: i64 = 6_000;

/// A comment with its time and size.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) key: u64,
    pub(super) start: StreamTime,
    pub(super) width: f64,
    pub(super) comment: Comment,
    /// What it says, however loudly: asked for once a comment of a flood, so kept.
    essence: Box<str>,
}

impl Waiting {
    pub(super) fn new(key: u64, start: StreamTime, width: f64, comment: Comment) -> Self {
        let essence = essence(&comment.text).into();
        Self { key, start, width, comment, essence }
    }

    pub(super) const fn order(&self) -> (StreamTime, u64) {
        (self.start, self.key)
    }

    pub(super) fn flight(&self, row: usize, launch: StreamTime, duration_ms: i64) -> Flight {
        let Comment { text, mode, color, own, host, .. } = self.comment.clone();
        let (key, width) = (self.key, self.width);
        Flight { key, text, mode, color, own, host, row, launch, duration_ms, width, count: 1 }
    }
}

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It flies.
    Flies { row: usize, launch: StreamTime },
    /// It is counted with the comment of this index.
    Merged { into: usize },
    /// It is in the list only.
    Dropped,
}

/// Fates of comments in their order: each depends on those before it only.
#[derive(Debug)]
pub(super) struct Layout {
    stage: Stage,
    fates: Vec<Fate>,
    /// The last comment of each row; valid for the fates so far.
    tails: Vec<Option<Tail>>,
}

/// The last comment of a row.
#[derive(Debug, Clone, Copy)]
struct Tail {
    mode: DanmakuMode,
    launch: StreamTime,
    width: f64,
}

impl Layout {
    pub(super) fn new(stage: Stage) -> Self {
        Self { stage, fates: Vec::new(), tails: vec![None; stage.rows] }
    }

    pub(super) const fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn fate(&self, index: usize) -> Option<Fate> {
        self.fates.get(index).copied()
    }

    /// Forgets all fates but the first `count`.
    pub(super) fn keep(&mut self, count: usize) {
        if count < self.fates.len() {
            self.fates.truncate(count);
            self.tails.clear();
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
    }

    /// Decides the fates of the first `end` of `comments`.
    pub(super) fn extend(&mut self, comments: &[Waiting], end: usize) {
        if self.tails.len() != self.stage.rows {
            self.tails = self.tails_of(comments);
        }
        for (index, waiting) in comments.iter().enumerate().take(end).skip(self.fates.len()) {
            let fate = self.decide(comments, index, waiting);
            if let Fate::Flies { row, launch } = fate
                && let Some(tail) = self.tails.get_mut(row)
            {
                *tail = Some(Tail { mode: waiting.comment.mode, launch, width: waiting.width });
            }
            self.fates.push(fate);
        }
    }

    /// The last comment of each row, found again from the fates: from the newest back, until every row has one.
    fn tails_of(&self, comments: &[Waiting]) -> Vec<Option<Tail>> {
        let mut tails = vec![None; self.stage.rows];
        let mut missing = tails.len();
        for (fate, waiting) in self.fates.iter().zip(comments).rev() {
            if missing == 0 {
                break;
            }
            if let Fate::Flies { row, launch } = *fate
                && let Some(tail @ None) = tails.get_mut(row)
            {
                *tail = Some(Tail { mode: waiting.comment.mode, launch, width: waiting.width });
                missing -= 1;
            }
        }
        tails
    }

    fn decide(&self, comments: &[Waiting], index: usize, waiting: &Waiting) -> Fate {
        let rows = 0..self.tails.len();
        let found = match waiting.comment.mode {
            DanmakuMode::Bottom => self.first_free(rows.rev(), waiting),
            DanmakuMode::Scroll | DanmakuMode::Top => self.first_free(rows, waiting),
        };
        let launches_by = |latest: StreamTime| match found {
            Some((row, launch)) if launch <= latest => Some(Fate::Flies { row, launch }),
            _ => None,
        };
        let merged = || self.flying_equal(comments, index, waiting).map(|into| Fate::Merged { into });
        let start = waiting.start;
        let fate = if waiting.comment.own {
            launches_by(start.plus(OWN_HOLD_MS)).or_else(merged)
        } else {
            launches_by(start).or_else(merged).or_else(|| launches_by(start.plus(HOLD_MS)))
        };
        fate.unwrap_or(Fate::Dropped)
    }

    /// The first row that is free at the comment's start, else the one that is free first.
    fn first_free(
        &self,
        rows: impl Iterator<Item = usize>,
        waiting: &Waiting,
    ) -> Option<(usize, StreamTime)> {
        let mut best: Option<(usize, StreamTime)> = None;
        for row in rows {
            let free =
                self.tails.get(row).copied().flatten().map_or(waiting.start, |tail| self.free(tail, waiting));
            let launch = free.max(waiting.start);
            if launch == waiting.start {
                return Some((row, launch));
            }
            if best.is_none_or(|(_, earliest)| launch < earliest) {
                best = Some((row, launch));
            }
        }
        best
    }

    /// The earliest moment at which `next` may follow `tail` in its row without touching it.
    fn free(&self, tail: Tail, next: &Waiting) -> StreamTime {
        let Stage { width, duration_ms, gap, .. } = self.stage;
        if tail.mode != DanmakuMode::Scroll || next.comment.mode != DanmakuMode::Scroll {
            return tail.launch.plus(self.stage.duration(tail.mode));
        }
        let all = duration_ms as f64;
        // Entry: the one before is wholly inside, and the gap after it too.
        let entry = all * (tail.width + gap) / (width + tail.width);
        // Exit: the one before is gone when the next one's head, which may be faster, is at the left edge.
        let exit = all - all * (width - gap) / (width + next.width);
        tail.launch.plus(entry.max(exit).ceil() as i64)
    }

    /// The newest comment that says the same and flies, or is about to, when this one would start.
    fn flying_equal(&self, comments: &[Waiting], index: usize, waiting: &Waiting) -> Option<usize> {
        let oldest = waiting.start.plus(-self.stage.duration_ms - OWN_HOLD_MS);
        let before = comments.get(..index)?.iter().enumerate().rev();
        let near = before.take_while(|(_, other)| other.start >= oldest);
        near.filter(|(other, candidate)| match self.fate(*other) {
            Some(Fate::Flies { launch, .. }) => {
                launch.plus(self.stage.duration(candidate.comment.mode)) > waiting.start
            }
            _ => false,
        })
        .find(|(_, candidate)| candidate.essence == waiting.essence)
        .map(|(other, _)| other)
    }
}

/// What a comment says: case, spaces and repeats beyond three do not count.
fn essence(text: &str) -> String {
    let mut essence = String::with_capacity(text.len());
    let mut last = (' ', 0);
    for char in text.chars().filter(|char| !char.is_whitespace()) {
        let char = char.to_ascii_lowercase();
        last = if last.0 == char { (char, last.1 + 1) } else { (char, 1) };
        if last.1 <= 3 {
            essence.push(char);
        }
    }
    essence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shouting_longer_says_the_same() {
        assert_eq!(essence("66666666"), essence("666"));
        assert_eq!(essence("So Nice"), essence("sonice"));
        assert_ne!(essence("好"), essence("好好"));
    }
}
