//! `EXT-X-SESSION-DATA` (RFC 8216bis 4.4.6.4).

use std::fmt;

use crate::Problem;
use crate::attributes::{Attributes, TagWriter};

/// A fact about the presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionData {
    /// `DATA-ID`.
    pub id: String,
    /// `VALUE` or `URI`.
    pub value: SessionValue,
    /// `LANGUAGE`.
    pub language: Option<String>,
}

/// Where the fact stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionValue {
    /// `VALUE`.
    Text(String),
    /// `URI`, to a JSON file, or to a raw one when `FORMAT` says so.
    Uri {
        /// `URI`.
        uri: String,
        /// `FORMAT=RAW`.
        raw: bool,
    },
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> SessionData {
    let value = match (attributes.text("VALUE"), attributes.text("URI")) {
        (Some(text), _) => SessionValue::Text(text),
        (None, Some(uri)) => SessionValue::Uri { uri, raw: attributes.get("FORMAT") == Some("RAW") },
        (None, None) => {
            attributes.refuse(Problem::MissingAttribute("VALUE"));
            SessionValue::Text(String::new())
        }
    };
    SessionData { id: attributes.need("DATA-ID"), value, language: attributes.text("LANGUAGE") }
}

impl fmt::Display for SessionData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-SESSION-DATA")?;
        tag.text("DATA-ID", Some(&self.id))?;
        match &self.value {
            SessionValue::Text(text) => tag.text("VALUE", Some(text))?,
            SessionValue::Uri { uri, raw } => {
                tag.text("URI", Some(uri))?;
                tag.maybe("FORMAT", raw.then_some("RAW"))?;
            }
        }
        tag.text("LANGUAGE", self.language.as_deref())
    }
}
