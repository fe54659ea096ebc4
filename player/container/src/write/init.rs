//! Initialization segments: `ftyp` and `moov`, through mp4-atom's box types.

use bytes::Bytes;
use mp4_atom::esds::{DecoderConfig, DecoderSpecific, EsDescriptor};
use mp4_atom::{
    Atom, Audio, Avc1, Avcc, Codec, Dinf, Dref, DrefEntry, Encode, Esds, FixedPoint, Ftyp, Hdlr, Mdhd, Mdia,
    Minf, Moov, Mp4a, Mvex, Mvhd, Smhd, Stbl, Stco, Stsd, Tkhd, Trak, Trex, Url, Visual, Vmhd,
};

use crate::{Error, FourCc, aac, avc};

const MOOV: FourCc = FourCc(*b"moov");

/// An initialization segment of one video track, one audio track, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InitSegment {
    /// H.264.
    pub video: Option<VideoTrack>,
    /// AAC.
    pub audio: Option<AudioTrack>,
}

/// An H.264 track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoTrack {
    /// Track ID, not 0, not the audio's.
    pub track_id: u32,
    /// Units a second; 90,000 divides evenly for usual frame rates.
    pub timescale: u32,
    /// Parameter sets.
    pub config: avc::DecoderConfig,
    /// Size of the picture.
    pub dimensions: avc::Dimensions,
}

/// An AAC track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioTrack {
    /// Track ID, not 0, not the video's.
    pub track_id: u32,
    /// Units a second; the sample rate makes every frame 1,024 units.
    pub timescale: u32,
    /// Decoder configuration.
    pub config: aac::AudioConfig,
}

impl InitSegment {
    /// The segment's bytes.
    ///
    /// # Errors
    /// When there is no track, when IDs or timescales clash or are 0, or a size does not fit its field.
    pub fn to_bytes(&self) -> Result<Bytes, Error> {
        let video = self.video.as_ref().map(VideoTrack::to_box).transpose()?;
        let audio = self.audio.as_ref().map(AudioTrack::to_box);
        let trak: Vec<_> = video.into_iter().chain(audio).collect();
        check(&trak)?;
        let next_track_id = trak.iter().map(|trak| trak.tkhd.track_id).max().unwrap_or(0).saturating_add(1);
        let trex = trak.iter().map(|trak| Trex {
            track_id: trak.tkhd.track_id,
            default_sample_description_index: 1,
            ..Trex::default()
        });
        let mvex = Mvex { mehd: None, trex: trex.collect() };
        let mvhd =
            Mvhd { timescale: 1000, rate: 1.into(), volume: 1.into(), next_track_id, ..Mvhd::default() };
        let moov = Moov { mvhd, mvex: Some(mvex), trak, ..Moov::default() };
        let ftyp = Ftyp {
            major_brand: b"iso6".into(),
            minor_version: 0,
            compatible_brands: vec![b"iso6".into(), b"cmfc".into(), b"mp41".into()],
        };
        let mut bytes = Vec::new();
        ftyp.encode(&mut bytes).and_then(|()| moov.encode(&mut bytes)).map_err(|_| unwritable(MOOV))?;
        Ok(bytes.into())
    }

    /// The value of `CODECS`, such as `avc1.64001f,mp4a.40.2`.
    #[must_use]
    pub fn codecs(&self) -> String {
        let video = self.video.iter().map(|track| track.config.codec());
        let audio = self.audio.iter().map(|track| track.config.codec());
        video.chain(audio).collect::<Vec<_>>().join(",")
    }
}

/// IDs and timescales that readers can work with.
fn check(tracks: &[Trak]) -> Result<(), Error> {
    let malformed =
        |expected, found: u32| Err(Error::Malformed { what: MOOV, expected, found: u64::from(found) });
    let ids: Vec<_> = tracks.iter().map(|trak| trak.tkhd.track_id).collect();
    match ids[..] {
        [] => return malformed("a track", 0),
        [first, second] if first == second => return malformed("track IDs that differ", first),
        _ if ids.contains(&0) => return malformed("a track ID above 0", 0),
        _ => {}
    }
    if tracks.iter().any(|trak| trak.mdia.mdhd.timescale == 0) {
        return malformed("a timescale above 0", 0);
    }
    Ok(())
}

