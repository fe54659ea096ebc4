//! Plain text that people type, made safe to show on one line. Never escapes markup: views show text as text.

use protocol::LIMITS;
use thiserror::Error;

/// Why a text is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing is left once spaces and invisible characters are gone.
    #[error("{what} is empty; expected 1 to {max} characters")]
    Empty {
        /// What the text is for.
        what: &'static str,
        /// The bound in force.
        max: usize,
    },
    /// Too many characters.
    #[error("{what} has {found} characters; expected at most {max}")]
    TooLong {
        /// What the text is for.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// The bound in force.
        max: usize,
    },
    /// A character that this kind of text may not have.
    #[error("{what} has the character {found:?}; expected {expected}")]
    BadCharacter {
        /// What the text is for.
        what: &'static str,
        /// The first such character.
        found: char,
        /// What it may have.
        expected: &'static str,
    },
}

/// `text` on one line, without what cannot be seen: control and zero-width characters, bidirectional overrides and
/// more than two combining marks on a letter. Runs of white space become one space.
///
/// # Errors
/// When nothing or more than `max` characters are left.
pub fn one_line(what: &'static str, text: &str, max: usize) -> Result<String, TextError> {
    let mut line = String::new();
    let (mut count, mut marks, mut gap, mut last) = (0_usize, 0_usize, false, '\0');
    for found in text.chars() {
        if found.is_whitespace() || found == '\u{2800}' {
            gap = count > 0;
            continue;
        }
        if is_invisible(found, last) {
            continue;
        }
        marks = if is_combining(found) { marks + 1 } else { 0 };
        if marks > 2 {
            continue;
        }
        if std::mem::take(&mut gap) {
            line.push(' ');
            count += 1;
        }
        line.push(found);
        last = found;
        count += 1;
    }
    match count {
        0 => Err(TextError::Empty { what, max }),
        found if found > max => Err(TextError::TooLong { what, found, max }),
        _ => Ok(line),
    }
}

/// A title of a room, product or coupon.
///
/// # Errors
/// As for [`one_line`].
pub fn title(text: &str) -> Result<String, TextError> {
    one_line("title", text, LIMITS.title_chars)
}

/// A user's name: letters and digits of any script, inner spaces, and `_ - . ·`. Full-width ASCII becomes ASCII, so
/// that two names that look the same are the same.
///
/// # Errors
/// As for [`one_line`], and when another character is found: names are printed everywhere, so they carry no markup.
pub fn user_name(text: &str) -> Result<String, TextError> {
    const EXPECTED: &str = "letters, digits, spaces and _ - . ·, beginning with a letter or digit";
    let name: String = one_line("name", text, LIMITS.name_chars)?.chars().map(narrow).collect();
    let bad = |(place, c): &(usize, char)| !(c.is_alphanumeric() || (*place > 0 && "_-.· ".contains(*c)));
    match name.chars().enumerate().find(bad) {
        Some((_, found)) => Err(TextError::BadCharacter { what: "name", found, expected: EXPECTED }),
        None => Ok(name),
    }
}

/// What two names that nobody can tell apart have in common: lower case, no spaces.
pub fn name_key(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A room's name in addresses: lower-case ASCII letters, digits and inner hyphens, 1 to 64.
///
/// # Errors
/// When it is anything else.
pub fn room_id(text: &str) -> Result<&str, TextError> {
    const WHAT: &str = "room id";
    const EXPECTED: &str = "lower-case letters, digits and inner hyphens";
    const MAX: usize = 64;
    let count = text.chars().count();
    let bad = |c: &char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-');
    if count == 0 {
        Err(TextError::Empty { what: WHAT, max: MAX })
    } else if count > MAX {
        Err(TextError::TooLong { what: WHAT, found: count, max: MAX })
    } else if let Some(found) = text.chars().find(bad) {
        Err(TextError::BadCharacter { what: WHAT, found, expected: EXPECTED })
    } else if text.starts_with('-') || text.ends_with('-') {
        Err(TextError::BadCharacter { what: WHAT, found: '-', expected: EXPECTED })
    } else {
        Ok(text)
    }
}

/// Full-width ASCII (U+FF01 to U+FF5E) as ASCII.
fn narrow(c: char) -> char {
    match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Marks that pile up on a letter: the blocks of combining diacritical marks, and those of scripts that write more than two
/// only to deface.
fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f
        // Cyrillic, Hebrew, Arabic, Thai, Lao, Tibetan.
        | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f | 0x06d6..=0x06dc | 0x06df..=0x06e4
        | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e | 0x0eb1 | 0x0eb4..=0x0ebc | 0x0ec8..=0x0ece | 0x0f71..=0x0f84)
}

