//! `prft` (ISO 14496-12 8.16.5): the producer's clock at a sample.

use super::walk::Box;

/// Seconds from 1900, where NTP counts from, to 1970.
const NTP_TO_UNIX: i64 = 2_208_988_800;

/// The producer's clock at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProducerReferenceTime {
    /// The track whose time is meant.
    pub track_id: u32,
    /// The producer's clock, in milliseconds since the Unix epoch.
    pub unix_ms: i64,
    /// The same moment on the track's timeline, in its units.
    pub media_time: u64,
}

pub(super) fn read(found: &Box<'_>) -> ProducerReferenceTime {
    let mut bytes = found.bytes();
    let (version, _) = bytes.version_flags();
    let track_id = bytes.u32();
    let (seconds, fraction) = (bytes.u32(), bytes.u32());
    let media_time = bytes.versioned(version);
    found.check(&bytes);
    let millis = (u64::from(fraction) * 1000) >> 32;
    let unix_ms = (i64::from(seconds) - NTP_TO_UNIX) * 1000 + millis as i64;
    ProducerReferenceTime { track_id, unix_ms, media_time }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::faults::Faults;
    use crate::read::walk::Walker;

    #[test]
    fn ntp_time_becomes_unix_time() {
        let file = b"\0\0\0\x20prft\x01\0\0\0\0\0\0\x01\x83\xaa\x7e\x81\x80\0\0\0\0\0\0\0\0\0\0\x63";
        let faults = Faults::default();
        let clock = read(&Walker::file(file, &faults).next().unwrap());
        assert_eq!(faults.first(), None);
        assert_eq!(clock, ProducerReferenceTime { track_id: 1, unix_ms: 1500, media_time: 99 });
    }
}
