//! What a packager makes of samples: an initialization segment, and fragments that go with it. Decides nothing about
//! where to cut.

mod fragment;
mod init;

pub use fragment::{Fragment, Sample, TrackFragment};
pub use init::{AudioTrack, InitSegment, VideoTrack};
