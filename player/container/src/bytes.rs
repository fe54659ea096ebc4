//! A bounded reader of big-endian numbers. Never panics, never allocates.

use crate::{Error, FourCc};

/// Bytes of one box or record, read from the front.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bytes<'a> {
    /// For errors: the box or record.
    what: FourCc,
    left: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(what: FourCc, bytes: &'a [u8]) -> Self {
        Self { what, left: bytes }
    }

    /// What is left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.left
    }

    pub(crate) fn is_empty(self) -> bool {
        self.left.is_empty()
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let Some((taken, left)) = self.left.split_at_checked(count) else {
            return Err(self.malformed("more bytes", self.left.len() as u64));
        };
        self.left = left;
        Ok(taken)
    }

    pub(crate) fn skip(&mut self, count: usize) -> Result<(), Error> {
        self.take(count).map(|_| ())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Error> {
        self.array::<1>().map(u8::from_be_bytes)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Error> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn fourcc(&mut self) -> Result<FourCc, Error> {
        self.array().map(FourCc)
    }

    /// Version and flags of a full box.
    pub(crate) fn version_flags(&mut self) -> Result<(u8, u32), Error> {
        let word = self.u32()?;
        Ok(((word >> 24) as u8, word & 0x00ff_ffff))
    }

    /// A number that is 64 bits wide from version 1 on.
    pub(crate) fn versioned(&mut self, version: u8) -> Result<u64, Error> {
        if version == 0 { self.u32().map(u64::from) } else { self.u64() }
    }

    /// Text up to a zero byte; what is not UTF-8 is replaced.
    pub(crate) fn text(&mut self) -> Result<String, Error> {
        let length = self.left.iter().position(|byte| *byte == 0);
        let length = length.ok_or_else(|| self.malformed("a zero after the text", self.left.len() as u64))?;
        let text = String::from_utf8_lossy(self.take(length)?).into_owned();
        self.skip(1)?;
        Ok(text)
    }

    pub(crate) fn malformed(&self, expected: &'static str, found: u64) -> Error {
        Error::Malformed { what: self.what, expected, found }
    }
}
