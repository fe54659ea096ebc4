//! `EXT-X-DATERANGE` (RFC 8216bis 4.4.5.1): a named stretch of the programme clock.

use std::time::Duration;

use crate::ProgramDateTime;

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
