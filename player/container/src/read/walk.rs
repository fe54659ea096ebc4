//! Steps from box to box (ISO 14496-12 4.2). Borrows, never recurses, always goes forward.

use super::faults::Faults;
use crate::bytes::Bytes;
use crate::limits::MAX_HEADER;
use crate::{Error, FourCc};

const FILE: FourCc = FourCc(*b"file");

/// A whole box.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Box<'a> {
    pub(crate) kind: FourCc,
    /// What is inside, header left out.
    pub(crate) body: &'a [u8],
    /// Where it begins and ends in the walker's input.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) faults: &'a Faults,
}

impl<'a> Box<'a> {
    /// A reader of the box's own fields.
    pub(crate) fn bytes(&self) -> Bytes<'a> {
        Bytes::new(self.kind, self.body)
    }

    /// A walker over the box's children.
    pub(crate) fn children(&self) -> Walker<'a> {
        Walker::inside(self, self.body)
    }

    /// The first child of a kind that must be there.
    pub(crate) fn child(&self, kind: &[u8; 4]) -> Box<'a> {
        self.children().need(kind)
    }

    /// Notes whether the box's fields were there.
    pub(crate) fn check(&self, bytes: &Bytes<'_>) {
        if let Err(error) = bytes.check() {
            self.faults.note(error);
        }
    }
}

/// Steps over boxes.
#[derive(Debug, Clone)]
pub(crate) struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The box that all this is inside of; none for a file, which may end anywhere.
    parent: Option<FourCc>,
    faults: &'a Faults,
}

impl<'a> Walker<'a> {
    /// Over a file or a stretch of it. Ending early is [`Error::NeedMore`].
    pub(crate) fn file(bytes: &'a [u8], faults: &'a Faults) -> Self {
        // Every packet of a transport stream begins so; as a box's size it would be above a gigabyte.
        if bytes.first() == Some(&0x47) && bytes.get(188).is_none_or(|byte| *byte == 0x47) {
            faults.note(Error::NotYet("MPEG-TS"));
        }
        Self { bytes, at: 0, parent: None, faults }
    }

    /// Over the children of a whole box, which begin after its own fields.
    pub(crate) fn inside(parent: &Box<'a>, children: &'a [u8]) -> Self {
        Self { bytes: children, at: 0, parent: Some(parent.kind), faults: parent.faults }
    }

