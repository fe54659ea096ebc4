//! What is written is what is read, by this crate and by others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use container::read::{Init, Media, TrackKind};
use container::write::{AudioTrack, Fragment, InitSegment, Sample, TrackFragment, VideoTrack};
use container::{aac, avc};
use proptest::prelude::*;

/// x264, High 3.0, 640x360, with the four bytes that High profiles add.
const AVCC: &[u8] = b"\x01\x64\x00\x1e\xff\xe1\x00\x1a\x67\x64\x00\x1e\xac\xd9\x40\xa0\x2f\xf9\x70\x11\x00\x00\x03\x00\x01\x00\x00\
\x03\x00\x32\x0f\x16\x2d\x96\x01\x00\x06\x68\xeb\xe3\xcb\x22\xc0\xfd\xf8\xf8\x00";

fn init_segment() -> InitSegment {
    let config = avc::DecoderConfig::read(AVCC).unwrap();
    let dimensions = config.dimensions().unwrap();
    let audio = aac::AudioConfig::read(&[0x11, 0x90]).unwrap();
    InitSegment {
        video: Some(VideoTrack { track_id: 1, timescale: 90_000, config, dimensions }),
        audio: Some(AudioTrack { track_id: 2, timescale: 48_000, config: audio }),
    }
}

fn sample() -> impl Strategy<Value = Sample> {
    let data = prop::collection::vec(any::<u8>(), 0..40);
    let offset = prop_oneof![Just(0), any::<i32>()];
    (prop_oneof![Just(3_000), any::<u32>()], offset, any::<bool>(), data).prop_map(
        |(duration, composition_offset, sync, data)| Sample {
            duration,
            composition_offset,
            sync,
            data: data.into(),
        },
    )
}

fn fragment() -> impl Strategy<Value = Fragment> {
    let track = |track_id| {
        (0..1_u64 << 50, prop::collection::vec(sample(), 1..20)).prop_map(
            move |(base_decode_time, samples)| TrackFragment { track_id, base_decode_time, samples },
        )
    };
    (any::<u32>(), track(1), track(2), 1..4_u8).prop_map(|(sequence, video, audio, which)| {
        let tracks = [(1, video), (2, audio)].into_iter().filter(|(bit, _)| which & bit != 0);
        Fragment { sequence, tracks: tracks.map(|(_, track)| track).collect() }
    })
}

/// What the reader must say of a track.
fn summary(track: &TrackFragment) -> (u32, u64, u64, i64, u32, bool, bool) {
    let mut time = track.base_decode_time;
    let mut start = i64::MAX;
    for sample in &track.samples {
        start = start.min(time as i64 + i64::from(sample.composition_offset));
        time += u64::from(sample.duration);
    }
    let first_sync = track.samples.first().is_some_and(|sample| sample.sync);
    let any_sync = track.samples.iter().any(|sample| sample.sync);
    let count = track.samples.len() as u32;
    (
        track.track_id,
        track.base_decode_time,
        time - track.base_decode_time,
        start,
        count,
        first_sync,
        any_sync,
    )
}

proptest! {
    #[test]
    fn fragments_are_read_as_they_were_written(first in fragment(), second in fragment()) {
        let init = Init::read(&init_segment().to_bytes().unwrap()).unwrap();
        let bytes = [first.to_bytes().unwrap(), second.to_bytes().unwrap()].concat();
        let media = Media::read(&bytes, &init).unwrap();
        prop_assert_eq!(media.consumed, bytes.len());
        for (read, written) in media.fragments.iter().zip([&first, &second]) {
            prop_assert_eq!(read.sequence, written.sequence);
            let read = read.tracks.iter().map(|t| (
                t.track_id, t.base_decode_time, t.duration, t.presentation_start, t.samples, t.starts_with_sync, t.has_sync,
            ));
            prop_assert!(read.eq(written.tracks.iter().map(summary)));
        }
        prop_assert_eq!(media.fragments.len(), 2);
    }

    #[test]
    fn every_samples_bytes_stand_where_the_headers_say(written in fragment()) {
        let bytes = written.to_bytes().unwrap();
        let moof: mp4_atom::Moof = mp4_atom::Decode::decode(&mut bytes.as_ref()).unwrap();
        prop_assert_eq!(moof.traf.len(), written.tracks.len());
        for (traf, track) in moof.traf.iter().zip(&written.tracks) {
            prop_assert!(traf.tfhd.default_base_is_moof && traf.tfhd.base_data_offset.is_none());
            let run = traf.trun.first().unwrap();
            let mut at = run.data_offset.unwrap() as usize;
            for (entry, sample) in run.samples.iter().zip(&track.samples) {
                let end = at + entry.size.unwrap() as usize;
                prop_assert_eq!(&bytes[at..end], &sample.data[..]);
                prop_assert_eq!(entry.duration.or(traf.tfhd.default_sample_duration), Some(sample.duration));
                prop_assert_eq!(entry.cts.unwrap_or(0), i64::from(sample.composition_offset));
                at = end;
            }
        }
    }
}

