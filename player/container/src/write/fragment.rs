//! Fragments: one `moof` with a `traf` for each track, and one `mdat`.

use bytes::Bytes;
use mp4_atom::{Encode, Mfhd, Moof, Tfdt, Tfhd, Traf, Trun, TrunEntry};

use super::init::unwritable;
use crate::{Error, FourCc};

const MOOF: FourCc = FourCc(*b"moof");
/// Bytes of a box's size and kind.
const HEADER: u32 = 8;

/// One fragment. A low-latency part is one fragment, a segment is the concatenation of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// Sequence number (`mfhd`); goes up by one with each fragment.
    pub sequence: u32,
    /// Tracks with at least one sample.
    pub tracks: Vec<TrackFragment>,
}

/// The samples of one track.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrackFragment {
    /// Which track of the initialization segment.
    pub track_id: u32,
    /// Decode time of the first sample, in the track's units.
    pub base_decode_time: u64,
    /// Samples in decode order.
    pub samples: Vec<Sample>,
}

/// One access unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    /// Time to the next sample's decode time, in the track's units.
    pub duration: u32,
    /// Presentation time minus decode time, in the track's units.
    pub composition_offset: i32,
    /// It decodes alone.
    pub sync: bool,
    /// The bytes: length-prefixed units of H.264, or one raw AAC frame.
    pub data: Bytes,
}

impl Fragment {
    /// The fragment's bytes, `moof` and `mdat`.
    ///
    /// # Errors
    /// When a size does not fit its field.
    pub fn to_bytes(&self) -> Result<Bytes, Error> {
        let media: u64 = self.tracks.iter().map(TrackFragment::media_size).sum();
        let Some(mdat_size) = u32::try_from(media).ok().and_then(|size| size.checked_add(HEADER)) else {
            return Err(Error::TooLarge { what: "mdat", value: media });
        };
        // The offsets' values do not change the headers' size.
        let headers = self.headers(0)?;
        let first = u32::try_from(headers.len()).map_err(|_| unwritable(MOOF))?.saturating_add(HEADER);
        let mut bytes = self.headers(first)?;
        bytes.reserve_exact(mdat_size as usize);
        bytes.extend_from_slice(&mdat_size.to_be_bytes());
        bytes.extend_from_slice(b"mdat");
        for sample in self.tracks.iter().flat_map(|track| &track.samples) {
            bytes.extend_from_slice(&sample.data);
        }
        Ok(bytes.into())
    }

    /// The `moof`, for media that begins `first` bytes after it begins.
    fn headers(&self, first: u32) -> Result<Vec<u8>, Error> {
        let mut offset = u64::from(first);
        let mut traf = Vec::with_capacity(self.tracks.len());
        for track in self.tracks.iter().filter(|track| !track.samples.is_empty()) {
            traf.push(track.to_box(offset)?);
            offset += track.media_size();
        }
        let moof = Moof { mfhd: Mfhd { sequence_number: self.sequence }, traf };
        let mut bytes = Vec::new();
        moof.encode(&mut bytes).map_err(|_| unwritable(MOOF))?;
        Ok(bytes)
    }
}

impl TrackFragment {
    fn media_size(&self) -> u64 {
        self.samples.iter().map(|sample| sample.data.len() as u64).sum()
    }

    /// Fields that all samples share are written once, as the track's default.
    fn to_box(&self, offset: u64) -> Result<Traf, Error> {
        let duration = shared(&self.samples, |sample| sample.duration);
        let flags = shared(&self.samples, Sample::flags);
        let composition = self.samples.iter().any(|sample| sample.composition_offset != 0);
        let too_large = |what, value| Error::TooLarge { what, value };
        let entry = |sample: &Sample| {
            let size = sample.data.len() as u64;
            Ok(TrunEntry {
                duration: duration.is_none().then_some(sample.duration),
                size: Some(u32::try_from(size).map_err(|_| too_large("sample size", size))?),
                flags: flags.is_none().then(|| sample.flags()),
                cts: composition.then(|| i64::from(sample.composition_offset)),
            })
        };
        let entries = self.samples.iter().map(entry).collect::<Result<Vec<_>, Error>>()?;
        let data_offset = Some(i32::try_from(offset).map_err(|_| too_large("data offset", offset))?);
        Ok(Traf {
            tfhd: Tfhd {
                track_id: self.track_id,
                default_sample_duration: duration,
                default_sample_flags: flags,
                default_base_is_moof: true,
                ..Tfhd::default()
            },
            tfdt: Some(Tfdt { base_media_decode_time: self.base_decode_time }),
            trun: vec![Trun { data_offset, samples: entries.into() }],
            ..Traf::default()
        })
    }
}

impl Sample {
    /// `sample_depends_on` and `sample_is_non_sync_sample` (ISO 14496-12 8.8.3.1).
    fn flags(&self) -> u32 {
        if self.sync { 0x0200_0000 } else { 0x0101_0000 }
    }
}

/// The value that all samples have, if they have one.
fn shared<T: PartialEq>(samples: &[Sample], value: impl Fn(&Sample) -> T) -> Option<T> {
    let first = value(samples.first()?);
    samples.iter().all(|sample| value(sample) == first).then_some(first)
}