    /// The first box of a kind from here on.
    pub(crate) fn find(mut self, kind: FourCc) -> Option<Box<'a>> {
        while let Some(found) = self.next() {
            if found.kind == kind {
                return Some(found);
            }
        }
        None
    }

    /// The first box of a kind that must be there; an empty one in its place.
    pub(crate) fn need(&self, kind: &[u8; 4]) -> Box<'a> {
        let (child, faults) = (FourCc(*kind), self.faults);
        self.clone().find(child).unwrap_or_else(|| {
            faults.note(Error::Missing { parent: self.parent.unwrap_or(FILE), child });
            Box { kind: child, body: &[], start: 0, end: 0, faults }
        })
    }

    /// The next box; none at the end, and none after a fault.
    pub(crate) fn next(&mut self) -> Option<Box<'a>> {
        let left = self.bytes.get(self.at..).unwrap_or_default();
        // Fewer bytes than a header inside a box are padding; some muxers leave four zeros.
        if left.is_empty() || (self.parent.is_some() && left.len() < 8) || self.faults.first().is_some() {
            return None;
        }
        match self.read(left) {
            Ok(found) => {
                self.at = found.end;
                Some(found)
            }
            Err(error) => {
                self.faults.note(error);
                None
            }
        }
    }

    /// Reads the box that these bytes begin with.
    fn read(&self, left: &'a [u8]) -> Result<Box<'a>, Error> {
        let mut header = Bytes::new(self.parent.unwrap_or(FILE), left);
        let (short, kind) = (header.u32(), header.fourcc());
        if header.check().is_err() {
            return Err(self.need_more(FILE, 8));
        }
        let size = match short {
            // To the end of the file, which is what there is.
            0 if self.parent.is_none() => left.len() as u64,
            1 => header.u64(),
            size => u64::from(size),
        };
        if self.parent.is_none() && header.check().is_err() {
            return Err(self.need_more(kind, 16));
        }
        header.check()?;
        let header = left.len() - header.rest().len();
        self.check(kind, size, header as u64)?;
        let Some(whole) = usize::try_from(size).ok().and_then(|size| left.get(..size)) else {
            return Err(match self.parent {
                None => self.need_more(kind, size),
                Some(what) => Error::Malformed { what, expected: "children that fit inside", found: size },
            });
        };
        let body = whole.get(header..).unwrap_or_default();
        Ok(Box { kind, body, start: self.at, end: self.at + whole.len(), faults: self.faults })
    }

    /// A size holds its own header, and only media may be large.
    fn check(&self, kind: FourCc, size: u64, header: u64) -> Result<(), Error> {
        if size < header {
            return Err(Error::Malformed {
                what: kind,
                expected: "a size that holds the header",
                found: size,
            });
        }
        if self.parent.is_none() && !kind.0.iter().all(|byte| (b' '..=b'~').contains(byte) || *byte == 0xa9) {
            return Err(Error::Malformed {
                what: kind,
                expected: "a box's name",
                found: u64::from(u32::from_be_bytes(kind.0)),
            });
        }
        let is_media = [*b"mdat", *b"free", *b"skip"].contains(&kind.0);
        if self.parent.is_none() && !is_media && size > MAX_HEADER {
            return Err(Error::TooMany { what: "bytes in a box of headers", limit: MAX_HEADER });
        }
        Ok(())
    }

    fn need_more(&self, what: FourCc, size: u64) -> Error {
        Error::NeedMore { what, needed: (self.at as u64).saturating_add(size), have: self.bytes.len() as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(mut walker: Walker<'_>) -> Result<Vec<String>, Error> {
        let mut kinds = Vec::new();
        while let Some(found) = walker.next() {
            kinds.push(format!("{} {}..{} {}", found.kind, found.start, found.end, found.body.len()));
        }
        walker.faults.check().map(|()| kinds)
    }

    fn in_file(bytes: &[u8]) -> Result<Vec<String>, Error> {
        kinds(Walker::file(bytes, &Faults::default()))
    }

    fn in_moov(body: &[u8]) -> Result<Vec<String>, Error> {
        let faults = Faults::default();
        let moov = Box { kind: FourCc(*b"moov"), body, start: 0, end: body.len(), faults: &faults };
        kinds(moov.children())
    }

    #[test]
    fn boxes_of_all_three_kinds_of_size_are_stepped_over() {
        let bytes = b"\0\0\0\x09free!\0\0\0\x01mdat\0\0\0\0\0\0\0\x12ab\0\0\0\0mdatrest";
        let found = in_file(bytes).unwrap();
        assert_eq!(found, ["free 0..9 1", "mdat 9..27 2", "mdat 27..39 4"]);
    }

    #[test]
    fn a_file_that_ends_inside_a_box_needs_more_bytes() {
        let whole = b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12ab";
        for length in 1..whole.len() {
            let result = in_file(whole.get(..length).unwrap());
            let needed = if length < 8 {
                8
            } else if length < 16 {
                16
            } else {
                18
            };
            assert!(
                matches!(result, Err(Error::NeedMore { needed: n, .. }) if n == needed),
                "{length} {result:?}"
            );
        }
    }

    #[test]
    fn a_child_without_size_or_beyond_its_parent_is_malformed() {
        for bytes in
            [&b"\0\0\0\0free\0\0\0\0"[..], b"\0\0\0\x07free", b"\0\0\0\x09free", b"\0\0\0\x01free\0\0"]
        {
            let result = in_moov(bytes);
            assert!(matches!(result, Err(Error::Malformed { .. })), "{bytes:?} {result:?}");
        }
    }

    #[test]
    fn padding_at_a_parents_end_is_left_alone() {
        assert_eq!(in_moov(&[0; 4]), Ok(vec![]));
    }

    #[test]
    fn web_pages_and_transport_streams_are_told_from_boxes_that_end_early() {
        assert!(matches!(in_file(b"<!DOCTYPE html>"), Err(Error::TooMany { .. })));
        assert!(matches!(in_file(&[0x47; 189]), Err(Error::NotYet("MPEG-TS"))));
        assert!(matches!(in_file(b"\0\0\0\x10\x01\x02\x03\x04"), Err(Error::Malformed { .. })));
    }
}
