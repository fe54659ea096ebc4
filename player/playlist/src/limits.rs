//! How much one playlist may hold. A playlist beyond a limit is refused, not cut: half a playlist plays wrong.

/// Bytes of text. A day of 2 s segments with long signed URIs is about 8 MB.
pub const MAX_TEXT: usize = 16 << 20;
/// Bytes of one line. Data URIs of keys and steering sit on one line.
pub const MAX_LINE: usize = 64 << 10;
/// Segments, skipped ones included. 24 h of 1 s segments is 86,400.
pub const MAX_SEGMENTS: usize = 100_000;
/// Parts of one segment. 0.1 s parts in a 60 s segment are 600.
pub const MAX_PARTS: usize = 2_000;
/// Attributes of one tag.
pub const MAX_ATTRIBUTES: usize = 64;
/// Tags of one kind that belong to the whole playlist: variants, renditions, date ranges, reports, hints. Joining a
/// delta compares every date range with every other.
pub const MAX_TAGS: usize = 2_000;
/// Key formats in force at once; a stream for every content protection system there is has four.
pub const MAX_KEYS: usize = 8;