/// What mp4-atom refuses to encode.
pub(super) fn unwritable(what: FourCc) -> Error {
    Error::Malformed { what, expected: "fields that fit", found: 0 }
}

impl VideoTrack {
    fn to_box(&self) -> Result<Trak, Error> {
        let side = |value: u32| {
            u16::try_from(value)
                .map_err(|_| Error::TooLarge { what: "picture size", value: u64::from(value) })
        };
        let (width, height) = (side(self.dimensions.width)?, side(self.dimensions.height)?);
        let avcc = avcc(&self.config);
        let visual = Visual { data_reference_index: 1, width, height, ..Visual::default() };
        let codec = Codec::from(Avc1 { visual, avcc, ..Avc1::default() });
        let minf = Minf { vmhd: Some(Vmhd::default()), ..minf(codec) };
        let tkhd = Tkhd { width: width.into(), height: height.into(), ..tkhd(self.track_id) };
        Ok(trak(tkhd, self.timescale, b"vide", minf))
    }
}

/// The record's fields, and what High profiles add to it when mp4-atom understands it.
fn avcc(config: &avc::DecoderConfig) -> Avcc {
    let fields = Avcc {
        configuration_version: 1,
        avc_profile_indication: config.profile,
        profile_compatibility: config.compatibility,
        avc_level_indication: config.level,
        length_size: config.length_size,
        sequence_parameter_sets: config.sps.clone(),
        picture_parameter_sets: config.pps.clone(),
        ext: None,
    };
    Avcc::decode_body(&mut config.as_bytes()).unwrap_or(fields)
}

impl AudioTrack {
    fn to_box(&self) -> Trak {
        let audio = Audio {
            data_reference_index: 1,
            channel_count: u16::from(self.config.channels.max(1)),
            sample_size: 16,
            // Rates beyond 16 bits are left to the decoder configuration, as the field cannot hold them.
            sample_rate: FixedPoint::from(u16::try_from(self.config.sample_rate).unwrap_or(0)),
        };
        let codec = Codec::from(Mp4a { audio, esds: esds(&self.config), btrt: None, taic: None });
        let minf = Minf { smhd: Some(Smhd::default()), ..minf(codec) };
        let tkhd = Tkhd { volume: 1.into(), alternate_group: 1, ..tkhd(self.track_id) };
        trak(tkhd, self.timescale, b"soun", minf)
    }
}

fn esds(config: &aac::AudioConfig) -> Esds {
    let specific = DecoderSpecific { raw: config.as_bytes().to_owned(), ..DecoderSpecific::default() };
    let dec_config = DecoderConfig {
        object_type_indication: 0x40,
        // AudioStream.
        stream_type: 5,
        dec_specific: Some(specific),
        ..DecoderConfig::default()
    };
    Esds { es_desc: EsDescriptor { dec_config, ..EsDescriptor::default() } }
}

fn tkhd(track_id: u32) -> Tkhd {
    Tkhd { track_id, enabled: true, in_movie: true, ..Tkhd::default() }
}

/// Sample tables are empty: samples are in the fragments.
fn minf(codec: Codec) -> Minf {
    let dinf = Dinf { dref: Dref { entries: vec![DrefEntry::Url(Url::default())] } };
    let stbl = Stbl { stsd: Stsd { codecs: vec![codec] }, stco: Some(Stco::default()), ..Stbl::default() };
    Minf { dinf, stbl, ..Minf::default() }
}

fn trak(tkhd: Tkhd, timescale: u32, handler: &[u8; 4], minf: Minf) -> Trak {
    let mdhd = Mdhd { timescale, language: "und".to_owned(), ..Mdhd::default() };
    let hdlr = Hdlr { handler: handler.into(), name: "Livestall".to_owned() };
    Trak { tkhd, mdia: Mdia { mdhd, hdlr, minf }, ..Trak::default() }
}
