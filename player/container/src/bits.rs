//! A bounded reader of bits and of Exp-Golomb codes (ISO 14496-10 9.1). Never panics, never allocates.

use crate::{Error, FourCc};

/// Bits of a record, most significant first.
#[derive(Debug, Clone)]
pub(crate) struct Bits<'a> {
    what: FourCc,
    bytes: &'a [u8],
    /// Position in bits.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(what: FourCc, bytes: &'a [u8]) -> Self {
        Self { what, bytes, at: 0 }
    }

    pub(crate) fn bit(&mut self) -> Result<bool, Error> {
        let byte = self.bytes.get(self.at / 8).ok_or_else(|| self.malformed("more bits", self.at as u64))?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Ok(bit == 1)
    }

    /// Up to 32 bits.
    pub(crate) fn bits(&mut self, count: u32) -> Result<u32, Error> {
        (0..count).try_fold(0, |value, _| Ok(value << 1 | u32::from(self.bit()?)))
    }

    /// `ue(v)`.
    pub(crate) fn unsigned(&mut self) -> Result<u32, Error> {
        let mut zeros = 0;
        while !self.bit()? {
            zeros += 1;
            if zeros > 31 {
                return Err(self.malformed("a code of at most 63 bits", zeros));
            }
        }
        let base = (1 << zeros) - 1;
        Ok(base + self.bits(zeros as u32)?)
    }

    /// `se(v)`.
    pub(crate) fn signed(&mut self) -> Result<i32, Error> {
        let code = i64::from(self.unsigned()?);
        let magnitude = (code + 1) / 2;
        Ok(if code % 2 == 0 { -magnitude } else { magnitude } as i32)
    }

    pub(crate) fn malformed(&self, expected: &'static str, found: u64) -> Error {
        Error::Malformed { what: self.what, expected, found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_golomb_codes_are_read_as_the_standard_lists_them() {
        // 1 010 011 00100 00101 | 1 010 011 00100
        let bytes = [0b1010_0110, 0b0100_0010, 0b1101_0011, 0b0010_0000];
        let mut bits = Bits::new(FourCc(*b"test"), &bytes);
        let unsigned: Vec<_> = (0..5).map(|_| bits.unsigned().unwrap()).collect();
        assert_eq!(unsigned, [0, 1, 2, 3, 4]);
        let signed: Vec<_> = (0..4).map(|_| bits.signed().unwrap()).collect();
        assert_eq!(signed, [0, 1, -1, 2]);
    }

    #[test]
    fn a_code_without_end_is_refused() {
        assert!(Bits::new(FourCc(*b"test"), &[0; 64]).unsigned().is_err());
        assert!(Bits::new(FourCc(*b"test"), &[0; 2]).unsigned().is_err());
    }
}
