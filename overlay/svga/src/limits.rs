//! How much of anything a file may have. Real gifts stay far below; what is above would hurt a phone.

/// Bytes of the file once inflated: four times the largest file that a catalogue takes.
pub const MOVIE_BYTES: usize = 16 * 1024 * 1024;

/// Pixels along a side of the view box or of a picture: the least texture that browsers promise.
pub const SIDE: u32 = 2_048;

/// Bytes of all pictures once decoded, four a pixel. Makers of gifts are told to stay below 8 MiB.
pub const PICTURE_BYTES: usize = 32 * 1024 * 1024;

/// Pictures.
pub const PICTURES: usize = 256;

/// Frames: thirty seconds at sixty a second, twice as long as any gift plays.
pub const FRAMES: usize = 1_800;

/// Frames a second, at most.
pub const RATE: u32 = 120;

/// Sprites, one above the other.
pub const SPRITES: usize = 512;

/// Frames of all sprites together: 64 bytes each.
pub const CELLS: usize = 120_000;

/// Shapes of all frames together.
pub const SHAPES: usize = 20_000;

/// Bytes of a path's text.
pub const PATH_BYTES: usize = 64 * 1024;

/// Paths that differ.
pub const PATHS: usize = 20_000;
