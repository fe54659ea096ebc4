//! Comments of the page's own, as `addDanmaku` takes them. The page is not trusted: every length and number is bounded.

use protocol::{DanmakuMode, StreamTime, WHOLE};
use serde::Deserialize;
use thiserror::Error;
use timeline::Comment;

/// Comments in one call: as many as the timeline keeps.
const MOST: usize = 50_000;

/// Why comments are not taken; none of the call's is then shown.
#[derive(Debug, PartialEq, Error)]
pub(crate) enum LocalError {
    /// Not a list of such objects.
    #[error("expected [{{text, mode, color, at}}, …]: {reason}")]
    Shape { reason: String },
    /// Too many in one call.
    #[error("comments has {found} items; expected at most {MOST}")]
    TooMany { found: usize },
    /// Nothing to see.
    #[error("comment {index}: text is empty; expected a character that can be seen")]
    Empty { index: usize },
    /// Not a colour.
    #[error("comment {index}: color is {found}; expected \"#rrggbb\" or 0 to 16777215 (0xRRGGBB)")]
    Color { index: usize, found: String },
    /// Outside the stage.
    #[error(
        "comment {index}: mode is positioned at ({x}, {y}); expected 0 to 1000 each, thousandths of the stage"
    )]
    Place { index: usize, x: u16, y: u16 },
}

#[derive(Deserialize)]
struct Local {
    text: String,
    #[serde(default)]
    mode: DanmakuMode,
    #[serde(default)]
    color: Option<Color>,
    /// StreamTime in milliseconds; the picture now on the screen when absent.
    #[serde(default)]
    at: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Color {
    Number(f64),
    Text(String),
}

/// Reads the list; `now` is the picture on the screen.
///
/// # Errors
/// That of the first comment that is not as it should be.
pub(crate) fn read(json: &str, now: StreamTime) -> Result<Vec<Comment>, LocalError> {
    let all: Vec<Local> =
        serde_json::from_str(json).map_err(|error| LocalError::Shape { reason: error.to_string() })?;
    if all.len() > MOST {
        return Err(LocalError::TooMany { found: all.len() });
    }
    all.into_iter().enumerate().map(|(index, local)| local.comment(index, now)).collect()
}

impl Local {
    fn comment(self, index: usize, now: StreamTime) -> Result<Comment, LocalError> {
        let text: String = self.text.chars().filter(|char| !turns_or_is_control(*char)).collect();
        if text.trim().is_empty() {
            return Err(LocalError::Empty { index });
        }
        if let DanmakuMode::Positioned { x, y } = self.mode
            && (x > WHOLE || y > WHOLE)
        {
            return Err(LocalError::Place { index, x, y });
        }
        let at = self.at.filter(|at| at.is_finite()).map_or(now, |at| StreamTime(at as i64));
        let plain = Comment::new(text.trim(), at);
        let color = match self.color {
            None => plain.color,
            Some(color) => {
                color.rgb().ok_or_else(|| LocalError::Color { index, found: color.to_string() })?
            }
        };
        Ok(Comment { mode: self.mode, color, ..plain })
    }
}

impl Color {
    fn rgb(&self) -> Option<u32> {
        match self {
            Self::Number(number) if (0.0..=16_777_215.0).contains(number) && number.fract() == 0.0 => {
                Some(*number as u32)
            }
            Self::Number(_) => None,
            Self::Text(text) => {
                let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
                u32::from_str_radix(digits, 16).ok()
            }
        }
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{:?}", text.chars().take(32).collect::<String>()),
        }
    }
}

/// Control characters, and those that turn the direction of what follows.
fn turns_or_is_control(char: char) -> bool {
    char.is_control() || matches!(u32::from(char), 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: StreamTime = StreamTime(5_000);

    #[test]
    fn a_comment_has_what_is_left_out_by_default() {
        let all =
            read(r##"[{"text":" hi\n"},{"text":"a","mode":"reverse","color":"#ff0080","at":12.7}]"##, NOW);
        let second =
            Comment { mode: DanmakuMode::Reverse, color: 0xff_0080, ..Comment::new("a", StreamTime(12)) };
        assert_eq!(all, Ok(vec![Comment::new("hi", NOW), second]));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_in_the_list() {
        let why = |json: &str| read(json, NOW).unwrap_err().to_string();
        assert!(why("{}").starts_with("expected [{text, mode, color, at}, …]: "));
        assert_eq!(
            why(r#"[{"text":"a"},{"text":" "}]"#),
            "comment 1: text is empty; expected a character that can be seen"
        );
        assert_eq!(
            why(r#"[{"text":"a","color":"red"}]"#),
            "comment 0: color is \"red\"; expected \"#rrggbb\" or 0 to 16777215 (0xRRGGBB)"
        );
        assert!(
            why(r#"[{"text":"a","mode":{"positioned":{"x":1001,"y":0}}}]"#).starts_with("comment 0: mode")
        );
    }
}
