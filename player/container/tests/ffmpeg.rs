//! ffmpeg's file taken apart, written anew by this crate, and read by ffprobe: the same packets must come out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::io::Write;
use std::process::{Command, Stdio};

use container::write::{AudioTrack, Fragment, InitSegment, Sample, TrackFragment, VideoTrack};
use container::{aac, avc};
use mp4_atom::{Any, Codec, Decode, Moof, Moov};

const FILE: &[u8] = include_bytes!("fixtures/fragmented.mp4");

#[test]
fn ffprobe_reads_the_same_packets_from_what_we_write() {
    let ours = rewrite();
    let packets = [
        "-show_entries",
        "packet=stream_index,pts,dts,duration,size,flags,data_hash",
        "-show_data_hash",
        "md5",
    ];
    let (expected, problems) = run("ffprobe", &packets, FILE);
    assert_eq!(problems, "");
    assert_eq!(expected.lines().count(), 138);
    let (found, problems) = run("ffprobe", &packets, &ours);
    assert_eq!(problems, "");
    assert_eq!(found, expected);
}

#[test]
fn ffmpeg_decodes_what_we_write_without_a_complaint() {
    let (frames, problems) = run("ffmpeg", &["-f", "framemd5", "-"], &rewrite());
    assert_eq!(problems, "");
    assert_eq!(frames, run("ffmpeg", &["-f", "framemd5", "-"], FILE).0);
}

/// Runs a tool on a file that it gets through a pipe; what it says, and what it complains about.
fn run(tool: &str, arguments: &[&str], file: &[u8]) -> (String, String) {
    let mut command = Command::new(tool);
    command.args(["-v", "warning", "-of", "csv"].iter().take(if tool == "ffprobe" { 4 } else { 2 }));
    let child = command.args(["-i", "pipe:0"]).args(arguments);
    let child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{tool}: {error}; `cargo xtask setup` gets it"));
    let (mut input, file) = (child.stdin.take().unwrap(), file.to_owned());
    let writer = std::thread::spawn(move || input.write_all(&file));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

/// The fixture through our writer: the same samples, fragment by fragment.
fn rewrite() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reader = FILE;
    let mut moov = None;
    while !reader.is_empty() {
        let start = FILE.len() - reader.len();
        match Any::decode(&mut reader).unwrap() {
            Any::Moov(found) => {
                bytes.extend_from_slice(&init(&found).to_bytes().unwrap());
                moov = Some(found);
            }
            Any::Moof(moof) => {
                let file = FILE.get(start..).unwrap();
                bytes.extend_from_slice(&fragment(&moof, moov.as_ref().unwrap(), file).to_bytes().unwrap());
            }
            _ => {}
        }
    }
    bytes
}

fn init(moov: &Moov) -> InitSegment {
    let mut init = InitSegment::default();
    for trak in &moov.trak {
        let (track_id, timescale) = (trak.tkhd.track_id, trak.mdia.mdhd.timescale);
        match trak.mdia.minf.stbl.stsd.codecs.first().unwrap() {
            Codec::Avc1(entry) => {
                let mut record = Vec::new();
                mp4_atom::Encode::encode(&entry.avcc, &mut record).unwrap();
                let config = avc::DecoderConfig::read(&record[8..]).unwrap();
                let dimensions = config.dimensions().unwrap();
                init.video = Some(VideoTrack { track_id, timescale, config, dimensions });
            }
            Codec::Mp4a(entry) => {
                let raw = &entry.esds.es_desc.dec_config.dec_specific.as_ref().unwrap().raw;
                let config = aac::AudioConfig::read(raw).unwrap();
                init.audio = Some(AudioTrack { track_id, timescale, config });
            }
            other => panic!("{other:?}"),
        }
    }
    init
}

/// A fragment's samples, from headers that mp4-atom read.
fn fragment(moof: &Moof, moov: &Moov, file: &[u8]) -> Fragment {
    let tracks = moof.traf.iter().map(|traf| {
        let trex =
            moov.mvex.as_ref().unwrap().trex.iter().find(|trex| trex.track_id == traf.tfhd.track_id).unwrap();
        let run = traf.trun.first().unwrap();
        let mut at = run.data_offset.unwrap() as usize;
        let samples = run.samples.iter().map(|entry| {
            let size = entry.size.or(traf.tfhd.default_sample_size).unwrap() as usize;
            let flags = entry.flags.or(traf.tfhd.default_sample_flags).unwrap_or(trex.default_sample_flags);
            let data = file.get(at..at + size).unwrap().to_vec();
            at += size;
            Sample {
                duration: entry.duration.or(traf.tfhd.default_sample_duration).unwrap(),
                composition_offset: entry.cts.unwrap_or(0) as i32,
                sync: flags & 0x1_0000 == 0,
                data: data.into(),
            }
        });
        let base_decode_time = traf.tfdt.as_ref().unwrap().base_media_decode_time;
        TrackFragment { track_id: traf.tfhd.track_id, base_decode_time, samples: samples.collect() }
    });
    Fragment { sequence: moof.mfhd.sequence_number, tracks: tracks.collect() }
}
