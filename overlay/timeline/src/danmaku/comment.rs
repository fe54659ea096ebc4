use super::essence::{essence, hash};
use protocol::{DanmakuMode, Role, StreamTime, User};
use std::{cell::OnceCell, sync::Arc};

/// Characters of a comment over the picture; of a longer one the beginning flies, with an ellipsis. The list has all.
pub const FLIGHT_CHARS: usize = 60;

/// A comment that wants to fly.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// What it says.
    pub text: Arc<str>,
    /// How it flies.
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    pub color: u32,
    /// Who said it; none for the page's own comments.
    pub user: Option<i64>,
    /// Whether the viewer said it.
    pub own: bool,
    /// Whether the host said it.
    pub host: bool,
    /// Whether a moderator said it: somebody of the shop's who is not the host.
    pub moderator: bool,
    /// The picture that it belongs to.
    pub at: StreamTime,
}

impl Comment {
    /// A white one of the page's own that scrolls.
    pub fn new(text: &str, at: StreamTime) -> Self {
        Self {
            text: ellipsized(text).map_or_else(|| text.into(), Arc::from),
            mode: DanmakuMode::Scroll,
            color: 0x00ff_ffff,
            user: None,
            own: false,
            host: false,
            moderator: false,
            at,
        }
    }

    /// The same, said by `user`.
    #[must_use]
    pub fn by(self, user: &User, me: Option<i64>) -> Self {
        let (host, moderator) = (user.role == Role::Host, user.role == Role::Admin);
        Self { user: Some(user.id), own: Some(user.id) == me, host, moderator, ..self }
    }
}

/// A comment with its time and size.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) key: u64,
    pub(super) start: StreamTime,
    pub(super) width: f64,
    /// Whether the viewer's filter hides it.
    pub(super) blocked: bool,
    pub(super) comment: Comment,
    /// What it says, however loudly, with its hash: asked for in a flood only, then once a comment of it.
    essence: OnceCell<(u64, Box<str>)>,
}

impl Waiting {
    pub(super) fn new(key: u64, start: StreamTime, width: f64, comment: Comment) -> Self {
        Self { key, start, width, blocked: false, comment, essence: OnceCell::new() }
    }

    pub(super) const fn order(&self) -> (StreamTime, u64) {
        (self.start, self.key)
    }

    /// A number that comments have in common when they say the same.
    pub(super) fn essence_hash(&self) -> u64 {
        self.essence().0
    }

    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        self.essence() == other.essence()
    }

    fn essence(&self) -> &(u64, Box<str>) {
        self.essence.get_or_init(|| {
            let essence = essence(&self.comment.text);
            (hash(&essence), essence.into())
        })
    }
}

/// The text as it flies, if that is not all of it.
fn ellipsized(text: &str) -> Option<String> {
    // No longer in characters than in bytes.
    if text.len() <= FLIGHT_CHARS || text.chars().nth(FLIGHT_CHARS).is_none() {
        return None;
    }
    let head: Vec<char> = text.chars().take(FLIGHT_CHARS).collect();
    // Not within an emoji or a letter with its marks.
    let whole = |end: &usize| !head.get(*end).is_some_and(|char| joins(*char)) && !joins_next(&head, *end);
    let end = (1..FLIGHT_CHARS).rev().find(whole).unwrap_or(FLIGHT_CHARS - 1);
    Some(head.into_iter().take(end).chain(['…']).collect())
}

/// Whether it belongs to the character before it.
fn joins(char: char) -> bool {
    matches!(u32::from(char), 0x200d | 0x0300..=0x036f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff)
}

/// Whether the character before `end` binds the one after it.
fn joins_next(text: &[char], end: usize) -> bool {
    end.checked_sub(1).and_then(|last| text.get(last)) == Some(&'\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_comment_flies_with_its_beginning_and_an_ellipsis() {
        assert_eq!(ellipsized(&"字".repeat(60)), None);
        assert_eq!(ellipsized(&"字".repeat(61)), Some(format!("{}…", "字".repeat(59))));
    }

    #[test]
    fn an_emoji_of_several_is_never_cut_in_two() {
        let farmer = "👩\u{200d}🌾";
        for before in 55..60 {
            let text = format!("{}{farmer}{}", "a".repeat(before), "z".repeat(9));
            let cut = ellipsized(&text).unwrap_or(text);
            assert!(cut.chars().count() <= FLIGHT_CHARS);
            assert!(cut.contains(farmer) || !cut.contains('👩'), "{cut}");
        }
    }
}
