//! A bounded reader of bits and of Exp-Golomb codes (ISO 14496-10 9.1). Never panics, never allocates.

use crate::{Error, FourCc};

/// Bits of a record, most significant first. As with [`crate::bytes::Bytes`], reading past the end gives zeros and is
/// remembered until [`Bits::check`].
#[derive(Debug, Clone)]
pub(crate) struct Bits<'a> {
    what: FourCc,
    bytes: &'a [u8],
    /// Position in bits.
    at: usize,
    bad: bool,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(what: FourCc, bytes: &'a [u8]) -> Self {
        Self { what, bytes, at: 0, bad: false }
    }

    /// An error if anything was read that is not there, or no code.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.bad { Err(self.malformed("more bits", self.at as u64)) } else { Ok(()) }
    }

    pub(crate) fn bit(&mut self) -> bool {
        let byte = self.bytes.get(self.at / 8).copied();
        self.bad |= byte.is_none();
        let bit = byte.unwrap_or(0) >> (7 - self.at % 8) & 1;
        self.at += 1;
        bit == 1
    }

    /// Up to 32 bits.
    pub(crate) fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| value << 1 | u32::from(self.bit()))
    }

    /// `ue(v)`.
    pub(crate) fn unsigned(&mut self) -> u32 {
        let zeros = (0..32).take_while(|_| !self.bit()).count() as u32;
        if zeros > 31 {
            self.bad = true;
            return 0;
        }
        (1 << zeros) - 1 + self.bits(zeros)
    }

    /// `se(v)`.
    pub(crate) fn signed(&mut self) -> i32 {
        let code = i64::from(self.unsigned());
        let magnitude = (code + 1) / 2;
        (if code % 2 == 0 { -magnitude } else { magnitude }) as i32
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
        let unsigned: Vec<_> = (0..5).map(|_| bits.unsigned()).collect();
        assert_eq!(unsigned, [0, 1, 2, 3, 4]);
        let signed: Vec<_> = (0..4).map(|_| bits.signed()).collect();
        assert_eq!(signed, [0, 1, -1, 2]);
    }

    #[test]
    fn a_code_without_end_is_refused() {
        for length in [2, 64] {
            let zeros = vec![0; length];
            let mut bits = Bits::new(FourCc(*b"test"), &zeros);
            bits.unsigned();
            assert!(bits.check().is_err(), "{length}");
        }
    }
}
