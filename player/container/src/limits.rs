//! How much one input may ask of the reader.

/// Boxes inside boxes.
pub const MAX_DEPTH: usize = 12;
/// Tracks of one file.
pub const MAX_TRACKS: usize = 16;
/// Fragments of one read. A 10 s segment of one-frame fragments at 120 Hz has 1,200.
pub const MAX_FRAGMENTS: usize = 10_000;
/// Samples of one fragment: a minute of 48 kHz AAC is 2,813.
pub const MAX_SAMPLES: u64 = 1 << 20;
/// Bytes of a `moov` or `moof`, which are read whole.
pub const MAX_HEADER: u64 = 16 << 20;
/// Event messages and clock references of one read.
pub const MAX_EVENTS: usize = 1_000;
