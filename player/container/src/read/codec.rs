//! Codec names (RFC 6381 and the codecs' own bindings) out of configuration boxes.

use super::walk::Box;
use crate::{Error, FourCc, avc};

/// `avc1.64001f` from `avcC`.
pub(super) fn avc(entry: FourCc, found: &Box<'_>) -> Result<String, Error> {
    let config = avc::DecoderConfig::read(found.body)?;
    Ok(format!("{entry}.{:02x}{:02x}{:02x}", config.profile, config.compatibility, config.level))
}

/// `hvc1.1.6.L93.B0` from `hvcC` (ISO 14496-15 annex E).
pub(super) fn hevc(entry: FourCc, found: &Box<'_>) -> Result<String, Error> {
    let mut bytes = found.bytes();
    bytes.skip(1);
    let profile = bytes.u8();
    let compatibility = bytes.u32().reverse_bits();
    let constraints = bytes.take(6);
    let level = bytes.u8();
    bytes.check()?;
    let space = ["", "A", "B", "C"].get(usize::from(profile >> 6)).copied().unwrap_or_default();
    let tier = if profile & 0x20 == 0 { 'L' } else { 'H' };
    let mut codec = format!("{entry}.{space}{}.{compatibility:X}.{tier}{level}", profile & 0x1f);
    let used = constraints.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    for byte in constraints.iter().take(used) {
        codec.push_str(&format!(".{byte:X}"));
    }
    Ok(codec)
}

/// `av01.0.04M.08` from `av1C` (AV1 in ISOBMFF 2.3 and 5).
pub(super) fn av1(found: &Box<'_>) -> Result<String, Error> {
    let mut bytes = found.bytes();
    bytes.skip(1);
    let (profile_level, flags) = (bytes.u8(), bytes.u8());
    bytes.check()?;
    let tier = if flags & 0x80 == 0 { 'M' } else { 'H' };
    let depth = match (flags & 0x40 != 0, flags & 0x20 != 0) {
        (false, _) => 8,
        (true, false) => 10,
        (true, true) => 12,
    };
    Ok(format!("av01.{}.{:02}{tier}.{depth:02}", profile_level >> 5, profile_level & 0x1f))
}

/// `vp09.00.31.08` from `vpcC`.
pub(super) fn vp9(found: &Box<'_>) -> Result<String, Error> {
    let mut bytes = found.bytes();
    bytes.version_flags();
    let (profile, level, depth) = (bytes.u8(), bytes.u8(), bytes.u8() >> 4);
    bytes.check()?;
    Ok(format!("vp09.{profile:02}.{level:02}.{depth:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(kind: &[u8; 4], body: &'a [u8]) -> Box<'a> {
        Box { kind: FourCc(*kind), body, start: 0, end: body.len() }
    }

    #[test]
    fn names_follow_their_bindings() {
        let hvcc = [1, 1, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93];
        assert_eq!(hevc(FourCc(*b"hvc1"), &found(b"hvcC", &hvcc)).unwrap(), "hvc1.1.6.L93.B0");
        assert_eq!(av1(&found(b"av1C", &[0x81, 0x04, 0x0c, 0])).unwrap(), "av01.0.04M.08");
        assert_eq!(av1(&found(b"av1C", &[0x81, 0x2d, 0xe0, 0])).unwrap(), "av01.1.13H.12");
        assert_eq!(vp9(&found(b"vpcC", &[1, 0, 0, 0, 0, 31, 0x82])).unwrap(), "vp09.00.31.08");
    }

    #[test]
    fn records_cut_short_are_refused() {
        assert!(hevc(FourCc(*b"hvc1"), &found(b"hvcC", &[1; 12])).is_err());
        assert!(av1(&found(b"av1C", &[0x81])).is_err());
        assert!(vp9(&found(b"vpcC", &[1, 0, 0, 0])).is_err());
    }
}
