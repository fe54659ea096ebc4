use std::str::{Chars, FromStr};
use thiserror::Error;

/// Characters of an expression.
pub const EXPRESSION_CHARS: usize = 128;

/// Pieces of one alternative: as many as a `u64` has bits to remember which of them it is in.
const MOST_PIECES: usize = 63;

/// An expression to block comments by: the part of regular expressions that is matched in one pass, without a way back,
/// so that none can hang the page. Characters, `.`, `[a-z]`, `[^a-z]`, `\d` `\w` `\s` and their opposites, `\` before any
/// other sign, `?` `*` `+` after one of these, `^` and `$` at an end, `|` between alternatives. No groups, no counts. A
/// pattern in slashes (`/^6+$/`) is what is between them. Case does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    alternatives: Vec<Alternative>,
}

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpressionError {
    /// It is longer than [`EXPRESSION_CHARS`], or one of its alternatives has too many pieces.
    #[error(
        "the expression is too long; expected at most {EXPRESSION_CHARS} characters, {MOST_PIECES} in an alternative"
    )]
    TooLong,
    /// Nothing, which would match everything.
    #[error("an alternative of the expression matches everything; expected one that needs a character")]
    MatchesAll,
    /// A sign of regular expressions that is not understood here.
    #[error("the expression has {found:?}, which is not supported; expected \\{found} for the sign itself")]
    Unsupported {
        /// The sign.
        found: char,
    },
    /// `?`, `*` or `+` with nothing before it.
    #[error("the expression has {found:?} with nothing before it")]
    NothingToRepeat {
        /// The sign.
        found: char,
    },
    /// A `[` without its `]`, or a `\` at the end.
    #[error("the expression ends within {within}")]
    Unfinished {
        /// What was begun.
        within: &'static str,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Alternative {
    from_start: bool,
    to_end: bool,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    class: Class,
    optional: bool,
    repeats: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    /// Ranges, both ends within.
    ranges: Vec<(char, char)>,
    except: bool,
}

impl Expression {
    /// Whether it matches somewhere in `lower`, a text in lower case. Time: characters × pieces, 100 × 128 at most.
    pub fn matches(&self, lower: &str) -> bool {
        self.alternatives.iter().any(|alternative| alternative.matches(lower))
    }
}

impl Alternative {
    /// Follows all ways through the pieces at once: bit `n` is set when the next piece to match is number `n`.
    fn matches(&self, text: &str) -> bool {
        let done = 1_u64 << self.pieces.len();
        let mut at = self.skip_optional(1);
        for char in text.chars() {
            if at & done != 0 && !self.to_end {
                return true;
            }
            let mut next = 0;
            for (number, piece) in self.pieces.iter().enumerate() {
                let here = 1_u64 << number;
                if at & here != 0 && piece.class.has(char) {
                    next |= here << 1;
                    if piece.repeats {
                        next |= here;
                    }
                }
            }
            if !self.from_start {
                next |= 1;
            }
            at = self.skip_optional(next);
        }
        at & done != 0
    }

    /// Adds what is reached by leaving out optional pieces.
    fn skip_optional(&self, mut at: u64) -> u64 {
        for (number, piece) in self.pieces.iter().enumerate() {
            let here = 1_u64 << number;
            if piece.optional && at & here != 0 {
                at |= here << 1;
            }
        }
        at
    }
}

impl Class {
    fn of(ranges: &[(char, char)], except: bool) -> Self {
        Self { ranges: ranges.to_vec(), except }
    }

    fn has(&self, char: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&char)) != self.except
    }

    /// What a sign after `\` stands for.
    fn escaped(sign: char) -> Self {
        const WORD: &[(char, char)] = &[('0', '9'), ('a', 'z'), ('_', '_')];
        const SPACE: &[(char, char)] =
            &[(' ', ' '), ('\t', '\r'), ('\u{a0}', '\u{a0}'), ('\u{3000}', '\u{3000}')];
        match sign {
            'd' | 'D' => Self::of(&[('0', '9')], sign == 'D'),
            'w' | 'W' => Self::of(WORD, sign == 'W'),
            's' | 'S' => Self::of(SPACE, sign == 'S'),
            literal => Self::literal(literal),
        }
    }

    fn literal(char: char) -> Self {
        let char = lower(char);
        Self::of(&[(char, char)], false)
    }
}

impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        let between = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let text = between.filter(|inner| !inner.is_empty()).unwrap_or(text);
        if text.chars().count() > EXPRESSION_CHARS {
            return Err(ExpressionError::TooLong);
        }
        let mut alternatives = vec![Alternative::default()];
        let mut rest = text.chars();
        while let Some(sign) = rest.next() {
            if sign == '|' {
                alternatives.push(Alternative::default());
            } else if let Some(alternative) = alternatives.last_mut() {
                alternative.read(sign, &mut rest)?;
            }
        }
        let needs_nothing = |one: &Alternative| one.pieces.iter().all(|piece| piece.optional);
        if alternatives.iter().any(needs_nothing) {
            return Err(ExpressionError::MatchesAll);
        }
        Ok(Self { alternatives })
    }
}

