//! AAC: `AudioSpecificConfig` (ISO 14496-3 1.6.2.1). Decodes no sound.

use crate::bits::Bits;
use crate::{Error, FourCc};

const ASC: FourCc = FourCc(*b"asc ");
/// Sampling frequencies by index (table 1.18).
const RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
/// Spectral band replication (HE-AAC), and parametric stereo on top of it (HE-AAC v2).
const SBR: u8 = 5;
const PS: u8 = 29;
/// Low delay, whose frames are half as long.
const LOW_DELAY: [u8; 2] = [23, 39];

/// `AudioSpecificConfig`, the content of `esds` and RTMP's sequence header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioConfig {
    /// Audio object type: 2 is AAC-LC, 5 is HE-AAC, 29 is HE-AAC v2.
    pub object_type: u8,
    /// Samples a second of the decoded core (before SBR doubles it).
    pub sample_rate: u32,
    /// Channels; 0 when a program config element says it.
    pub channels: u8,
    /// Samples a second after spectral band replication, when the config says so.
    pub extension_sample_rate: Option<u32>,
    samples_per_frame: u32,
    /// The config as it was read.
    bytes: Vec<u8>,
}

impl AudioConfig {
    /// Reads a config.
    ///
    /// # Errors
    /// When it is cut short or names a reserved sample rate.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut bits = Bits::new(ASC, bytes);
        let object_type = object_type(&mut bits);
        let sample_rate = sample_rate(&mut bits);
        let channels = match bits.bits(4) {
            count @ 0..=6 => count as u8,
            7 | 12 | 14 => 8,
            11 => 7,
            other => return Err(bits.malformed("a channel configuration", u64::from(other))),
        };
        let (mut core, mut extension_sample_rate) = (object_type, None);
        if object_type == SBR || object_type == PS {
            extension_sample_rate = Some(self::sample_rate(&mut bits));
            core = self::object_type(&mut bits);
        }
        let short = bits.bit();
        bits.check()?;
        if core == 0 || sample_rate == 0 || extension_sample_rate == Some(0) {
            return Err(bits.malformed("an audio object type and a sampling frequency", 0));
        }
        let samples_per_frame = match (LOW_DELAY.contains(&core), short) {
            (false, false) => 1024,
            (false, true) => 960,
            (true, false) => 512,
            (true, true) => 480,
        };
        let bytes = bytes.to_owned();
        Ok(Self { object_type, sample_rate, channels, extension_sample_rate, samples_per_frame, bytes })
    }

    /// The config as it was read.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `mp4a.40.2` for AAC-LC.
    #[must_use]
    pub fn codec(&self) -> String {
        ["mp4a.40.", &u64::from(self.object_type).to_string()].concat()
    }

    /// PCM samples (each channel, core rate) in one access unit: 1,024 nearly always.
    #[must_use]
    pub fn samples_per_frame(&self) -> u32 {
        self.samples_per_frame
    }
}

fn object_type(bits: &mut Bits<'_>) -> u8 {
    match bits.bits(5) {
        31 => 32 + bits.bits(6) as u8,
        kind => kind as u8,
    }
}

/// 0 for what is reserved.
fn sample_rate(bits: &mut Bits<'_>) -> u32 {
    match bits.bits(4) {
        15 => bits.bits(24),
        index => RATES.get(index as usize).copied().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let config = AudioConfig::read(bytes).unwrap();
        let extension = config.extension_sample_rate.unwrap_or(0);
        let (rate, channels, frame) = (config.sample_rate, config.channels, config.samples_per_frame());
        format!("{} {rate} Hz, SBR {extension} Hz, {channels} channels, {frame}", config.codec())
    }

    #[test]
    fn configs_that_encoders_send_are_read() {
        let cases: [(&[u8], &str); 5] = [
            (b"\x12\x10", "mp4a.40.2 44100 Hz, SBR 0 Hz, 2 channels, 1024"),
            (b"\x11\x88", "mp4a.40.2 48000 Hz, SBR 0 Hz, 1 channels, 1024"),
            (b"\x12\x10\x56\xe5\x00", "mp4a.40.2 44100 Hz, SBR 0 Hz, 2 channels, 1024"),
            (b"\x2b\x92\x08\x00", "mp4a.40.5 22050 Hz, SBR 44100 Hz, 2 channels, 1024"),
            (b"\x17\x80\x5d\xc0\x10", "mp4a.40.2 48000 Hz, SBR 0 Hz, 2 channels, 1024"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(bytes), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn a_config_without_type_or_rate_or_cut_short_is_refused() {
        for bytes in [&[0x02, 0x10][..], &[0x16, 0x90], &[0x12], &[], &[0x17, 0x80, 0, 0, 0x10]] {
            assert!(AudioConfig::read(bytes).is_err(), "{bytes:x?}");
        }
    }
}
