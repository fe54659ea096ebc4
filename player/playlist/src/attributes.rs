//! Attribute lists (RFC 8216bis 4.2): `NAME=value,NAME="quoted, value"`, read and written.

use std::fmt;
use std::time::Duration;

use crate::Problem;
use crate::decimal::{self, Seconds};
use crate::limits::MAX_ATTRIBUTES;

/// The attributes of one tag.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes<'a>(Vec<Attribute<'a>>);

/// One attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    /// Without its quotes.
    pub(crate) value: &'a str,
    pub(crate) quoted: bool,
}

impl<'a> Attributes<'a> {
    /// Reads a list. A piece without `=` is left out, and so is what comes after [`MAX_ATTRIBUTES`]; a quote that never
    /// closes ends with the line.
    pub(crate) fn read(mut text: &'a str) -> Self {
        let mut list = Vec::new();
        while let Some((name, rest)) = text.split_once('=').filter(|_| list.len() < MAX_ATTRIBUTES) {
            // A piece without `=` before this one: `JUNK,NAME=value`.
            let name = name.rsplit(',').next().unwrap_or(name).trim();
            let rest = rest.trim_start();
            let (value, quoted, after) = match rest.strip_prefix('"') {
                Some(inner) => {
                    let (value, after) = inner.split_once('"').unwrap_or((inner, ""));
                    (value, true, after)
                }
                None => (rest.split(',').next().unwrap_or(rest).trim_end(), false, rest),
            };
            list.push(Attribute { name, value, quoted });
            text = after.split_once(',').map_or("", |(_, next)| next);
        }
        Self(list)
    }

    /// Every attribute, in the order of the text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Attribute<'a>> {
        self.0.iter().copied()
    }

    /// A value; the last one where a name is there twice, as players do.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().rfind(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    /// A value of our own.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A value that must be there and say something.
    pub(crate) fn need(&self, name: &'static str) -> Result<String, Problem> {
        self.text(name)
            .filter(|value| !value.chars().all(is_unwritable))
            .ok_or(Problem::MissingAttribute(name))
    }

    /// `YES` or not.
    pub(crate) fn yes(&self, name: &str) -> bool {
        self.get(name) == Some("YES")
    }

    /// A decimal integer.
    pub(crate) fn integer(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        self.get(name).map(|value| integer(name, value)).transpose()
    }

    /// A duration in seconds.
    pub(crate) fn duration(&self, name: &'static str) -> Result<Option<Duration>, Problem> {
        self.get(name).map(|value| duration(name, value)).transpose()
    }

    /// A number with a sign; one that cannot be read counts as absent.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(decimal::number)
    }
}

/// Reads a decimal integer.
pub(crate) fn integer(what: &'static str, text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| Problem::value(what, "a whole number", text))
}

/// Reads a duration in seconds.
pub(crate) fn duration(what: &'static str, text: &str) -> Result<Duration, Problem> {
    decimal::duration(text).ok_or_else(|| Problem::value(what, "seconds", text))
}

/// Writes a tag with an attribute list. Values cannot break out of it: quotes and line ends are left out.
pub(crate) struct TagWriter<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    separator: char,
}

impl<'a, 'f> TagWriter<'a, 'f> {
    /// Begins `#NAME`.
    pub(crate) fn begin(f: &'a mut fmt::Formatter<'f>, name: &str) -> Result<Self, fmt::Error> {
        write!(f, "#{name}")?;
        Ok(Self { f, separator: ':' })
    }

    /// An attribute that is not quoted.
    pub(crate) fn plain(&mut self, name: &str, value: impl fmt::Display) -> fmt::Result {
        write!(self.f, "{}{name}={value}", self.separator)?;
        self.separator = ',';
        Ok(())
    }

    /// An attribute that is not quoted, if there is a value.
    pub(crate) fn maybe<T: fmt::Display>(&mut self, name: &str, value: Option<T>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.plain(name, value))
    }

    /// A quoted string, if there is one.
    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.plain(name, format_args!("\"{}\"", Clean(value))))
    }

    /// A duration, if there is one.
    pub(crate) fn seconds(&mut self, name: &str, value: Option<Duration>) -> fmt::Result {
        self.maybe(name, value.map(Seconds))
    }

    /// `NAME=YES`, or nothing.
    pub(crate) fn yes(&mut self, name: &str, value: bool) -> fmt::Result {
        if value { self.plain(name, "YES") } else { Ok(()) }
    }
}

fn is_unwritable(c: char) -> bool {
    c == '"' || c.is_control()
}

/// Text without what would end a quoted string or a line.
pub(crate) struct Clean<'a>(pub(crate) &'a str);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.split(is_unwritable).try_for_each(|piece| f.write_str(piece))
    }
}

/// The rest of a line: text without what would end it.
pub(crate) struct Rest<'a>(pub(crate) &'a str);

impl fmt::Display for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.split(char::is_control).try_for_each(|piece| f.write_str(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        Attributes::read(text).0.iter().map(|a| (a.name, a.value)).collect()
    }

    #[test]
    fn lists_are_read_as_players_read_them() {
        let cases: [(&str, &[(&str, &str)]); 8] = [
            ("A=1,B=2", &[("A", "1"), ("B", "2")]),
            ("A=\"x,y=z\",B=2", &[("A", "x,y=z"), ("B", "2")]),
            (" A = 1 , B=\"2\" ", &[("A", "1"), ("B", "2")]),
            ("JUNK,A=1", &[("A", "1")]),
            ("A=1,JUNK", &[("A", "1")]),
            ("A=\"never closed,B=2", &[("A", "never closed,B=2")]),
            ("A=,B=2", &[("A", ""), ("B", "2")]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_of_two_equal_names_counts() {
        assert_eq!(Attributes::read("A=1,A=2").get("A"), Some("2"));
    }

    #[test]
    fn a_list_without_end_is_read_as_far_as_the_limit() {
        assert_eq!(read(&"A=1,".repeat(MAX_ATTRIBUTES + 1)).len(), MAX_ATTRIBUTES);
    }
}