impl Alternative {
    fn read(&mut self, sign: char, rest: &mut Chars<'_>) -> Result<(), ExpressionError> {
        let class = match sign {
            '^' if self.pieces.is_empty() => {
                self.from_start = true;
                return Ok(());
            }
            '$' if rest.as_str().is_empty() || rest.as_str().starts_with('|') => {
                self.to_end = true;
                return Ok(());
            }
            '?' | '*' | '+' => return self.repeat(sign),
            '.' => Class::of(&[], true),
            '[' => class(rest)?,
            '\\' => Class::escaped(rest.next().ok_or(ExpressionError::Unfinished { within: "an escape" })?),
            '(' | ')' | '{' | '}' | '^' | '$' => return Err(ExpressionError::Unsupported { found: sign }),
            literal => Class::literal(literal),
        };
        if self.pieces.len() == MOST_PIECES {
            return Err(ExpressionError::TooLong);
        }
        self.pieces.push(Piece { class, optional: false, repeats: false });
        Ok(())
    }

    fn repeat(&mut self, sign: char) -> Result<(), ExpressionError> {
        match self.pieces.last_mut() {
            // A second one (`+?`) asks for the shortest match; whether there is one is the same.
            Some(piece) => {
                piece.optional |= sign != '+' && !piece.repeats;
                piece.optional |= sign == '*';
                piece.repeats |= sign != '?';
                Ok(())
            }
            None => Err(ExpressionError::NothingToRepeat { found: sign }),
        }
    }
}

/// The rest of a `[…]`.
fn class(rest: &mut Chars<'_>) -> Result<Class, ExpressionError> {
    const UNFINISHED: ExpressionError = ExpressionError::Unfinished { within: "a class" };
    let mut ranges = Vec::new();
    let except = rest.as_str().starts_with('^');
    if except {
        rest.next();
    }
    loop {
        let from = match rest.next().ok_or(UNFINISHED)? {
            ']' if !ranges.is_empty() => return Ok(Class { ranges, except }),
            '\\' => match rest.next().ok_or(UNFINISHED)? {
                many @ ('d' | 'w' | 's') => {
                    ranges.extend(Class::escaped(many).ranges);
                    continue;
                }
                sign => lower(sign),
            },
            sign => lower(sign),
        };
        let mut ahead = rest.clone();
        let to = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(to)) if to != ']' && to != '\\' => {
                *rest = ahead;
                lower(to)
            }
            _ => from,
        };
        ranges.push((from, to));
    }
}

fn lower(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, text: &str) -> bool {
        pattern.parse::<Expression>().unwrap().matches(&text.to_lowercase())
    }

    #[test]
    fn it_matches_as_regular_expressions_do() {
        for (pattern, yes, no) in [
            ("^6+$", "6666", "a6"),
            ("/^6+$/", "6", ""),
            ("ab*c", "xacx", "ab"),
            ("colou?r", "Color", "colr"),
            ("[0-9a-f][0-9]", "--F7--", "g7"),
            ("[^a-z]$", "abc!", "abc"),
            ("[]x]", "]", "y"),
            (r"\d\d\d", "tel 123", "1 2 3"),
            ("加.", "加我", "加"),
            (r"v\.?x|微信", "V.X", "vex"),
            (r"v\.?x|微信", "加微信", "微 信"),
            ("^a|b$", "cb", "bc"),
            ("a+?b", "aab", "b"),
        ] {
            assert!(matches(pattern, yes), "{pattern} should match {yes}");
            assert!(!matches(pattern, no), "{pattern} should not match {no}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_with_a_reason() {
        use ExpressionError::{MatchesAll, NothingToRepeat, TooLong, Unfinished, Unsupported};
        for (pattern, reason) in [
            ("(a+)+$", Unsupported { found: '(' }),
            ("a{2}", Unsupported { found: '{' }),
            ("+a", NothingToRepeat { found: '+' }),
            ("[a-", Unfinished { within: "a class" }),
            ("a\\", Unfinished { within: "an escape" }),
            ("", MatchesAll),
            ("a|b*", MatchesAll),
            (&"a".repeat(64), TooLong),
            (&"a|".repeat(65), TooLong),
        ] {
            assert_eq!(pattern.parse::<Expression>(), Err(reason), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn no_pattern_and_no_text_make_it_panic(pattern in r"[a-c.^$*+?|\[\]\\-]{0,20}", text in "[a-c]{0,30}") {
            if let Ok(expression) = pattern.parse::<Expression>() {
                expression.matches(&text);
            }
        }
    }
}
