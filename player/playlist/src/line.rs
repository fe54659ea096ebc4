//! Lines of a playlist: numbered, trimmed, blank lines and comments left out. Knows no tag's meaning.

use std::fmt;

use crate::attributes::Rest;
use crate::limits::{MAX_LINE, MAX_TEXT};
use crate::tag::{self, Home};
use crate::{Error, Problem};

/// One line that says something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// From 1.
    pub(crate) number: usize,
    /// Without white space and control characters at its ends.
    pub(crate) text: &'a str,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content<'a> {
    /// A tag that this crate knows: its name from our own table, and what follows the colon.
    Tag(&'static str, &'a str),
    /// A URI.
    Uri(&'a str),
    /// A tag that this crate does not know.
    Unknown,
}

/// The lines after `#EXTM3U`.
pub(crate) fn lines(text: &str) -> Result<impl Iterator<Item = Line<'_>> + Clone, Error> {
    let not_a_playlist = |problem| Error { line: 1, tag: "EXTM3U", problem };
    if text.len() > MAX_TEXT {
        return Err(not_a_playlist(Problem::TooMany { what: "bytes of text", limit: MAX_TEXT }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text
        .split('\n')
        .zip(1..)
        .map(|(text, number)| Line { number, text: text.trim_matches(is_blank) })
        .filter(|line| {
            !line.text.is_empty() && (!line.text.starts_with('#') || line.text.starts_with("#EXT"))
        });
    match lines.next() {
        Some(line) if line.text == "#EXTM3U" => Ok(lines),
        Some(line) if line.text.starts_with("#EXTM3U ") => Ok(lines),
        _ => Err(not_a_playlist(Problem::NotAPlaylist)),
    }
}

impl<'a> Line<'a> {
    /// Refuses a line that is too long to be kept.
    pub(crate) fn check(self) -> Result<Self, Error> {
        if self.text.len() <= MAX_LINE {
            return Ok(self);
        }
        let tag = match content(self.text.get(..64).unwrap_or_default()) {
            Content::Tag(name, _) => name,
            _ => "URI",
        };
        Err(Error {
            line: self.number,
            tag,
            problem: Problem::TooMany { what: "bytes in a line", limit: MAX_LINE },
        })
    }

    /// The kind of playlist that this line belongs to.
    pub(crate) fn home(self) -> Home {
        match content(self.text) {
            Content::Tag(name, _) => tag::home(name),
            _ => Home::Both,
        }
    }
}

/// A URI on a line of its own, where a leading `#` would make it a comment or a tag.
pub(crate) struct UriLine<'a>(pub(crate) &'a str);

impl fmt::Display for UriLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.0.trim_matches(is_blank);
        match uri.strip_prefix('#') {
            Some(rest) => write!(f, "%23{}", Rest(rest)),
            None => Rest(uri).fmt(f),
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Tells tags from URIs.
pub(crate) fn content(text: &str) -> Content<'_> {
    let Some(tag) = text.strip_prefix('#') else { return Content::Uri(text) };
    let (name, value) = tag.split_once(':').unwrap_or((tag, ""));
    match tag::known(name.trim_end()) {
        Some(name) => Content::Tag(name, value.trim()),
        None => Content::Unknown,
    }
}
