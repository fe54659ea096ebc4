//! `EXT-X-DATERANGE` (RFC 8216bis 4.4.5.1): a named stretch of the programme clock.

use std::fmt;
use std::time::Duration;

use crate::ProgramDateTime;
use crate::attributes::{Attribute, Attributes, Clean, TagWriter};
use crate::decimal::{self, Number};

/// A named stretch of the programme clock.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DateRange {
    /// `ID`; tags with one ID describe one range.
    pub id: String,
    /// `CLASS`.
    pub class: Option<String>,
    /// `START-DATE`; a later tag with the same ID may leave it out.
    pub start: Option<ProgramDateTime>,
    /// `END-DATE`.
    pub end: Option<ProgramDateTime>,
    /// `DURATION`.
    pub duration: Option<Duration>,
    /// `PLANNED-DURATION`.
    pub planned_duration: Option<Duration>,
    /// `END-ON-NEXT`: ends where the next range of its class starts.
    pub end_on_next: bool,
    /// `CUE`.
    pub cue: Option<String>,
    /// `SCTE35-CMD`, hexadecimal as written.
    pub scte35_cmd: Option<String>,
    /// `SCTE35-OUT`, hexadecimal as written.
    pub scte35_out: Option<String>,
    /// `SCTE35-IN`, hexadecimal as written.
    pub scte35_in: Option<String>,
    /// `X-…` attributes, in the order of the text.
    pub client: Vec<(String, ClientValue)>,
}

/// Value of a client's own attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientValue {
    /// A quoted string.
    Text(String),
    /// A hexadecimal sequence as written, `0x` included.
    Hex(String),
    /// A number, always finite.
    Number(f64),
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> DateRange {
    DateRange {
        start: date(attributes, "START-DATE"),
        end: date(attributes, "END-DATE"),
        duration: attributes.duration("DURATION"),
        planned_duration: attributes.duration("PLANNED-DURATION"),
        id: attributes.need("ID"),
        class: attributes.text("CLASS"),
        end_on_next: attributes.yes("END-ON-NEXT"),
        cue: attributes.text("CUE"),
        scte35_cmd: attributes.text("SCTE35-CMD"),
        scte35_out: attributes.text("SCTE35-OUT"),
        scte35_in: attributes.text("SCTE35-IN"),
        client: attributes.iter().filter_map(client).collect(),
    }
}

fn date(attributes: &mut Attributes<'_>, name: &'static str) -> Option<ProgramDateTime> {
    let text = attributes.get(name)?;
    let date = text.parse().ok();
    if date.is_none() {
        attributes.refuse_value(name, "a date and time", text);
    }
    date
}

/// A client's own attribute; one that is neither quoted, hexadecimal nor a number is left out.
fn client(attribute: Attribute<'_>) -> Option<(String, ClientValue)> {
    let value = attribute.value;
    let value = if attribute.quoted {
        ClientValue::Text(value.to_owned())
    } else if is_hex(value) {
        ClientValue::Hex(value.to_owned())
    } else {
        ClientValue::Number(decimal::number(value)?)
    };
    attribute.name.starts_with("X-").then(|| (attribute.name.to_owned(), value))
}

fn is_hex(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-DATERANGE")?;
        tag.text("ID", Some(&self.id))?;
        tag.text("CLASS", self.class.as_deref())?;
        tag.maybe("START-DATE", self.start.map(Quoted))?;
        tag.maybe("END-DATE", self.end.map(Quoted))?;
        tag.seconds("DURATION", self.duration)?;
        tag.seconds("PLANNED-DURATION", self.planned_duration)?;
        tag.text("CUE", self.cue.as_deref())?;
        tag.maybe("SCTE35-CMD", self.scte35_cmd.as_deref().map(Clean))?;
        tag.maybe("SCTE35-OUT", self.scte35_out.as_deref().map(Clean))?;
        tag.maybe("SCTE35-IN", self.scte35_in.as_deref().map(Clean))?;
        for (name, value) in &self.client {
            match value {
                ClientValue::Text(text) => tag.text(name, Some(text))?,
                ClientValue::Hex(digits) => tag.plain(name, Clean(digits))?,
                ClientValue::Number(number) => tag.plain(name, Number(*number))?,
            }
        }
        tag.yes("END-ON-NEXT", self.end_on_next)
    }
}

/// A date between quotes.
struct Quoted(ProgramDateTime);

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}
