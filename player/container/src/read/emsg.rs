//! `emsg` (ISO 23009-1 5.10.3.3): event messages.

use super::walk::Box;

/// An event message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMessage {
    /// Whose events these are.
    pub scheme: String,
    /// What kind of event.
    pub value: String,
    /// Units a second; never 0.
    pub timescale: u32,
    /// When it happens.
    pub time: EventTime,
    /// How long it lasts, in units; `None` when not known.
    pub duration: Option<u32>,
    /// Number of the event: a repeated number is the same event.
    pub id: u32,
    /// The message.
    pub data: Vec<u8>,
}

/// When an event happens, in units of its timescale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventTime {
    /// On the track's timeline (version 1).
    Absolute(u64),
    /// After the earliest presentation time of the segment (version 0).
    AfterSegmentStart(u32),
}

pub(super) fn read(found: &Box<'_>) -> EventMessage {
    let mut bytes = found.bytes();
    let (version, _) = bytes.version_flags();
    let mut names = (String::new(), String::new());
    if version == 0 {
        names = (bytes.text(), bytes.text());
    }
    let timescale = bytes.u32();
    let time = match version {
        0 => EventTime::AfterSegmentStart(bytes.u32()),
        _ => EventTime::Absolute(bytes.u64()),
    };
    let (duration, id) = (bytes.u32(), bytes.u32());
    if version != 0 {
        names = (bytes.text(), bytes.text());
    }
    found.check(&bytes);
    if timescale == 0 {
        found.faults.note(bytes.malformed("a timescale above 0", 0));
    }
    let (scheme, value) = names;
    let duration = (duration != u32::MAX).then_some(duration);
    EventMessage { scheme, value, timescale, time, duration, id, data: bytes.rest().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::read::faults::Faults;
    use crate::read::walk::Walker;

    fn message(version: u8, body: &[u8]) -> Result<EventMessage, Error> {
        let mut file = ((body.len() + 12) as u32).to_be_bytes().to_vec();
        file.extend_from_slice(&[b'e', b'm', b's', b'g', version, 0, 0, 0]);
        file.extend_from_slice(body);
        let faults = Faults::default();
        let message = read(&Walker::file(&file, &faults).next().unwrap());
        faults.check().map(|()| message)
    }

    #[test]
    fn both_versions_are_read() {
        let old = message(0, b"urn:x\0v\0\0\0\x03\xe8\0\0\0\x07\xff\xff\xff\xff\0\0\0\x2ahello").unwrap();
        assert_eq!((old.scheme.as_str(), old.value.as_str(), old.timescale), ("urn:x", "v", 1000));
        assert_eq!((old.time, old.duration, old.id), (EventTime::AfterSegmentStart(7), None, 42));
        let new = message(1, b"\0\0\x03\xe8\0\0\0\0\0\0\0\x07\0\0\0\x05\0\0\0\x2aurn:x\0v\0hello").unwrap();
        assert_eq!((new.time, new.duration), (EventTime::Absolute(7), Some(5)));
        assert_eq!((old.data, new.data.as_slice()), (b"hello".to_vec(), &b"hello"[..]));
    }

    #[test]
    fn a_message_without_timescale_or_without_end_is_refused() {
        assert!(message(1, b"\0\0\0\0\0\0\0\0\0\0\0\x07\0\0\0\x05\0\0\0\x2aurn:x\0v\0").is_err());
        assert!(message(0, b"urn:x").is_err());
    }
}
