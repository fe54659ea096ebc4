//! What the server asks of a publisher's protocol, whichever it is: bytes in, events out.

use bytes::Bytes;

use crate::{IngestError, Metadata, StreamKey};

/// One publisher's connection, without the connection.
pub trait Session {
    /// Takes bytes that came from the publisher. Afterwards drain [`Session::next_event`], also after an error: the
    /// last events tell the publisher what was wrong.
    ///
    /// # Errors
    /// [`IngestError`] when the connection cannot go on.
    fn receive(&mut self, bytes: &[u8]) -> Result<(), IngestError>;

    /// What follows from the bytes so far, oldest first.
    fn next_event(&mut self) -> Option<Event>;

    /// Lets the publisher of [`Event::Publish`] begin.
    fn accept(&mut self);

    /// Sends the publisher away, with the reason.
    fn reject(&mut self, rejection: Rejection, description: &str);
}

/// What follows from a publisher's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Bytes that the publisher must get, in this order.
    Send(Vec<u8>),
    /// Somebody wants to publish: answer with [`Session::accept`] or [`Session::reject`].
    Publish(StreamKey),
    /// What the encoder says of itself.
    Metadata(Metadata),
    /// A track's decoder configuration: `AVCDecoderConfigurationRecord` or `AudioSpecificConfig`.
    Config(Track, Bytes),
    /// A frame.
    Frame(Frame),
    /// The publisher said goodbye.
    Finished,
}

/// Which track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// H.264.
    Video,
    /// AAC.
    Audio,
}

/// One access unit as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its track.
    pub track: Track,
    /// Decode time on the publisher's clock, in milliseconds; starts anywhere, jumps and wraps.
    pub timestamp: u32,
    /// Presentation time minus decode time, in milliseconds.
    pub composition: i32,
    /// Length-prefixed units of H.264, or one raw AAC frame; never empty.
    pub data: Bytes,
}

/// How a publisher is sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The key is wrong, or its stream is taken.
    BadName,
    /// Not allowed, or not now.
    Denied,
    /// The stream cannot be used.
    Failed,
}
