//! A bounded reader of big-endian numbers. Never panics, never allocates.

use crate::{Error, FourCc};

/// Bytes of one box or record, read from the front. Reading past the end gives zeros and is remembered: who reads calls
/// [`Bytes::check`] before it believes what it read. (One way out for a whole box, in place of one for each field,
/// halves the browser's module.)
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bytes<'a> {
    /// For errors: the box or record.
    what: FourCc,
    left: &'a [u8],
    /// Something was read that is not there, or is no text.
    short: bool,
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(what: FourCc, bytes: &'a [u8]) -> Self {
        Self { what, left: bytes, short: false }
    }

    /// What is left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.left
    }

    pub(crate) fn is_empty(self) -> bool {
        self.left.is_empty()
    }

    /// An error if anything was read that is not there, or text that is none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.short { Err(self.malformed("more bytes, or text", 0)) } else { Ok(()) }
    }

    /// The next `count` bytes, or none of them.
    pub(crate) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, left) = self.left.split_at_checked(count).unwrap_or_else(|| {
            self.short = true;
            Default::default()
        });
        self.left = left;
        taken
    }

    pub(crate) fn skip(&mut self, count: usize) {
        self.take(count);
    }

    fn number(&mut self, count: usize) -> u64 {
        self.take(count).iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    pub(crate) fn u8(&mut self) -> u8 {
        self.number(1) as u8
    }

    pub(crate) fn u16(&mut self) -> u16 {
        self.number(2) as u16
    }

    pub(crate) fn u32(&mut self) -> u32 {
        self.number(4) as u32
    }

    pub(crate) fn u64(&mut self) -> u64 {
        self.number(8)
    }

    pub(crate) fn fourcc(&mut self) -> FourCc {
        FourCc(self.u32().to_be_bytes())
    }

    /// Version and flags of a full box.
    pub(crate) fn version_flags(&mut self) -> (u8, u32) {
        let word = self.u32();
        ((word >> 24) as u8, word & 0x00ff_ffff)
    }

    /// A number that is 64 bits wide from version 1 on.
    pub(crate) fn versioned(&mut self, version: u8) -> u64 {
        self.number(if version == 0 { 4 } else { 8 })
    }

    /// UTF-8 text up to a zero byte.
    pub(crate) fn text(&mut self) -> String {
        let length = self.left.iter().position(|byte| *byte == 0).unwrap_or(self.left.len());
        let text = std::str::from_utf8(self.take(length));
        self.skip(1);
        self.short |= text.is_err();
        text.unwrap_or_default().to_owned()
    }

    pub(crate) fn malformed(&self, expected: &'static str, found: u64) -> Error {
        Error::Malformed { what: self.what, expected, found }
    }
}
