//! An encoder that makes frames of the right shape and no pictures.

use bytes::Bytes;

use crate::{Frame, Track};

/// Decoder configuration of a 320×240 stream with B-frames, from x264.
pub(super) const AVC: &[u8] =
    b"\x01\x64\x00\x0d\xff\xe1\x00\x19\x67\x64\x00\x0d\xac\xd9\x41\x41\xfb\x01\x10\x00\x00\x03\x00\x10\
    \x00\x00\x03\x03\x20\xf1\x42\x99\x60\x01\x00\x04\x68\xef\x8f\xcb\xfd\xf8\xf8\x00";
/// AAC-LC, 44,100 Hz, mono.
pub(super) const AAC: &[u8] = b"\x12\x08";

/// What the encoder is set to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoder {
    /// Frames in a thousand seconds; 0 for no pictures.
    pub(super) millihertz: u64,
    /// Pictures from key frame to key frame.
    pub(super) key_interval: u64,
    pub(super) b_frames: bool,
    pub(super) sound: bool,
    /// Timestamp of the first frame.
    pub(super) start: u32,
}

impl Default for Encoder {
    fn default() -> Self {
        Self { millihertz: 30_000, key_interval: 60, b_frames: false, sound: true, start: 0 }
    }
}

/// A frame, and when it is sent, in milliseconds from the start.
pub(super) type Sent = (u64, Frame);

impl Encoder {
    /// What it sends from `from` to `to`, in milliseconds.
    pub(super) fn frames(&self, from: u64, to: u64) -> Vec<Sent> {
        let mut frames: Vec<_> = self.pictures(from, to).chain(self.sounds(from, to)).collect();
        frames.sort_by_key(|(at, _)| *at);
        frames
    }

    fn pictures(&self, from: u64, to: u64) -> impl Iterator<Item = Sent> {
        let rate = self.millihertz.max(1);
        let time = move |number: u64| (number * 1_000_000 + rate / 2) / rate;
        let reorder = if self.b_frames { 2_000_000 / rate } else { 0 };
        let count = if self.millihertz == 0 { 0 } else { to * rate / 1_000_000 + 2 };
        let (start, interval) = (self.start, self.key_interval.max(1));
        let numbers = (0..count).filter(move |number| (from..to).contains(&time(*number)));
        numbers.map(move |number| {
            let kind = if number % interval == 0 { 0x65 } else { 0x41 };
            let data = Bytes::copy_from_slice(&[0, 0, 0, 3, kind, 0x88, number as u8]);
            let timestamp = start.wrapping_add(time(number) as u32);
            (time(number), Frame { track: Track::Video, timestamp, composition: reorder as i32, data })
        })
    }

    fn sounds(&self, from: u64, to: u64) -> impl Iterator<Item = Sent> {
        let time = |number: u64| (number * 1_024_000 + 22_050) / 44_100;
        let count = if self.sound { to * 44_100 / 1_024_000 + 2 } else { 0 };
        let start = self.start;
        let numbers = (0..count).filter(move |number| (from..to).contains(&time(*number)));
        numbers.map(move |number| {
            let timestamp = start.wrapping_add(time(number) as u32);
            let data = Bytes::from_static(b"\x21\x10\x05");
            (time(number), Frame { track: Track::Audio, timestamp, composition: 0, data })
        })
    }
}
