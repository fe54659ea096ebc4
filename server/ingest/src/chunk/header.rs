//! A chunk's header (RTMP 1.0, 5.3.1).

/// A header as it was sent; what it leaves out is the chunk stream's to remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Chunk stream.
    pub(super) id: u32,
    /// 0 is full, 3 has nothing but the stream.
    pub(super) format: u8,
    /// Absolute in format 0, else a delta.
    pub(super) time: Option<u32>,
    /// The extended timestamp, if one follows.
    pub(super) extended: Option<u32>,
    /// Length and kind of the message.
    pub(super) message: Option<(usize, u8)>,
    /// Message stream.
    pub(super) stream: Option<u32>,
    /// Bytes of the header.
    pub(super) size: usize,
}

/// This in the three-byte field says that four more bytes hold the time.
const EXTENDED: u32 = 0x00ff_ffff;

impl Header {
    /// Reads a header; `None` when bytes are missing. `extended` tells the last one of a chunk stream.
    pub(super) fn read(buffer: &[u8], extended: impl Fn(u32) -> Option<u32>) -> Option<Self> {
        let mut reader = Reader { buffer, at: 0 };
        let first = reader.byte()?;
        let format = first >> 6;
        let id = match first & 0x3f {
            0 => u32::from(reader.byte()?) + 64,
            1 => u32::from(reader.byte()?) + u32::from(reader.byte()?) * 256 + 64,
            id => u32::from(id),
        };
        let mut header =
            Self { id, format, time: None, extended: None, message: None, stream: None, size: 0 };
        if format < 3 {
            header.time = Some(reader.u24()?);
        }
        if format < 2 {
            header.message = Some((reader.u24()? as usize, reader.byte()?));
        }
        if format < 1 {
            header.stream = Some(u32::from_le_bytes(reader.take::<4>()?));
        }
        if header.time == Some(EXTENDED) {
            header.extended = Some(u32::from_be_bytes(reader.take::<4>()?));
            header.time = header.extended;
        } else if format == 3 {
            // Repeated before each further chunk; some encoders forget, so it is taken only when it is the same.
            if let Some(value) = extended(id)
                && u32::from_be_bytes(reader.peek::<4>()?) == value
            {
                reader.at += 4;
            }
        }
        header.size = reader.at;
        Some(header)
    }
}

struct Reader<'a> {
    buffer: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek<const N: usize>(&self) -> Option<[u8; N]> {
        self.buffer.get(self.at..self.at + N)?.try_into().ok()
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = self.peek()?;
        self.at += N;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u24(&mut self) -> Option<u32> {
        self.take::<3>().map(|[a, b, c]| u32::from_be_bytes([0, a, b, c]))
    }
}
