//! Writes what is read: just enough of Protocol Buffers to make a movie.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// A message that grows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message(pub(crate) Vec<u8>);

impl Message {
    pub(crate) fn number(mut self, field: u64, number: u64) -> Self {
        self.varint(field << 3);
        self.varint(number);
        self
    }

    pub(crate) fn float(mut self, field: u64, number: f32) -> Self {
        self.varint(field << 3 | 5);
        self.0.extend(number.to_le_bytes());
        self
    }

    /// Floats in the fields from 1 on.
    pub(crate) fn floats(numbers: &[f32]) -> Self {
        (1..).zip(numbers).fold(Self::default(), |message, (field, number)| message.float(field, *number))
    }

    pub(crate) fn bytes(mut self, field: u64, bytes: impl AsRef<[u8]>) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.as_ref().len() as u64);
        self.0.extend(bytes.as_ref());
        self
    }

    pub(crate) fn message(self, field: u64, inside: Message) -> Self {
        self.bytes(field, inside.0)
    }

    fn varint(&mut self, mut number: u64) {
        while number > 0x7f {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(crate) fn deflated(&self) -> Vec<u8> {
        compress_to_vec_zlib(&self.0, 6)
    }
}

/// A `MovieEntity` without pictures and sprites.
pub(crate) fn movie(width: f32, height: f32, rate: u64, frames: u64) -> Message {
    let params = Message::floats(&[width, height]).number(3, rate).number(4, frames);
    Message::default().bytes(1, "2.0.0").message(2, params)
}

/// An entry of `images` whose header says this size; there are no pixels behind it.
pub(crate) fn picture(key: &str, width: u32, height: u32) -> Message {
    let header =
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &width.to_be_bytes()[..], &height.to_be_bytes()].concat();
    Message::default().bytes(1, key).bytes(2, header)
}

/// A `FrameEntity` that is seen.
pub(crate) fn frame(alpha: f32, layout: [f32; 4], transform: [f32; 6]) -> Message {
    let (layout, transform) = (Message::floats(&layout), Message::floats(&transform));
    Message::default().float(1, alpha).message(2, layout).message(3, transform)
}

/// A `SpriteEntity`.
pub(crate) fn sprite(picture: &str, mask: &str, frames: impl IntoIterator<Item = Message>) -> Message {
    let named = Message::default().bytes(1, picture).bytes(3, mask);
    frames.into_iter().fold(named, |sprite, frame| sprite.message(2, frame))
}
