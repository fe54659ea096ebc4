//! `EXT-X-KEY` (RFC 8216bis 4.4.4.4) and `EXT-X-SESSION-KEY` (4.4.6.5).

use std::fmt;
use std::sync::Arc;

use hls_m3u8::types::InitializationVector;

use crate::Problem;
use crate::attributes::{Attributes, Clean, TagWriter};
use crate::limits::MAX_KEYS;

/// How segments are encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `METHOD`.
    pub method: KeyMethod,
    /// `URI`; none when the method is none.
    pub uri: Option<String>,
    /// `IV`; when absent, the segment's number counts.
    pub iv: Option<[u8; 16]>,
    /// `KEYFORMAT`; `identity` when absent.
    pub format: Option<String>,
    /// `KEYFORMATVERSIONS`, as written.
    pub format_versions: Option<String>,
}

/// `METHOD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyMethod {
    /// `NONE`.
    None,
    /// `AES-128`.
    Aes128,
    /// `SAMPLE-AES`.
    SampleAes,
    /// `SAMPLE-AES-CTR`.
    SampleAesCtr,
    /// Another method, as written: segments under it cannot be played, the rest of the playlist can.
    Other(String),
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Key {
    let method = match attributes.need("METHOD").as_str() {
        "NONE" => return Key::NONE,
        "SAMPLE-AES-CTR" => KeyMethod::SampleAesCtr,
        "AES-128" => KeyMethod::Aes128,
        "SAMPLE-AES" => KeyMethod::SampleAes,
        other => KeyMethod::Other(other.to_owned()),
    };
    let iv = attributes.get("IV");
    Key {
        method,
        uri: Some(attributes.need("URI")),
        iv: iv.and_then(|text| read_iv(attributes, text)),
        format: attributes.text("KEYFORMAT"),
        format_versions: attributes.text("KEYFORMATVERSIONS"),
    }
}

fn read_iv(attributes: &mut Attributes<'_>, text: &str) -> Option<[u8; 16]> {
    let Ok(InitializationVector::Aes128(bytes)) = text.parse() else {
        attributes.refuse_value("IV", "0x and 32 hexadecimal digits", text);
        return None;
    };
    Some(bytes)
}

impl Key {
    /// `METHOD=NONE`: what follows is not encrypted.
    pub const NONE: Key =
        Key { method: KeyMethod::None, uri: None, iv: None, format: None, format_versions: None };

    /// Puts this key in force: it replaces the one of its own format, and clear media replaces all.
    pub(crate) fn enter(self, keys: &mut Vec<Arc<Key>>, attributes: &mut Attributes<'_>) {
        if self.method == KeyMethod::None {
            keys.clear();
        }
        keys.retain(|key| key.method != KeyMethod::None && key.format != self.format);
        if keys.len() >= MAX_KEYS {
            attributes.refuse(Problem::TooMany { what: "key formats", limit: MAX_KEYS });
        } else {
            keys.push(Arc::new(self));
        }
    }

    /// Writes the tag under either of its names.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        let mut tag = TagWriter::begin(f, name)?;
        tag.plain("METHOD", Clean(self.method.name()))?;
        tag.text("URI", self.uri.as_deref())?;
        tag.maybe("IV", self.iv.map(|iv| format!("0x{:032x}", u128::from_be_bytes(iv))))?;
        tag.text("KEYFORMAT", self.format.as_deref())?;
        tag.text("KEYFORMATVERSIONS", self.format_versions.as_deref())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, "EXT-X-KEY")
    }
}

impl KeyMethod {
    fn name(&self) -> &str {
        match self {
            KeyMethod::None => "NONE",
            KeyMethod::Aes128 => "AES-128",
            KeyMethod::SampleAes => "SAMPLE-AES",
            KeyMethod::SampleAesCtr => "SAMPLE-AES-CTR",
            KeyMethod::Other(name) => name,
        }
    }
}
