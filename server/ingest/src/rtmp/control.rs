//! Protocol control messages (RTMP 1.0, 5.4 and 7.1.7).

use super::answer;
use crate::IngestError;

/// A control message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    ChunkSize(u32),
    Abort(u32),
    Window(u32),
    Ping(u32),
    Other,
}

impl Control {
    /// Reads a message of kind 1 to 6.
    pub(super) fn read(kind: u8, data: &[u8]) -> Result<Self, IngestError> {
        let number = |what| {
            let bytes =
                data.first_chunk::<4>().ok_or(IngestError::Malformed { what, expected: "four bytes" })?;
            Ok(u32::from_be_bytes(*bytes))
        };
        Ok(match (kind, data) {
            (1, _) => Self::ChunkSize(number("chunk size")?),
            (2, _) => Self::Abort(number("abort")?),
            (5, _) => Self::Window(number("window")?),
            (4, [0, 6, a, b, c, d, ..]) => Self::Ping(u32::from_be_bytes([*a, *b, *c, *d])),
            _ => Self::Other,
        })
    }
}

/// Counts bytes, and says when an acknowledgement is due.
#[derive(Debug)]
pub(super) struct Acknowledger {
    window: u32,
    total: u32,
    since: u32,
}

impl Default for Acknowledger {
    fn default() -> Self {
        Self { window: answer::WINDOW, total: 0, since: 0 }
    }
}

impl Acknowledger {
    /// The peer wants one every `window` bytes; fewer than 1,000 would drown it in answers.
    pub(super) fn set_window(&mut self, window: u32) {
        self.window = window.max(1_000);
    }

    /// Bytes came. The number to acknowledge, which wraps, if it is time.
    pub(super) fn received(&mut self, bytes: usize) -> Option<u32> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.total = self.total.wrapping_add(bytes);
        self.since = self.since.saturating_add(bytes);
        (self.since >= self.window).then(|| {
            self.since = 0;
            self.total
        })
    }
}
