//! H.264 (ISO 14496-10, carried as in ISO 14496-15): the decoder configuration record, the sizes in the sequence parameter
//! set, and the units inside samples. Decodes no picture.

use crate::Error;

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

/// Size of the picture as shown, cropping applied, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// One unit of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nal<'a> {
    /// `nal_unit_type`: 5 is an IDR picture's slice, 7 and 8 parameter sets.
    pub kind: u8,
    /// The unit, its header byte included; never empty.
    pub bytes: &'a [u8],
}

impl DecoderConfig {
    /// Reads a record.
    ///
    /// # Errors
    /// When it is cut short or holds no sequence parameter set.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let _ = bytes;
        Err(Error::NotYet("avcC"))
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
        Err(Error::NotYet("avcC"))
    }
}

/// The units of a sample, each behind a length of `length_size` bytes. Stops after the first error.
pub fn nal_units(sample: &[u8], length_size: u8) -> impl Iterator<Item = Result<Nal<'_>, Error>> {
    let _ = (sample, length_size);
    std::iter::empty()
}

/// Whether a sample holds an IDR slice: it decodes alone.
///
/// # Errors
/// When a unit's length runs past the sample.
pub fn is_idr(sample: &[u8], length_size: u8) -> Result<bool, Error> {
    for nal in nal_units(sample, length_size) {
        if nal?.kind == 5 {
            return Ok(true);
        }
    }
    Ok(false)
}
