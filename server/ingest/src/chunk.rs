//! RTMP chunks to messages (RTMP 1.0, 5.3). Knows nothing of what messages mean, but for the two that steer chunks
//! themselves. Declared lengths allocate nothing: memory grows with bytes that came.

mod header;

use std::collections::BTreeMap;

use bytes::{Buf, Bytes, BytesMut};

use crate::{IngestError, limits};
use header::Header;

/// A whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// What it is: 8 audio, 9 video, 20 command, …
    pub(crate) kind: u8,
    /// Message stream; 0 for the connection itself.
    pub(crate) stream: u32,
    /// Milliseconds, wraps.
    pub(crate) timestamp: u32,
    pub(crate) data: Bytes,
}

/// Puts messages together from chunks.
#[derive(Debug)]
pub(crate) struct ChunkReader {
    buffer: BytesMut,
    streams: BTreeMap<u32, ChunkStream>,
    /// Stream and bytes left of the chunk whose header was read.
    current: Option<(u32, usize)>,
    max_chunk: usize,
    /// Bytes of all unfinished messages.
    pending: usize,
}

/// What the next header on a chunk stream builds upon.
#[derive(Debug, Default)]
struct ChunkStream {
    kind: u8,
    message_stream: u32,
    length: usize,
    timestamp: u32,
    delta: u32,
    /// The extended timestamp of the last header, if it had one.
    extended: Option<u32>,
    pending: BytesMut,
    in_message: bool,
}

impl ChunkReader {
    pub(crate) fn new() -> Self {
        Self { buffer: BytesMut::new(), streams: BTreeMap::new(), current: None, max_chunk: 128, pending: 0 }
    }

    /// Takes bytes from the network.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// From now on chunks carry up to `size` bytes (type 1, Set Chunk Size).
    pub(crate) fn set_max_chunk(&mut self, size: u32) -> Result<(), IngestError> {
        // Bit 31 must be 0 (5.4.1); a chunk larger than any message is never filled.
        if size == 0 || size > i32::MAX as u32 {
            return Err(IngestError::Chunk {
                id: 2,
                expected: "a chunk size of 1 to 2147483647",
                found: size.into(),
            });
        }
        self.max_chunk = size as usize;
        Ok(())
    }

    /// Drops the unfinished message of a chunk stream (type 2, Abort).
    pub(crate) fn abort(&mut self, id: u32) {
        if let Some(stream) = self.streams.get_mut(&id) {
            self.pending = self.pending.saturating_sub(stream.pending.len());
            // Its memory goes too, or aborted messages would pile up uncounted.
            stream.pending = BytesMut::new();
            stream.in_message = false;
        }
    }

    /// The next whole message; `None` when more bytes are needed.
    pub(crate) fn next_message(&mut self) -> Result<Option<Message>, IngestError> {
        loop {
            let (id, left) = match self.current {
                Some(current) => current,
                None => match self.begin_chunk()? {
                    Some(current) => current,
                    None => return Ok(None),
                },
            };
            let take = left.min(self.buffer.len());
            let Some(stream) = self.streams.get_mut(&id) else { return Ok(None) };
            stream.pending.extend_from_slice(self.buffer.get(..take).unwrap_or_default());
            self.buffer.advance(take);
            self.pending += take;
            self.current = (take < left).then_some((id, left - take));
            if self.pending > limits::MAX_PENDING {
                let what = "bytes of unfinished messages";
                return Err(IngestError::TooMuch { what, limit: limits::MAX_PENDING });
            }
            if self.current.is_some() {
                return Ok(None);
            }
            if let Some(message) = stream.finish() {
                self.pending = self.pending.saturating_sub(message.data.len());
                return Ok(Some(message));
            }
        }
    }

    /// Reads a chunk's header. Nothing is taken from the buffer until all of it is there.
    fn begin_chunk(&mut self) -> Result<Option<(u32, usize)>, IngestError> {
        let extended = |id| self.streams.get(&id).and_then(|stream| stream.extended);
        let Some(header) = Header::read(&self.buffer, extended) else { return Ok(None) };
        let id = header.id;
        if !self.streams.contains_key(&id) {
            if header.format != 0 {
                let found = u64::from(header.format);
                return Err(IngestError::Chunk { id, expected: "a first chunk with a full header", found });
            }
            if self.streams.len() >= limits::MAX_CHUNK_STREAMS {
                return Err(IngestError::TooMuch { what: "chunk streams", limit: limits::MAX_CHUNK_STREAMS });
            }
        }
        let stream = self.streams.entry(id).or_default();
        stream.apply(&header)?;
        let left = stream.length.saturating_sub(stream.pending.len()).min(self.max_chunk);
        self.buffer.advance(header.size);
        self.current = Some((id, left));
        Ok(self.current)
    }
}

impl ChunkStream {
    /// Takes over what a header says.
    fn apply(&mut self, header: &Header) -> Result<(), IngestError> {
        let id = header.id;
        if self.in_message {
            if header.format == 3 {
                return Ok(());
            }
            let found = u64::from(header.format);
            return Err(IngestError::Chunk { id, expected: "the rest of a message", found });
        }
        if let Some((length, kind)) = header.message {
            if length > limits::MAX_MESSAGE {
                return Err(IngestError::TooMuch { what: "bytes in a message", limit: limits::MAX_MESSAGE });
            }
            (self.length, self.kind) = (length, kind);
        }
        if let Some(stream) = header.stream {
            self.message_stream = stream;
        }
        match (header.format, header.time) {
            // A repeat of an absolute time is no delta, whatever 5.3.1.2.4 says: encoders mean "the same time".
            (0, Some(time)) => (self.timestamp, self.delta) = (time, 0),
            (_, Some(delta)) => (self.timestamp, self.delta) = (self.timestamp.wrapping_add(delta), delta),
            (_, None) => self.timestamp = self.timestamp.wrapping_add(self.delta),
        }
        if header.format < 3 {
            self.extended = header.extended;
        }
        self.in_message = true;
        Ok(())
    }

    /// The message, if its last byte is here.
    fn finish(&mut self) -> Option<Message> {
        if self.pending.len() < self.length {
            return None;
        }
        self.in_message = false;
        Some(Message {
            kind: self.kind,
            stream: self.message_stream,
            timestamp: self.timestamp,
            data: std::mem::take(&mut self.pending).freeze(),
        })
    }
}

#[cfg(test)]
mod tests;
