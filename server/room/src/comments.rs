//! Comments of a show as files that other programs read: bilibili's XML, ASS subtitles, JSON. Bounded, never fails as a
//! whole for one bad comment: those are handed back with the reason.

mod ass;
mod json;
mod xml;

use crate::{TextError, one_line};
use protocol::{DanmakuMode, LIMITS, WHOLE};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Comments taken from one file: as many as a timeline keeps.
pub const MOST_COMMENTS: usize = 50_000;
/// Bytes of one file.
pub const MOST_BYTES: usize = 16 << 20;
/// Reasons handed back; the rest are only counted.
const MOST_REASONS: usize = 100;
/// No show is longer than this, in milliseconds: two days.
const LONGEST_MS: i64 = 172_800_000;

/// A comment of a show, apart from rooms and accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledComment {
    /// Milliseconds from the show's first picture to its own.
    pub at_ms: i64,
    /// How it flies.
    #[serde(default)]
    pub mode: DanmakuMode,
    /// Colour, `0xRRGGBB`.
    #[serde(default = "white")]
    pub color: u32,
    /// What it says.
    pub text: String,
    /// Who said it, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When it was said, seconds since the Unix epoch; 0 when nobody knows.
    #[serde(default)]
    pub sent: i64,
}

const fn white() -> u32 {
    0x00ff_ffff
}

/// A file format for comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// bilibili's: `<d p="seconds,mode,size,color,date,pool,author,id" user="name">text</d>`.
    Xml,
    /// Advanced SubStation Alpha: flying comments as moving subtitles.
    Ass,
    /// An array of [`FiledComment`].
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Xml, Self::Ass, Self::Json];

    /// How names of such files end, after the point.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Ass => "ass",
            Self::Json => "json",
        }
    }
}

/// Why nothing of a file is taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// Longer than [`MOST_BYTES`].
    #[error("the file has {found} bytes; expected at most {MOST_BYTES}")]
    TooLong {
        /// How many it has.
        found: usize,
    },
    /// It is of another format.
    #[error("expected {expected}, found {found:?}")]
    NotOne {
        /// What a file of the format has.
        expected: &'static str,
        /// How the file begins, or what is wrong in it.
        found: String,
    },
}

/// A comment that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Why.
    pub reason: String,
}

/// What a file has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileContent {
    /// Comments that are good, in the file's order.
    pub comments: Vec<FiledComment>,
    /// The first hundred that are not.
    pub refused: Vec<Refused>,
    /// How many are not.
    pub refused_count: usize,
}

impl FileContent {
    /// Takes the next comment of a file, or notes why not.
    fn take(&mut self, comment: Result<FiledComment, String>) {
        let number = self.comments.len() + self.refused_count + 1;
        let full = || format!("the file has more than {MOST_COMMENTS} comments");
        let checked = comment.and_then(|comment| check(&comment));
        match checked.and_then(|comment| if number > MOST_COMMENTS { Err(full()) } else { Ok(comment) }) {
            Ok(comment) => self.comments.push(comment),
            Err(reason) => {
                self.refused_count += 1;
                if self.refused.len() < MOST_REASONS {
                    self.refused.push(Refused { number, reason });
                }
            }
        }
    }
}

/// Holds a comment against what a room takes.
fn check(comment: &FiledComment) -> Result<FiledComment, String> {
    let FiledComment { at_ms, mode, color, sent, .. } = *comment;
    if !(0..=LONGEST_MS).contains(&at_ms) {
        return Err(format!("it is at {at_ms} ms; expected 0 to {LONGEST_MS}"));
    }
    if color > white() {
        return Err(format!("color is {color}; expected 0 to 16777215 (0xRRGGBB)"));
    }
    if let DanmakuMode::Positioned { x, y } = mode
        && (x > WHOLE || y > WHOLE)
    {
        return Err(format!("it stands at {x}, {y}; expected 0 to {WHOLE}"));
    }
    let say = |error: TextError| error.to_string();
    let text = one_line("comment", &comment.text, LIMITS.comment_chars).map_err(say)?;
    // A name that will not do is no name.
    let author = one_line("name", &comment.author, LIMITS.name_chars).unwrap_or_default();
    Ok(FiledComment { at_ms, mode, color, text, author, sent })
}

/// Reads a file.
///
/// # Errors
/// When it is too long, or of another format.
pub fn read(format: Format, file: &str) -> Result<FileContent, FileError> {
    if file.len() > MOST_BYTES {
        return Err(FileError::TooLong { found: file.len() });
    }
    let file = file.trim_start_matches('\u{feff}');
    match format {
        Format::Xml => xml::read(file),
        Format::Ass => ass::read(file),
        Format::Json => json::read(file),
    }
}

/// Writes a file. `title` is the show's.
pub fn write(format: Format, title: &str, comments: &[FiledComment]) -> String {
    match format {
        Format::Xml => xml::write(comments),
        Format::Ass => ass::write(title, comments),
        Format::Json => json::write(comments),
    }
}

/// How a file begins that is not what it should be.
fn beginning(file: &str) -> String {
    file.chars().take(64).collect()
}

#[cfg(test)]
mod tests;
