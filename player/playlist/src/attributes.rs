//! Attribute lists (RFC 8216bis 4.2): `NAME=value,NAME="quoted, value"`, read and written.

use std::fmt;
use std::time::Duration;

use crate::Problem;
use crate::decimal::{self, Seconds};
use crate::limits::MAX_ATTRIBUTES;
use crate::scan::{cut, trim};

/// What a tag says: its text, read as a list of attributes where it is one. What is wrong is remembered, and nothing stands
/// in its place: who reads a tag calls [`Attributes::check`] before it believes what was read. (One way out for a whole
/// tag, in place of one for each attribute, makes the browser's module smaller by kilobytes.)
#[derive(Debug, Default)]
pub(crate) struct Attributes<'a> {
    /// All that stands behind the tag's colon.
    pub(crate) text: &'a str,
    list: Vec<Attribute<'a>>,
    /// The first that was wrong.
    problem: Option<Problem>,
}

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
    pub(crate) fn read(text: &'a str) -> Self {
        let mut list = Vec::new();
        let mut left = text;
        while list.len() < MAX_ATTRIBUTES
            && let Some((mut name, rest)) = cut(left, b'=')
        {
            // Pieces without `=` before this one: `JUNK,NAME=value`.
            while let Some((_, last)) = cut(name, b',') {
                name = last;
            }
            let rest = trim(rest);
            let (value, quoted, after) = match rest.strip_prefix('"') {
                Some(inner) => {
                    let (value, after) = cut(inner, b'"').unwrap_or((inner, ""));
                    (value, true, after)
                }
                None => (cut(rest, b',').map_or(rest, |(value, _)| trim(value)), false, rest),
            };
            list.push(Attribute { name: trim(name), value, quoted });
            left = cut(after, b',').map_or("", |(_, next)| next);
        }
        Self { text, list, problem: None }
    }

    /// Remembers what is wrong, if it is the first.
    pub(crate) fn refuse(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// Remembers that a value is not what it must be.
    pub(crate) fn refuse_value(&mut self, what: &'static str, expected: &'static str, found: &str) {
        self.refuse(Problem::Value { what, expected, found: shorten(found) });
    }

    /// What was wrong, if anything.
    pub(crate) fn check(self) -> Result<(), Problem> {
        self.problem.map_or(Ok(()), Err)
    }

    /// Whether all is well so far; what was wrong is forgotten.
    pub(crate) fn forgive(&mut self) -> bool {
        self.problem.take().is_none()
    }

    /// Every attribute, in the order of the text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Attribute<'a>> {
        self.list.iter().copied()
    }

    /// A value; the last one where a name is there twice, as players do.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.list.iter().rfind(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    /// A value of our own.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A value that must be there and say something.
    pub(crate) fn need(&mut self, name: &'static str) -> String {
        let value = self.get(name).unwrap_or_default();
        if value.chars().all(is_unwritable) {
            self.refuse(Problem::MissingAttribute(name));
        }
        value.to_owned()
    }

    /// `YES` or not.
    pub(crate) fn yes(&self, name: &str) -> bool {
        self.get(name) == Some("YES")
    }

    /// A decimal integer.
    pub(crate) fn integer(&mut self, name: &'static str) -> Option<u64> {
        self.get(name).map(|value| self.integer_of(name, value))
    }

    /// A duration in seconds.
    pub(crate) fn duration(&mut self, name: &'static str) -> Option<Duration> {
        self.get(name).map(|value| self.duration_of(name, value))
    }

    /// A duration that must be there.
    pub(crate) fn need_duration(&mut self, name: &'static str) -> Duration {
        let duration = self.duration(name);
        if duration.is_none() {
            self.refuse(Problem::MissingAttribute(name));
        }
        duration.unwrap_or_default()
    }

    /// A number with a sign; one that cannot be read counts as absent.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(decimal::number)
    }

    /// Reads a decimal integer.
    pub(crate) fn integer_of(&mut self, what: &'static str, text: &str) -> u64 {
        decimal::integer(text).unwrap_or_else(|| {
            self.refuse_value(what, "a whole number", text);
            0
        })
    }

    /// Reads a duration in seconds.
    pub(crate) fn duration_of(&mut self, what: &'static str, text: &str) -> Duration {
        decimal::duration(text).unwrap_or_else(|| {
            self.refuse_value(what, "seconds", text);
            Duration::ZERO
        })
    }
}

/// As much of a text as belongs into an error.
pub(crate) fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
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
        Attributes::read(text).list.iter().map(|a| (a.name, a.value)).collect()
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
