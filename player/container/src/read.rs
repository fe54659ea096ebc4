//! What a player must know of fMP4 before it appends it: tracks and codecs of an initialization segment, times and byte
//! ranges of fragments, event messages and clock references. Unknown boxes are stepped over.

mod codec;
mod emsg;
mod esds;
mod faults;
mod init;
mod media;
mod moof;
mod prft;
mod stsd;
mod trak;
mod trun;
mod walk;

pub use emsg::{EventMessage, EventTime};
pub use init::{Init, Track, TrackKind};
pub use media::{Fragment, Media, TrackFragment};
pub use prft::ProducerReferenceTime;
