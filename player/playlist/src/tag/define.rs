//! `EXT-X-DEFINE` (RFC 8216bis 4.4.2.3): variables.

use std::borrow::Cow;
use std::fmt;

use crate::Problem;
use crate::attributes::{Attributes, TagWriter, shorten};
use crate::limits::{MAX_ATTRIBUTES, MAX_LINE, MAX_TEXT};
use crate::scan::cut;

/// Defines a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Define {
    /// `NAME` and `VALUE`.
    Value {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
    },
    /// `IMPORT`: takes the value from the multivariant playlist.
    Import(String),
    /// `QUERYPARAM`: takes the value from the query of the playlist's URI.
    QueryParam(String),
}

/// Variables from outside a playlist: names and values; of two equal names the last counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// What the multivariant playlist defined; for `IMPORT`.
    pub imports: Vec<(String, String)>,
    /// Query parameters of the playlist's URI, percent-decoded; for `QUERYPARAM`.
    pub query: Vec<(String, String)>,
}

impl Variables {
    /// Takes the query parameters of a playlist's URI in place of those of another.
    pub fn set_query(&mut self, uri: &str) {
        let whole = uri.split('#').next().unwrap_or_default();
        let query = whole.split_once('?').map_or("", |(_, query)| query);
        let parameters = query.split('&').filter(|pair| !pair.is_empty()).take(MAX_ATTRIBUTES);
        self.query = parameters
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (percent_decoded(name), percent_decoded(value)))
            .collect();
    }

    /// Adds what a multivariant playlist defines, for its media playlists to import.
    pub fn import(&mut self, defines: &[Define]) {
        for define in defines {
            let found = match define {
                Define::Value { name, value } => Some((name, value.clone())),
                Define::QueryParam(name) => find(&self.query, name).map(|value| (name, value.to_owned())),
                Define::Import(_) => None,
            };
            self.imports.extend(found.map(|(name, value)| (name.clone(), value)));
        }
    }
}

/// RFC 3986 2.1. What is no escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut rest = text.as_bytes();
    let mut decoded = Vec::with_capacity(rest.len());
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match digit(0).zip(digit(1)) {
            Some((high, low)) if *first == b'%' => {
                decoded.push((high * 16 + low) as u8);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                decoded.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Define {
    if let Some(name) = attributes.text("NAME") {
        let value = attributes.text("VALUE");
        if value.is_none() {
            attributes.refuse(Problem::MissingAttribute("VALUE"));
        }
        Define::Value { name, value: value.unwrap_or_default() }
    } else if let Some(name) = attributes.text("IMPORT") {
        Define::Import(name)
    } else {
        Define::QueryParam(attributes.need("QUERYPARAM"))
    }
}

impl fmt::Display for Define {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-DEFINE")?;
        match self {
            Define::Value { name, value } => {
                tag.text("NAME", Some(name))?;
                tag.text("VALUE", Some(value))
            }
            Define::Import(name) => tag.text("IMPORT", Some(name)),
            Define::QueryParam(name) => tag.text("QUERYPARAM", Some(name)),
        }
    }
}

/// The variables that are defined so far, and how much text they may still grow into.
pub(crate) struct Scope<'a> {
    outer: &'a Variables,
    defined: Vec<(String, String)>,
    grown: usize,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(outer: &'a Variables) -> Self {
        Self { outer, defined: Vec::new(), grown: 0 }
    }

    /// Takes a definition in; one of a variable that nobody gave a value is an error.
    pub(crate) fn define(&mut self, define: &Define) -> Result<(), Problem> {
        let (name, value) = match define {
            Define::Value { name, value } => (name, Some(value)),
            Define::Import(name) => (name, find(&self.outer.imports, name)),
            Define::QueryParam(name) => (name, find(&self.outer.query, name)),
        };
        let value = value.ok_or_else(|| undefined(name))?.chars().filter(|c| *c != '"' && !c.is_control());
        if self.defined.len() >= MAX_ATTRIBUTES {
            return Err(Problem::TooMany { what: "variables", limit: MAX_ATTRIBUTES });
        }
        self.defined.push((name.clone(), value.collect()));
        Ok(())
    }

    /// Replaces `{$name}` by its value, once: values are not looked into. A value cannot end a quoted string.
    pub(crate) fn expand<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Problem> {
        let mut rest = text;
        let mut expanded = String::new();
        while let Some((before, name, after)) = reference(rest) {
            let value = find(&self.defined, name).ok_or_else(|| undefined(name))?;
            self.grown += value.len();
            if self.grown > MAX_TEXT || expanded.len() > MAX_LINE {
                return Err(Problem::TooMany { what: "bytes from variables", limit: MAX_LINE });
            }
            expanded.push_str(before);
            expanded.push_str(value);
            rest = after;
        }
        if rest.len() == text.len() {
            return Ok(Cow::Borrowed(text));
        }
        expanded.push_str(rest);
        Ok(Cow::Owned(expanded))
    }
}

