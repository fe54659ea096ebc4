//! Protocol Buffers on the wire (<https://protobuf.dev/programming-guides/encoding>). Borrows, never recurses, always goes
//! forward; groups, which nothing of ours has, are refused.

use crate::SvgaError;

/// The fields of a message, in their order.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    message: &'static str,
    bytes: &'a [u8],
}

/// A field of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) number: u64,
    message: &'static str,
    value: Value<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Value<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
    Fixed64,
}

impl<'a> Fields<'a> {
    pub(crate) const fn of(message: &'static str, bytes: &'a [u8]) -> Self {
        Self { message, bytes }
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], SvgaError> {
        let cut = SvgaError::CutShort { message: self.message, found: self.bytes.len() };
        let count = usize::try_from(count).map_err(|_| cut.clone())?;
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(cut)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Seven bits a byte, the lowest first; ten bytes at most.
    fn varint(&mut self) -> Result<u64, SvgaError> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.take(1)?.first().copied().unwrap_or_default();
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(SvgaError::TooMany { what: "bytes of a number", most: 10, found: 11 })
    }

    fn field(&mut self) -> Result<Field<'a>, SvgaError> {
        let (key, message) = (self.varint()?, self.message);
        let value = match key & 7 {
            0 => Value::Varint(self.varint()?),
            1 => self.take(8).map(|_| Value::Fixed64)?,
            2 => {
                let length = self.varint()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Fixed32(self.take(4)?.try_into().unwrap_or_default()),
            other => {
                let expected = "a number, bytes or a message";
                return Err(SvgaError::BadField { message, field: key >> 3, expected, found: other as u8 });
            }
        };
        Ok(Field { number: key >> 3, message, value })
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, SvgaError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.bytes.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.bytes = &[];
        }
        Some(field)
    }
}

impl<'a> Field<'a> {
    /// An integer or an enum's number.
    pub(crate) fn integer(&self) -> Result<u64, SvgaError> {
        match self.value {
            Value::Varint(number) => Ok(number),
            _ => Err(self.unlike("a whole number")),
        }
    }

    /// A `float`; what is infinite, or no number, is refused.
    pub(crate) fn float(&self) -> Result<f32, SvgaError> {
        let Value::Fixed32(bytes) = self.value else { return Err(self.unlike("a float")) };
        let number = f32::from_le_bytes(bytes);
        let bad = SvgaError::NoNumber { message: self.message, field: self.number };
        if number.is_finite() { Ok(number) } else { Err(bad) }
    }

    pub(crate) fn bytes(&self) -> Result<&'a [u8], SvgaError> {
        match self.value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(self.unlike("bytes or a message")),
        }
    }

    pub(crate) fn text(&self) -> Result<&'a str, SvgaError> {
        let bad = SvgaError::BadText { what: self.message, expected: "text in UTF-8" };
        std::str::from_utf8(self.bytes()?).map_err(|_| bad)
    }

    /// The fields of the message inside.
    pub(crate) fn message(&self, name: &'static str) -> Result<Fields<'a>, SvgaError> {
        Ok(Fields::of(name, self.bytes()?))
    }

    fn unlike(&self, expected: &'static str) -> SvgaError {
        let found = match self.value {
            Value::Varint(_) => 0,
            Value::Fixed64 => 1,
            Value::Bytes(_) => 2,
            Value::Fixed32(_) => 5,
        };
        SvgaError::BadField { message: self.message, field: self.number, expected, found }
    }
}
