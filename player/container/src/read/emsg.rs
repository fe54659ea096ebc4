//! `emsg` (ISO 23009-1 5.10.3.3): event messages.

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