/// The first reference in a text: what stands before it, its name, what stands after.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.as_bytes().windows(2).position(|pair| pair == b"{$")?;
    let (name, after) = cut(text.get(at + 2..)?, b'}')?;
    Some((text.get(..at)?, name, after))
}

/// The last value of a name. There are few variables, and a map would weigh more than all the rest of this file.
fn find<'a>(variables: &'a [(String, String)], name: &str) -> Option<&'a String> {
    variables.iter().rfind(|(known, _)| known == name).map(|(_, value)| value)
}

fn undefined(name: &str) -> Problem {
    Problem::UndefinedVariable(shorten(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(outer: &Variables, tags: &[&str]) -> Result<Scope<'static>, Problem> {
        let mut scope = Scope::new(Box::leak(Box::new(outer.clone())));
        tags.iter().try_for_each(|tag| scope.define(&read(&mut Attributes::read(tag))))?;
        Ok(scope)
    }

    #[test]
    fn variables_come_from_the_tag_the_other_playlist_and_the_query() {
        let outer = Variables {
            imports: vec![("host".to_owned(), "cdn.example".to_owned())],
            query: vec![("token".to_owned(), "a\"b".to_owned())],
        };
        let tags = ["NAME=\"path\",VALUE=\"live\"", "IMPORT=\"host\"", "QUERYPARAM=\"token\""];
        let mut scope = scope(&outer, &tags).unwrap();
        let text = scope.expand("https://{$host}/{$path}/{$path}.m4s?t={$token}{$").unwrap();
        assert_eq!(text, "https://cdn.example/live/live.m4s?t=ab{$");
    }

    #[test]
    fn an_undefined_variable_is_named() {
        let undefined = |name: &str| Problem::UndefinedVariable(name.to_owned());
        let mut nothing = scope(&Variables::default(), &[]).unwrap();
        assert_eq!(nothing.expand("a{$b}c"), Err(undefined("b")));
        assert_eq!(scope(&Variables::default(), &["IMPORT=\"x\""]).err(), Some(undefined("x")));
    }

    #[test]
    fn variables_cannot_grow_a_playlist_without_bound() {
        let value = format!("NAME=\"a\",VALUE=\"{}\"", "x".repeat(50_000));
        let mut scope = scope(&Variables::default(), &[&value]).unwrap();
        let mut results = (0..1_000).map(|_| scope.expand("{$a}").is_ok());
        assert!(!results.all(|ok| ok));
    }

    #[test]
    fn the_query_is_read_up_to_the_fragment_and_decoded() {
        let mut variables = Variables::default();
        variables.set_query("https://host/a.m3u8?token=a%2Fb%3D&flag&x=1=2%zz#?y=3");
        let pairs = [("token", "a/b="), ("flag", ""), ("x", "1=2%zz")];
        assert_eq!(variables.query, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        variables.set_query("https://host/a.m3u8");
        assert_eq!(variables.query, []);
    }

    #[test]
    fn what_a_multivariant_playlist_takes_from_its_query_can_be_imported() {
        let mut variables = Variables::default();
        variables.set_query("a.m3u8?token=t");
        variables.import(&[Define::QueryParam("token".to_owned()), Define::QueryParam("none".to_owned())]);
        assert_eq!(variables.imports, [("token".to_owned(), "t".to_owned())]);
    }
}
