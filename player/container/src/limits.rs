//! How much one input may ask of the reader. Boxes are entered by name, never by recursion, so depth needs no limit.

/// Tracks of one file.
pub const MAX_TRACKS: usize = 16;
/// Fragments of one read. A 10 s segment of one-frame fragments at 120 Hz has 1,200.
pub const MAX_FRAGMENTS: usize = 10_000;
/// Samples of one run: a minute of 48 kHz AAC is 2,813.
pub const MAX_SAMPLES: u32 = 1 << 20;
/// Bytes of a `moov` or `moof`, which are read whole.
pub const MAX_HEADER: u64 = 16 << 20;
/// Event messages and clock references of one read.
pub const MAX_EVENTS: usize = 1_000;
