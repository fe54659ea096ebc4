//! The sequence parameter set (ISO 14496-10 7.3.2.1.1), as far as the size of the picture.

use crate::bits::Bits;
use crate::{Error, FourCc};

const SPS: FourCc = FourCc(*b"sps ");
/// Largest width or height that is believed: level 6.2 ends at 8,192 by 4,320.
const MAX_SIDE: u32 = 16_384;
/// Profiles whose set tells the chroma format.
const HIGH_PROFILES: [u8; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// Size of the picture as shown, cropping applied, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// Reads the size out of a unit, its header byte included.
pub(super) fn dimensions(unit: &[u8]) -> Result<Dimensions, Error> {
    let payload = without_emulation_prevention(unit.get(1..).unwrap_or_default());
    let mut bits = Bits::new(SPS, &payload);
    let profile = bits.bits(8) as u8;
    bits.bits(16);
    bits.unsigned();
    let chroma_format = if HIGH_PROFILES.contains(&profile) { chroma_format(&mut bits) } else { 1 };
    skip_picture_order(&mut bits);
    // max_num_ref_frames, gaps_in_frame_num_value_allowed_flag
    bits.unsigned();
    bits.bit();
    let width_in_blocks = bits.unsigned();
    let height_in_units = bits.unsigned();
    let frames_only = bits.bit();
    if !frames_only {
        bits.bit();
    }
    // direct_8x8_inference_flag
    bits.bit();
    let crop = if bits.bit() { [(); 4].map(|()| bits.unsigned()) } else { [0; 4] };
    bits.check()?;
    let [left, right, top, bottom] = crop;
    let field_factor = if frames_only { 1 } else { 2 };
    let (unit_x, unit_y) = match chroma_format {
        0 | 3 => (1, field_factor),
        1 => (2, 2 * field_factor),
        _ => (2, field_factor),
    };
    Ok(Dimensions {
        width: side(&bits, width_in_blocks, 16, (left, right), unit_x)?,
        height: side(&bits, height_in_units, 16 * field_factor, (top, bottom), unit_y)?,
    })
}

/// One side: blocks less what is cropped at both ends.
fn side(bits: &Bits<'_>, blocks: u32, block: u32, crop: (u32, u32), unit: u32) -> Result<u32, Error> {
    let full = (u64::from(blocks) + 1) * u64::from(block);
    let cropped = (u64::from(crop.0) + u64::from(crop.1)) * u64::from(unit);
    match full.checked_sub(cropped).map(u32::try_from) {
        Some(Ok(side @ 1..=MAX_SIDE)) => Ok(side),
        _ => Err(bits.malformed("a side of 1 to 16384 pixels", full)),
    }
}

/// `chroma_format_idc` up to the scaling matrix.
fn chroma_format(bits: &mut Bits<'_>) -> u32 {
    let format = bits.unsigned();
    if format == 3 {
        bits.bit();
    }
    bits.unsigned();
    bits.unsigned();
    bits.bit();
    if bits.bit() {
        for list in 0..if format == 3 { 12 } else { 8 } {
            if bits.bit() {
                skip_scaling_list(bits, if list < 6 { 16 } else { 64 });
            }
        }
    }
    format
}

fn skip_scaling_list(bits: &mut Bits<'_>, size: u32) {
    let (mut last, mut next) = (8_i64, 8_i64);
    for _ in 0..size {
        if next != 0 {
            next = (last + i64::from(bits.signed())).rem_euclid(256);
        }
        last = if next == 0 { last } else { next };
    }
}

/// `log2_max_frame_num_minus4` and the picture order count's fields.
fn skip_picture_order(bits: &mut Bits<'_>) {
    bits.unsigned();
    match bits.unsigned() {
        0 => {
            bits.unsigned();
        }
        1 => {
            bits.bit();
            bits.signed();
            bits.signed();
            // The standard ends at 255, and so does the work that a set can ask for.
            for _ in 0..bits.unsigned().min(255) {
                bits.signed();
            }
        }
        _ => {}
    }
}

/// Takes out the 3 of every 0, 0, 3.
fn without_emulation_prevention(bytes: &[u8]) -> Vec<u8> {
    let mut zeros = 0;
    let keep = |byte: &u8| {
        let keep = zeros < 2 || *byte != 3;
        zeros = if *byte == 0 && keep { zeros + 1 } else { 0 };
        keep
    };
    // The fields that are read here end long before a kilobyte.
    bytes.iter().take(1024).copied().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_real_sets() {
        // x264's, by ffmpeg 5.1 from testsrc at these sizes.
        let cases: [(&[u8], (u32, u32)); 6] = [
            // Baseline, cropped from 1,088 lines.
            (
                b"\x67\x42\xc0\x28\xd9\x00\x78\x02\x27\xe5\xc0\x44\x00\x00\x03\x00\x04\x00\x00\x03\x00",
                (1920, 1080),
            ),
            // High.
            (
                b"\x67\x64\x00\x1e\xac\xd9\x40\xa0\x2f\xf9\x70\x11\x00\x00\x03\x00\x01\x00\x00\x03\x00",
                (640, 360),
            ),
            // Main, cropped from 864 across.
            (
                b"\x67\x4d\x40\x1e\xec\xa0\x6c\x1e\xf3\x78\x08\x80\x00\x00\x03\x00\x80\x00\x00\x19\x07",
                (854, 480),
            ),
            // High, in fields.
            (
                b"\x67\x64\x00\x1e\xac\xd9\x40\xb4\x24\xd8\x08\x80\x00\x00\x03\x00\x80\x00\x00\x19\x0f",
                (720, 576),
            ),
            // High 4:2:2.
            (
                b"\x67\x7a\x00\x0d\xbc\xd9\x41\x50\x87\x88\x8f\xc0\x44\x00\x00\x03\x00\x04\x00\x00\x03",
                (322, 242),
            ),
            // High 4:4:4.
            (
                b"\x67\xf4\x00\x0a\x91\x9b\x28\xa4\xf1\xf1\xf8\x08\x80\x00\x00\x03\x00\x80\x00\x00\x19",
                (66, 50),
            ),
        ];
        for (unit, (width, height)) in cases {
            assert_eq!(dimensions(unit), Ok(Dimensions { width, height }));
        }
    }

    #[test]
    fn emulation_prevention_is_taken_out() {
        assert_eq!(without_emulation_prevention(&[0, 0, 3, 1, 0, 0, 3, 0, 0, 3]), [0, 0, 1, 0, 0, 0, 0]);
    }
}
