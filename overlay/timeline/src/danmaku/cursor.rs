use super::{
    Stage,
    comment::Waiting,
    layout::{Fate, OWN_HOLD_MS},
    stage::Tail,
};
use protocol::{DanmakuMode, StreamTime};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

/// Essences remembered before those that no longer fly are given up.
const MOST_ESSENCES: usize = 4_096;

/// What the next comment's fate depends on, of those before it. It can be found again from their fates alone.
#[derive(Debug)]
pub(super) struct Cursor {
    /// The last comment of each row.
    tails: Vec<Option<Tail>>,
    /// How many of each row fly, or are about to.
    crowds: Vec<usize>,
    /// When those are gone, and whose row that is; one that takes no row's place has none.
    ends: BinaryHeap<Reverse<(StreamTime, Option<usize>)>>,
    /// By its hash, the newest comment that says something and flew, of those before number `heard`; the essences of the
    /// others were not asked for yet.
    sayings: HashMap<u64, usize>,
    heard: usize,
}

impl Cursor {
    /// As after all `fates`.
    pub(super) fn found_again(stage: &Stage, comments: &[Waiting], fates: &[Fate]) -> Self {
        let mut cursor = Self {
            tails: vec![None; stage.rows],
            crowds: vec![0; stage.rows],
            ends: BinaryHeap::new(),
            sayings: HashMap::new(),
            heard: 0,
        };
        let Some(last) = fates.len().checked_sub(1).and_then(|last| comments.get(last)) else {
            return cursor;
        };
        let near = near(stage, comments, last.start).min(fates.len());
        for (waiting, fate) in comments.iter().zip(fates).skip(near) {
            if let Fate::Flies { row, launch } = *fate {
                cursor.take_off(stage, waiting, row, launch);
            }
        }
        cursor.reach(last.start);
        cursor
    }

    /// Comes to the next comment's start.
    pub(super) fn reach(&mut self, now: StreamTime) {
        while let Some(Reverse((end, row))) = self.ends.peek()
            && *end <= now
        {
            if let Some(crowd) = row.and_then(|row| self.crowds.get_mut(row)) {
                *crowd = crowd.saturating_sub(1);
            }
            self.ends.pop();
        }
    }

    /// Takes note of a comment that flies.
    pub(super) fn take_off(&mut self, stage: &Stage, waiting: &Waiting, row: usize, launch: StreamTime) {
        let mode = waiting.comment.mode;
        let end = launch.plus(stage.duration(mode));
        if matches!(mode, DanmakuMode::Positioned { .. }) {
            // It takes no row's place.
            self.ends.push(Reverse((end, None)));
            return;
        }
        self.ends.push(Reverse((end, Some(row))));
        if let (Some(tail), Some(crowd)) = (self.tails.get_mut(row), self.crowds.get_mut(row)) {
            *tail = Some(Tail { mode, launch, width: waiting.width });
            *crowd += 1;
        }
    }

    pub(super) fn tail(&self, row: usize) -> Option<Tail> {
        self.tails.get(row).copied().flatten()
    }

    /// How many of a row fly, or are about to.
    pub(super) fn crowd(&self, row: usize) -> usize {
        self.crowds.get(row).copied().unwrap_or_default()
    }

    /// How many fly, or are about to.
    pub(super) fn on_screen(&self) -> usize {
        self.ends.len()
    }

    /// The newest comment of `waiting`'s essence that flew and may fly still.
    pub(super) fn newest_saying(
        &mut self,
        stage: &Stage,
        comments: &[Waiting],
        fates: &[Fate],
        waiting: &Waiting,
    ) -> Option<usize> {
        let near = near(stage, comments, waiting.start);
        if self.sayings.len() >= MOST_ESSENCES {
            self.sayings.retain(|_, index| *index >= near);
        }
        let unheard = comments.iter().zip(fates).enumerate().skip(self.heard.max(near));
        for (index, (other, fate)) in unheard {
            let stands = matches!(other.comment.mode, DanmakuMode::Positioned { .. });
            // One that stands where it was put stands for no other.
            if matches!(fate, Fate::Flies { .. }) && !stands {
                self.sayings.insert(other.essence_hash(), index);
            }
        }
        self.heard = fates.len();
        self.sayings.get(&waiting.essence_hash()).copied()
    }
}

/// The number of the first comment that may fly at `now`: whoever started before is gone.
fn near(stage: &Stage, comments: &[Waiting], now: StreamTime) -> usize {
    let oldest = now.plus(-stage.duration_ms - OWN_HOLD_MS);
    comments.partition_point(|waiting| waiting.start < oldest)
}
