use super::{Comment, Expression};
use protocol::DanmakuMode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Words, expressions or users that a filter holds of each; of more, the first ones count.
pub const MOST_FILTERS: usize = 200;

/// Characters of a word to block.
pub const WORD_CHARS: usize = 64;

/// White: what is not coloured.
const WHITE: u32 = 0x00ff_ffff;

/// What a viewer does not want to see over the picture. What it hides is counted as blocked; taking a rule back brings
/// it back. The viewer's own comments are never hidden.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Hides these kinds.
    kinds: BTreeSet<Kind>,
    /// Hides what contains one of these, whatever the case.
    words: Vec<String>,
    /// Hides what one of these matches somewhere.
    expressions: Vec<Expression>,
    /// Hides what these users say.
    users: BTreeSet<i64>,
}

/// A kind of comments that may be hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// From right to left.
    Scroll,
    /// From left to right.
    Reverse,
    /// Fixed at the top.
    Top,
    /// Fixed at the bottom.
    Bottom,
    /// Fixed where the host put it.
    Positioned,
    /// In any other colour than white, however it flies.
    Colored,
}

impl Filter {
    /// Hides these kinds.
    #[must_use]
    pub fn with_kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// Hides what contains one of `words`, in which case does not count. Empty ones and those past [`MOST_FILTERS`] are
    /// passed over, longer ones than [`WORD_CHARS`] are cut.
    #[must_use]
    pub fn with_words<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        let lower = |word: &str| word.trim().chars().take(WORD_CHARS).flat_map(char::to_lowercase).collect();
        let words = words.into_iter().map(lower).filter(|word: &String| !word.is_empty());
        self.words = words.take(MOST_FILTERS).collect();
        self
    }

    /// Hides what one of `expressions` matches; those past [`MOST_FILTERS`] are passed over.
    #[must_use]
    pub fn with_expressions(mut self, expressions: impl IntoIterator<Item = Expression>) -> Self {
        self.expressions = expressions.into_iter().take(MOST_FILTERS).collect();
        self
    }

    /// Hides what `users` say; those past [`MOST_FILTERS`] are passed over.
    #[must_use]
    pub fn with_users(mut self, users: impl IntoIterator<Item = i64>) -> Self {
        self.users = users.into_iter().take(MOST_FILTERS).collect();
        self
    }

    /// Whether it hides `comment`.
    pub fn hides(&self, comment: &Comment) -> bool {
        if comment.own {
            return false;
        }
        let kind = match comment.mode {
            DanmakuMode::Scroll => Kind::Scroll,
            DanmakuMode::Reverse => Kind::Reverse,
            DanmakuMode::Top => Kind::Top,
            DanmakuMode::Bottom => Kind::Bottom,
            DanmakuMode::Positioned { .. } => Kind::Positioned,
        };
        let colored = comment.color & WHITE != WHITE && self.kinds.contains(&Kind::Colored);
        colored
            || self.kinds.contains(&kind)
            || comment.user.is_some_and(|user| self.users.contains(&user))
            || self.hides_text(&comment.text)
    }

    fn hides_text(&self, text: &str) -> bool {
        if self.words.is_empty() && self.expressions.is_empty() {
            return false;
        }
        let lower = text.to_lowercase();
        self.words.iter().any(|word| lower.contains(word.as_str()))
            || self.expressions.iter().any(|expression| expression.matches(&lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::StreamTime;

    fn comment(text: &str) -> Comment {
        Comment::new(text, StreamTime(0))
    }

    #[test]
    fn a_word_hides_what_contains_it_in_any_case() {
        let filter = Filter::default().with_words(["Spoiler", "  ", "剧透"]);
        assert!(filter.hides(&comment("no SPOILERS please")));
        assert!(filter.hides(&comment("别剧透啊")));
        assert!(!filter.hides(&comment("hello")));
    }

    #[test]
    fn an_expression_hides_what_it_matches() {
        let filter = Filter::default().with_expressions(["^6+$".parse().unwrap()]);
        assert!(filter.hides(&comment("6666")));
        assert!(!filter.hides(&comment("6块")));
    }

    #[test]
    fn a_blocked_user_is_not_seen_and_one_s_own_words_always_are() {
        let filter = Filter::default().with_users([7]).with_words(["a"]);
        let said = |user, own| Comment { user: Some(user), own, ..comment("b") };
        assert!(filter.hides(&said(7, false)));
        assert!(!filter.hides(&said(8, false)));
        assert!(!filter.hides(&Comment { own: true, ..comment("a") }));
    }

    #[test]
    fn coloured_ones_are_hidden_however_they_fly() {
        let filter = Filter::default().with_kinds([Kind::Colored, Kind::Top]);
        assert!(filter.hides(&Comment { color: 0xff_0000, ..comment("a") }));
        assert!(filter.hides(&Comment { mode: DanmakuMode::Top, ..comment("a") }));
        assert!(!filter.hides(&comment("a")));
    }
}
