//! H.264 (ISO 14496-10, carried as in ISO 14496-15): the decoder configuration record, the sizes in the sequence parameter
//! set, and the units inside samples. Decodes no picture.

mod sps;

pub use sps::Dimensions;

use crate::bytes::Bytes;
use crate::{Error, FourCc};

const AVCC: FourCc = FourCc(*b"avcC");
/// Type of an IDR picture's slice.
const IDR: u8 = 5;

/// `AVCDecoderConfigurationRecord`, the `avcC` box's content and RTMP's sequence header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecoderConfig {
    /// `profile_idc`.
    pub profile: u8,
    /// Constraint flags.
    pub compatibility: u8,
    /// `level_idc`.
    pub level: u8,
    /// Bytes of the length before each unit in samples: 1, 2 or 4.
    pub length_size: u8,
    /// Sequence parameter sets, unit header included; never empty.
    pub sps: Vec<Vec<u8>>,
    /// Picture parameter sets, unit header included.
    pub pps: Vec<Vec<u8>>,
    /// The record as it was read.
    bytes: Vec<u8>,
}

impl DecoderConfig {
    /// Reads a record.
    ///
    /// # Errors
    /// When it is cut short or holds no sequence parameter set.
    pub fn read(record: &[u8]) -> Result<Self, Error> {
        let mut bytes = Bytes::new(AVCC, record);
        let version = bytes.u8();
        if version != 1 {
            return Err(bytes.malformed("version 1", u64::from(version)));
        }
        let (profile, compatibility, level) = (bytes.u8(), bytes.u8(), bytes.u8());
        let length_size = (bytes.u8() & 0b11) + 1;
        if length_size == 3 {
            return Err(bytes.malformed("lengths of 1, 2 or 4 bytes", 3));
        }
        let sps = parameter_sets(&mut bytes, 0b1_1111);
        let pps = parameter_sets(&mut bytes, 0xff);
        bytes.check()?;
        if sps.is_empty() {
            return Err(bytes.malformed("a sequence parameter set", 0));
        }
        Ok(Self { profile, compatibility, level, length_size, sps, pps, bytes: record.to_owned() })
    }

    /// The record as it was read.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `avc1.PPCCLL`.
    #[must_use]
    pub fn codec(&self) -> String {
        format!("avc1.{:02x}{:02x}{:02x}", self.profile, self.compatibility, self.level)
    }

    /// Size of the picture, from the first sequence parameter set.
    ///
    /// # Errors
    /// When the set is cut short or asks for a size of 0 or beyond 16,384.
    pub fn dimensions(&self) -> Result<Dimensions, Error> {
        sps::dimensions(self.sps.first().map(Vec::as_slice).unwrap_or_default())
    }
}

fn parameter_sets(bytes: &mut Bytes<'_>, mask: u8) -> Vec<Vec<u8>> {
    let count = bytes.u8() & mask;
    let set = |_| {
        let length = usize::from(bytes.u16());
        bytes.take(length).to_owned()
    };
    (0..count).map(set).collect()
}

/// One unit of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nal<'a> {
    /// `nal_unit_type`: 5 is an IDR picture's slice, 7 and 8 parameter sets.
    pub kind: u8,
    /// The unit, its header byte included; never empty.
    pub bytes: &'a [u8],
}

/// The units of a sample, each behind a length of `length_size` bytes. Empty units are left out. Stops after the first
/// error.
pub fn nal_units(sample: &[u8], length_size: u8) -> impl Iterator<Item = Result<Nal<'_>, Error>> {
    let mut bytes = Bytes::new(FourCc(*b"nal "), sample);
    std::iter::from_fn(move || {
        while !bytes.is_empty() {
            match next_unit(&mut bytes, length_size) {
                Ok([]) => {}
                Ok(unit @ [header, ..]) => return Some(Ok(Nal { kind: header & 0b1_1111, bytes: unit })),
                Err(error) => {
                    bytes = Bytes::new(FourCc(*b"nal "), &[]);
                    return Some(Err(error));
                }
            }
        }
        None
    })
}

fn next_unit<'a>(bytes: &mut Bytes<'a>, length_size: u8) -> Result<&'a [u8], Error> {
    let length = bytes.take(usize::from(length_size.clamp(1, 4)));
    let length = length.iter().fold(0_usize, |length, byte| length << 8 | usize::from(*byte));
    let unit = bytes.take(length);
    bytes.check().map(|()| unit)
}

/// Whether a sample holds an IDR slice: it decodes alone.
///
/// # Errors
/// When a unit's length runs past the sample.
pub fn is_idr(sample: &[u8], length_size: u8) -> Result<bool, Error> {
    for nal in nal_units(sample, length_size) {
        if nal?.kind == IDR {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x264, High 4.0, 1920x1080.
    const RECORD: &[u8] = &[
        1, 0x64, 0, 0x28, 0xff, 0xe1, 0, 27, 0x67, 0x64, 0, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5,
        0xc0, 0x44, 0, 0, 3, 0, 4, 0, 0, 3, 0, 0xf0, 0x3c, 0x60, 0xc6, 0x58, 1, 0, 6, 0x68, 0xeb, 0xe3, 0xcb,
        0x22, 0xc0,
    ];

    #[test]
    fn a_record_gives_codec_and_size() {
        let config = DecoderConfig::read(RECORD).unwrap();
        assert_eq!(config.codec(), "avc1.640028");
        assert_eq!(config.dimensions(), Ok(Dimensions { width: 1920, height: 1080 }));
        assert_eq!((config.length_size, config.sps.len(), config.pps.len()), (4, 1, 1));
        assert_eq!(config.as_bytes(), RECORD);
    }

    #[test]
    fn a_record_cut_anywhere_is_refused() {
        for length in 0..RECORD.len() {
            assert!(DecoderConfig::read(RECORD.get(..length).unwrap()).is_err(), "{length}");
        }
    }

    #[test]
    fn units_are_found_and_an_idr_slice_among_them() {
        let sample = [0, 0, 0, 2, 0x09, 0xf0, 0, 0, 0, 0, 0, 0, 0, 3, 0x65, 1, 2];
        let kinds: Vec<_> = nal_units(&sample, 4).map(|nal| nal.unwrap().kind).collect();
        assert_eq!(kinds, [9, 5]);
        assert_eq!(is_idr(&sample, 4), Ok(true));
        assert_eq!(is_idr(&sample[..6], 4), Ok(false));
    }

    #[test]
    fn a_unit_that_runs_past_the_sample_is_an_error_and_the_last() {
        let mut units = nal_units(&[0, 0, 0, 9, 0x65], 4);
        assert!(units.next().unwrap().is_err());
        assert!(units.next().is_none());
    }
}