#[test]
fn an_init_segment_is_read_as_it_was_written() {
    let segment = init_segment();
    let init = Init::read(&segment.to_bytes().unwrap()).unwrap();
    assert_eq!(init.mime(), format!("video/mp4; codecs=\"{}\"", segment.codecs()));
    assert_eq!(segment.codecs(), "avc1.64001e,mp4a.40.2");
    assert_eq!(init.video().unwrap().kind, TrackKind::Video { width: 640, height: 360 });
    assert_eq!(init.audio().unwrap().kind, TrackKind::Audio { channels: 2, sample_rate: 48_000 });
    assert_eq!((init.video().unwrap().timescale, init.audio().unwrap().timescale), (90_000, 48_000));
}

#[test]
fn the_encoders_own_parameter_sets_reach_the_decoder() {
    let bytes = init_segment().to_bytes().unwrap();
    assert!(bytes.windows(AVCC.len()).any(|window| window == AVCC));
    // Trailing bytes that nobody understands do not stop the stream.
    let config = avc::DecoderConfig::read(&[AVCC, &[1, 2, 3]].concat()).unwrap();
    let mut segment = init_segment();
    segment.video.as_mut().unwrap().config = config;
    assert_eq!(Init::read(&segment.to_bytes().unwrap()).unwrap().video().unwrap().codec, "avc1.64001e");
}

#[test]
fn sound_alone_and_pictures_alone_are_written_too() {
    let sound = InitSegment { video: None, ..init_segment() };
    let init = Init::read(&sound.to_bytes().unwrap()).unwrap();
    assert_eq!(init.mime(), "audio/mp4; codecs=\"mp4a.40.2\"");
    let pictures = InitSegment { audio: None, ..init_segment() };
    let init = Init::read(&pictures.to_bytes().unwrap()).unwrap();
    assert_eq!(init.mime(), "video/mp4; codecs=\"avc1.64001e\"");
}

#[test]
fn tracks_that_no_reader_could_use_are_refused() {
    assert!(InitSegment::default().to_bytes().is_err());
    let mut clash = init_segment();
    clash.audio.as_mut().unwrap().track_id = 1;
    assert!(clash.to_bytes().is_err());
    let mut zero = init_segment();
    zero.video.as_mut().unwrap().timescale = 0;
    assert!(zero.to_bytes().is_err());
    let mut large = init_segment();
    large.video.as_mut().unwrap().dimensions.width = 70_000;
    assert!(large.to_bytes().is_err());
}

#[test]
fn another_crates_reader_agrees_about_the_init_segment() {
    let bytes = init_segment().to_bytes().unwrap();
    let size = bytes.len() as u64;
    let other = mp4::Mp4Reader::read_header(std::io::Cursor::new(&bytes), size).unwrap();
    let video = other.tracks().get(&1).unwrap();
    assert_eq!((video.width(), video.height(), video.timescale()), (640, 360, 90_000));
    assert_eq!(video.sequence_parameter_set().unwrap(), &AVCC[8..34]);
    let audio = other.tracks().get(&2).unwrap();
    assert_eq!(audio.sample_freq_index().unwrap().freq(), 48_000);
}
