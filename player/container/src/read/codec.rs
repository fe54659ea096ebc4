//! Codec names (RFC 6381 and the codecs' own bindings) out of configuration boxes.

use super::walk::Box;
use crate::FourCc;

/// `avc1.64001f` from `avcC` (ISO 14496-15 5.3.3.1): the bytes of its sequence parameter set, or what should be there.
pub(super) fn avc(entry: FourCc, found: &Box<'_>) -> String {
    let mut bytes = found.bytes();
    let version = bytes.u8();
    let profile = bytes.take(3).iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    found.check(&bytes);
    if version != 1 {
        found.faults.note(bytes.malformed("version 1", u64::from(version)));
    }
    [&entry.name(), ".", &hex(profile, 6)].concat()
}

/// `hvc1.1.6.L93.B0` from `hvcC` (ISO 14496-15 annex E).
pub(super) fn hevc(entry: FourCc, found: &Box<'_>) -> String {
    let mut bytes = found.bytes();
    bytes.skip(1);
    let profile = bytes.u8();
    let compatibility = bytes.u32().reverse_bits();
    let constraints = bytes.take(6);
    let level = bytes.u8();
    found.check(&bytes);
    let space = ["", "A", "B", "C"].get(usize::from(profile >> 6)).copied().unwrap_or_default();
    let tier = if profile & 0x20 == 0 { ".L" } else { ".H" };
    let (profile, level) = (decimal(profile & 0x1f, 1), decimal(level, 1));
    let compatibility = hex(compatibility, 1);
    let mut codec = [&entry.name(), ".", space, &profile, ".", &compatibility, tier, &level].concat();
    let used = constraints.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    for byte in constraints.iter().take(used) {
        codec.push('.');
        codec.push_str(&hex(u32::from(*byte), 1));
    }
    // Its binding writes large digits, and none of the letters before them is a small one but the entry's.
    let digits = codec.get_mut(4..).unwrap_or_default();
    digits.make_ascii_uppercase();
    codec
}

/// `av01.0.04M.08` from `av1C` (AV1 in ISOBMFF 2.3 and 5).
pub(super) fn av1(found: &Box<'_>) -> String {
    let mut bytes = found.bytes();
    bytes.skip(1);
    let (profile_level, flags) = (bytes.u8(), bytes.u8());
    found.check(&bytes);
    let tier = if flags & 0x80 == 0 { "M" } else { "H" };
    let depth = match (flags & 0x40 != 0, flags & 0x20 != 0) {
        (false, _) => 8,
        (true, false) => 10,
        (true, true) => 12,
    };
    let (profile, level) = (decimal(profile_level >> 5, 1), decimal(profile_level & 0x1f, 2));
    ["av01.", &profile, ".", &level, tier, ".", &decimal(depth, 2)].concat()
}

/// `vp09.00.31.08` from `vpcC`.
pub(super) fn vp9(found: &Box<'_>) -> String {
    let mut bytes = found.bytes();
    bytes.version_flags();
    let (profile, level, depth) = (bytes.u8(), bytes.u8(), bytes.u8() >> 4);
    found.check(&bytes);
    ["vp09.", &decimal(profile, 2), ".", &decimal(level, 2), ".", &decimal(depth, 2)].concat()
}

/// A number in small hexadecimal digits, of which there are at least so many. (Formatting by `format!` weighs more than this file.)
pub(super) fn hex(number: u32, digits: usize) -> String {
    in_base(number, 16, digits)
}

fn decimal(number: u8, digits: usize) -> String {
    in_base(u32::from(number), 10, digits)
}

fn in_base(mut number: u32, base: u32, digits: usize) -> String {
    let mut text = String::new();
    while number > 0 || text.len() < digits {
        text.insert(0, char::from_digit(number % base, base).unwrap_or_default());
        number /= base;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::faults::Faults;

    /// What a reader makes of a record; nothing when it is refused.
    fn name(read: impl Fn(&Box<'_>) -> String, body: &[u8]) -> Option<String> {
        let faults = Faults::default();
        let name = read(&Box { kind: FourCc(*b"test"), body, start: 0, end: body.len(), faults: &faults });
        faults.check().ok().map(|()| name)
    }

    fn hvc1(found: &Box<'_>) -> String {
        hevc(FourCc(*b"hvc1"), found)
    }

    #[test]
    fn names_follow_their_bindings() {
        let hvcc = [1, 1, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93];
        assert_eq!(name(hvc1, &hvcc).unwrap(), "hvc1.1.6.L93.B0");
        let high = [1, 0xa2, 0, 0, 0, 4, 0, 0, 0xfe, 0, 0, 0, 153];
        assert_eq!(name(hvc1, &high).unwrap(), "hvc1.B2.20000000.H153.0.0.FE");
        assert_eq!(name(av1, &[0x81, 0x04, 0x0c, 0]).unwrap(), "av01.0.04M.08");
        assert_eq!(name(av1, &[0x81, 0x2d, 0xe0, 0]).unwrap(), "av01.1.13H.12");
        assert_eq!(name(vp9, &[1, 0, 0, 0, 0, 31, 0x82]).unwrap(), "vp09.00.31.08");
    }

    #[test]
    fn records_cut_short_are_refused() {
        assert_eq!(name(hvc1, &[1; 12]), None);
        assert_eq!(name(av1, &[0x81]), None);
        assert_eq!(name(vp9, &[1, 0, 0, 0]), None);
        assert_eq!(name(|found| avc(FourCc(*b"avc1"), found), &[1, 0x64, 0]), None);
        assert_eq!(name(|found| avc(FourCc(*b"avc1"), found), &[0, 0x64, 0, 0x1f]), None);
    }
}
