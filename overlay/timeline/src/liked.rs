use protocol::CommentLikes;
use std::collections::BTreeMap;

/// Comments whose number is kept; of more, the oldest are forgotten.
const MOST: usize = 50_000;

/// How many like which comment, as far as was told. A number is of today, as a stock is: it says something of the comment
/// and not of a moment, so that a replay shows what a comment came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Liked(BTreeMap<u64, u32>);

impl Liked {
    /// Takes what was told, in any order: a number never goes down.
    pub(crate) fn insert(&mut self, told: impl IntoIterator<Item = CommentLikes>) {
        for CommentLikes { comment, likes } in told {
            let known = self.0.entry(comment).or_default();
            *known = likes.max(*known);
        }
        while self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    /// How many like the comment.
    pub(crate) fn of(&self, comment: u64) -> u32 {
        self.0.get(&comment).copied().unwrap_or(0)
    }
}