/// What has no picture of its own, or turns the direction of what follows. The zero-width joiner stays inside emoji.
fn is_invisible(c: char, last: char) -> bool {
    match u32::from(c) {
        0x200d => u32::from(last) < 0x2190,
        0x00ad | 0x034f | 0x061c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x3164 | 0xffa0 => {
            true
        }
        0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff0..=0xfffb => true,
        0xe0000..=0xe0fff => true,
        // Noncharacters: no XML may have them.
        0xfdd0..=0xfdef => true,
        point if point & 0xfffe == 0xfffe => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_comment_comes_out_on_one_line_without_what_cannot_be_seen() {
        assert_eq!(one_line("comment", " 好\n\t茶\u{202e}!\u{200b} ", 100).unwrap(), "好 茶!");
        assert_eq!(one_line("comment", "z\u{300}\u{301}\u{302}\u{303}a", 100).unwrap(), "z\u{300}\u{301}a");
        assert!(matches!(one_line("comment", "\u{200b}\u{2060} ", 100), Err(TextError::Empty { .. })));
        assert!(matches!(one_line("comment", "abcd", 3), Err(TextError::TooLong { found: 4, max: 3, .. })));
    }

    #[test]
    fn marks_pile_up_no_higher_whatever_hides_between_them() {
        let hidden = format!("e{}", "\u{301}\u{301}\u{200b}".repeat(20));
        assert_eq!(one_line("comment", &hidden, 100).unwrap(), "e\u{301}\u{301}");
        let thai = format!("\u{e01}{}", "\u{e49}".repeat(40));
        assert_eq!(one_line("comment", &thai, 100).unwrap(), "\u{e01}\u{e49}\u{e49}");
        assert_eq!(one_line("comment", "a\u{ffff}\u{fdd0}\u{1fffe}b", 100).unwrap(), "ab");
    }

    #[test]
    fn an_emoji_of_several_keeps_its_joiners() {
        assert_eq!(one_line("comment", "👩\u{200d}🌾", 100).unwrap(), "👩\u{200d}🌾");
    }

    #[test]
    fn markup_in_a_comment_is_kept_as_plain_text() {
        assert_eq!(one_line("comment", "<b>5 & 6</b>", 100).unwrap(), "<b>5 & 6</b>");
    }

    #[test]
    fn markup_in_a_name_is_refused() {
        assert!(matches!(user_name("<b>bob</b>"), Err(TextError::BadCharacter { found: '<', .. })));
        assert!(matches!(user_name("＜b＞"), Err(TextError::BadCharacter { found: '<', .. })));
        assert_eq!(user_name(" 林 小·茶 ").unwrap(), "林 小·茶");
    }

    #[test]
    fn names_that_look_the_same_have_the_same_key() {
        assert_eq!(name_key(&user_name("Ｂob\u{200d} S").unwrap()), name_key("bobs"));
    }

    #[test]
    fn a_room_id_is_fit_for_an_address() {
        assert_eq!(room_id("autumn-tea-2"), Ok("autumn-tea-2"));
        for bad in ["", "Tea", "-tea", "tea-", "茶", "a/b", "..", &"a".repeat(65)] {
            assert!(room_id(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn a_cleaned_line_is_clean(text in ".{0,200}") {
            if let Ok(line) = one_line("comment", &text, 300) {
                prop_assert_eq!(one_line("comment", &line, 300).unwrap(), line.clone());
                prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
