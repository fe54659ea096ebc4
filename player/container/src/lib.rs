//! fMP4 boxes and elementary streams: bytes to samples and fragments, and back. Decodes no picture and no sound, and copies
//! no media while reading.
//!
//! * [`read`]: what a player must know of the bytes that it is about to append.
//! * [`write`] (feature `write`): what a packager makes of samples.
//! * [`id3`]: the frames of metadata in time.
//! * [`webvtt`]: the cues of subtitles.
//! * [`avc`], [`aac`]: the configuration records of H.264 and AAC, and the units inside samples.
//!
//! Running out of bytes is not being malformed: readers say so by [`Error::NeedMore`] or by how much they consumed.
//! MPEG-TS is not read yet and is named as such by [`Error::NotYet`].

pub mod aac;
pub mod avc;
mod bits;
mod bytes;
mod error;
mod fourcc;
pub mod id3;
pub mod limits;
pub mod read;
pub mod webvtt;
#[cfg(feature = "write")]
pub mod write;

pub use error::Error;
pub use fourcc::FourCc;
