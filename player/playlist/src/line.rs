//! Lines of a playlist: numbered, trimmed, blank lines and comments left out. Knows no tag's meaning.

use std::fmt;

use crate::attributes::Rest;
use crate::limits::{MAX_LINE, MAX_TEXT};
use crate::scan::{cut, trim};
use crate::tag::{self, Tag};
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
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    /// A tag that this crate knows, and what follows the colon.
    Tag(&'static Tag, &'a str),
    /// A URI.
    Uri(&'a str),
    /// A tag that this crate does not know, or a comment.
    Unknown,
}

/// The lines of a text, blank ones left out.
struct Lines<'a> {
    left: Option<&'a str>,
    number: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let left = self.left.take()?;
            let text = match cut(left, b'\n') {
                Some((text, rest)) => {
                    self.left = Some(rest);
                    text
                }
                None => left,
            };
            self.number += 1;
            let text = trim(text);
            if !text.is_empty() {
                return Some(Line { number: self.number, text });
            }
        }
    }
}

/// The lines after `#EXTM3U`; only comments may stand before it.
pub(crate) fn lines(text: &str) -> Result<impl Iterator<Item = Line<'_>>, Error> {
    let not_a_playlist = |problem| Error { line: 1, tag: "EXTM3U", problem };
    if text.len() > MAX_TEXT {
        return Err(not_a_playlist(Problem::TooMany { what: "bytes of text", limit: MAX_TEXT }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Lines { left: Some(text), number: 0 };
    match lines.find(|line| !line.text.starts_with('#') || line.text.starts_with("#EXT")) {
        Some(line) if line.text == "#EXTM3U" || line.text.starts_with("#EXTM3U ") => Ok(lines),
        _ => Err(not_a_playlist(Problem::NotAPlaylist)),
    }
}

impl<'a> Line<'a> {
    /// Tells tags from URIs.
    pub(crate) fn content(self) -> Content<'a> {
        let Some(tag) = self.text.strip_prefix('#') else { return Content::Uri(self.text) };
        let (name, value) = cut(tag, b':').unwrap_or((tag, ""));
        match tag::find(trim(name)) {
            Some(tag) => Content::Tag(tag, trim(value)),
            None => Content::Unknown,
        }
    }

    /// Refuses a line that is too long to be kept.
    pub(crate) fn check(self) -> Result<(), Problem> {
        if self.text.len() <= MAX_LINE {
            return Ok(());
        }
        Err(Problem::TooMany { what: "bytes in a line", limit: MAX_LINE })
    }
}

/// A URI on a line of its own, where a leading `#` would make it a comment or a tag.
pub(crate) struct UriLine<'a>(pub(crate) &'a str);

impl fmt::Display for UriLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = trim(self.0);
        match uri.strip_prefix('#') {
            Some(rest) => write!(f, "%23{}", Rest(rest)),
            None => Rest(uri).fmt(f),
        }
    }
}
