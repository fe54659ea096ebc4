//! How much one publisher may ask of the reader.

/// Bytes of one message. A 4K key frame at 60 Mbit/s stays under 2 MB.
pub const MAX_MESSAGE: usize = 4 << 20;
/// Bytes of all unfinished messages of a connection.
pub const MAX_PENDING: usize = 8 << 20;
/// Chunk streams that a connection may use. Encoders use two to six.
pub const MAX_CHUNK_STREAMS: usize = 32;
/// Bytes of a command or of metadata.
pub const MAX_COMMAND: usize = 64 << 10;
/// Values inside values of AMF0.
pub const MAX_AMF_DEPTH: usize = 8;
/// Values of one AMF0 message.
pub const MAX_AMF_VALUES: usize = 512;
/// Bytes of a stream key.
pub const MAX_STREAM_KEY: usize = 256;
/// Message streams that a connection may create. Encoders create one.
pub const MAX_STREAMS: u32 = 16;
/// Bytes of a decoder configuration.
pub const MAX_CONFIG: usize = 64 << 10;
