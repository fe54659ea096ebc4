//! AMF0 values, read with bounds. Writes nothing: answers are rml_rtmp's to write.

use crate::{IngestError, limits};

/// A value; what commands never use reads as [`Value::Null`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Boolean(bool),
    Text(String),
    /// An object, or an ECMA array.
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    Null,
}

impl Value {
    /// A property of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let Self::Object(properties) = self else { return None };
        properties.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

/// All values of a message.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Value>, IngestError> {
    let mut reader = Reader { bytes, values: 0 };
    let mut values = Vec::new();
    while !reader.bytes.is_empty() {
        values.push(reader.value(0)?);
    }
    Ok(values)
}

struct Reader<'a> {
    bytes: &'a [u8],
    values: usize,
}

const fn malformed(expected: &'static str) -> IngestError {
    IngestError::Malformed { what: "AMF0", expected }
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, IngestError> {
        self.values += 1;
        if self.values > limits::MAX_AMF_VALUES {
            return Err(IngestError::TooMuch { what: "values in a message", limit: limits::MAX_AMF_VALUES });
        }
        if depth > limits::MAX_AMF_DEPTH {
            return Err(IngestError::TooMuch { what: "values inside values", limit: limits::MAX_AMF_DEPTH });
        }
        Ok(match self.u8()? {
            0x00 => Value::Number(self.number()?),
            0x01 => Value::Boolean(self.u8()? != 0),
            0x02 => Value::Text(self.short_text()?),
            0x03 => self.object(depth)?,
            0x05 | 0x06 | 0x0d => Value::Null,
            // A reference to a value before.
            0x07 => {
                self.take(2)?;
                Value::Null
            }
            // The count is a hint; the end is marked as an object's.
            0x08 => {
                self.take(4)?;
                self.object(depth)?
            }
            0x0a => {
                let count = self.u32()?;
                let items = (0..count).map(|_| self.value(depth + 1));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            // A date: milliseconds, and a time zone that is always 0.
            0x0b => {
                self.take(10)?;
                Value::Null
            }
            // Long text, and XML.
            0x0c | 0x0f => {
                let length = self.u32()? as usize;
                Value::Text(text(self.take(length)?)?)
            }
            _ => return Err(malformed("a known marker")),
        })
    }

    fn object(&mut self, depth: usize) -> Result<Value, IngestError> {
        let mut properties = Vec::new();
        loop {
            let name = self.short_text()?;
            if name.is_empty() && self.bytes.first() == Some(&0x09) {
                self.take(1)?;
                return Ok(Value::Object(properties));
            }
            properties.push((name, self.value(depth + 1)?));
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], IngestError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(malformed("more bytes"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], IngestError> {
        self.take(N)?.try_into().map_err(|_| malformed("more bytes"))
    }

    fn u8(&mut self) -> Result<u8, IngestError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Result<u32, IngestError> {
        self.array().map(u32::from_be_bytes)
    }

    fn number(&mut self) -> Result<f64, IngestError> {
        self.array().map(f64::from_be_bytes)
    }

    fn short_text(&mut self) -> Result<String, IngestError> {
        let length = self.array().map(u16::from_be_bytes)?;
        text(self.take(length.into())?)
    }
}

fn text(bytes: &[u8]) -> Result<String, IngestError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| malformed("UTF-8 text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_ecma_array_reads_as_an_object() {
        let bytes = b"\x08\0\0\0\x01\0\x05width\0\x40\x84\0\0\0\0\0\0\0\0\x09";
        let values = read(bytes).unwrap();
        assert_eq!(values, [Value::Object(vec![("width".to_owned(), Value::Number(640.0))])]);
    }

    #[test]
    fn values_nested_without_end_are_refused() {
        let bytes = b"\x03\0\x01a".repeat(10_000);
        assert!(matches!(read(&bytes), Err(IngestError::TooMuch { what: "values inside values", .. })));
    }

    #[test]
    fn a_list_that_claims_four_billion_values_allocates_none() {
        assert_eq!(read(b"\x0a\xff\xff\xff\xff"), Err(malformed("more bytes")));
    }

    #[test]
    fn an_object_without_its_end_is_refused() {
        assert_eq!(read(b"\x03\0\x01a\x05"), Err(malformed("more bytes")));
    }

    proptest! {
        #[test]
        fn any_bytes_read_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..256)) {
            let _ = read(&bytes);
        }
    }
}
