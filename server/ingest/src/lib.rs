//! A publisher's bytes to configurations and frames: RTMP with H.264 and AAC. Opens no socket and reads no clock.
//!
//! [`Session`] is what the server talks to, so that another protocol can stand beside [`RtmpSession`]. Of rml_rtmp it
//! takes the handshake and the writing of messages; what the network sends is read here, bounded (see [`limits`]),
//! because rml_rtmp's reader trusts declared lengths, nests values without end and mixes up interleaved messages.

mod amf0;
mod chunk;
mod command;
mod error;
mod flv;
pub mod limits;
mod metadata;
mod rtmp;
mod session;
mod stream_key;

pub use error::IngestError;
pub use metadata::Metadata;
pub use rtmp::RtmpSession;
pub use session::{Event, Frame, Rejection, Session, Track};
pub use stream_key::StreamKey;
