//! Playlists and fragments out of a small grammar: well formed nearly always, and in no way what the engine expects.

use container::write::{AudioTrack, Fragment, InitSegment, Sample, TrackFragment, VideoTrack};
use container::{aac, avc};
use std::fmt::Write;

use crate::tape::Tape;

/// A body for an address; `other` makes it of a kind that was not asked for.
pub fn body(name: &str, other: bool, tape: &mut Tape<'_>) -> Vec<u8> {
    let kinds = ["m3u8", "mp4", "m4s", "vtt"];
    let own = kinds.iter().position(|kind| name.ends_with(kind)).unwrap_or(2);
    match kinds[(own + usize::from(other) * (1 + tape.below(2))) % kinds.len()] {
        "m3u8" if tape.below(6) == 5 => multivariant(tape).into_bytes(),
        "m3u8" => media(tape).into_bytes(),
        "mp4" => init(tape),
        "vtt" => subtitles(tape).into_bytes(),
        _ => fragments(tape),
    }
}

/// Seconds as a playlist may write them.
fn seconds(tape: &mut Tape<'_>) -> &'static str {
    ["2", "0.2", "1.001", "0", "4.5", "0.000001", "86400", "1e9", "99999999999999999999"][tape.below(9)]
}

fn multivariant(tape: &mut Tape<'_>) -> String {
    let mut text = "#EXTM3U\n".to_owned();
    if tape.chance() {
        text += "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"x\",DEFAULT=YES,URI=\"sound/media.m3u8\"\n";
    }
    if tape.chance() {
        text += "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"x\",URI=\"text/media.m3u8\"\n";
    }
    for at in 0..tape.below(5) {
        let audio = if tape.chance() { ",AUDIO=\"a\"" } else { "" };
        let codecs = if tape.chance() { ",CODECS=\"avc1.64001e,mp4a.40.2\"" } else { "" };
        let _ = writeln!(
            text,
            "#EXT-X-STREAM-INF:BANDWIDTH={}{audio}{codecs},SUBTITLES=\"t\"\n{at}/media.m3u8",
            tape.long() >> tape.below(64)
        );
    }
    text
}

fn subtitles(tape: &mut Tape<'_>) -> String {
    let mut text = format!("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:{}\n", tape.long() >> tape.below(64));
    for _ in 0..tape.below(5) {
        let (minute, seconds) = (tape.below(60), tape.below(60));
        let _ = writeln!(text, "\n{minute}:{seconds}.500 --> 99:{seconds}.900\nx");
    }
    text
}

fn media(tape: &mut Tape<'_>) -> String {
    let first = match tape.below(4) {
        0 => 1_030,
        1 => u64::from(tape.byte()),
        2 => 1_000 + u64::from(tape.byte()),
        _ => tape.long(),
    };
    let mut text =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:{first}\n", tape.below(9));
    let traits = tape.byte();
    if traits & 1 != 0 {
        text += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12,PART-HOLD-BACK=0.6\n";
    }
    if traits & 2 != 0 {
        let _ = writeln!(text, "#EXT-X-PART-INF:PART-TARGET={}", seconds(tape));
    }
    if traits & 4 != 0 {
        let _ = writeln!(text, "#EXT-X-SKIP:SKIPPED-SEGMENTS={}", tape.byte());
    }
    if traits & 8 != 0 {
        let _ = writeln!(text, "#EXT-X-DISCONTINUITY-SEQUENCE:{}", tape.long() >> tape.below(64));
    }
    if traits & 16 != 0 {
        let _ = writeln!(
            text,
            "#EXT-X-START:TIME-OFFSET={}{}",
            if tape.chance() { "-" } else { "" },
            seconds(tape)
        );
    }
    if traits & 128 == 0 {
        text += "#EXT-X-MAP:URI=\"init-0.mp4\"\n";
    }
    for number in 0..tape.below(12) {
        segment(&mut text, number, tape);
    }
    if traits & 32 != 0 {
        let _ = writeln!(text, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p{}.m4s\"", tape.below(3));
    }
    if traits & 64 != 0 {
        text += "#EXT-X-ENDLIST\n";
    }
    text
}

fn segment(text: &mut String, number: usize, tape: &mut Tape<'_>) {
    let traits = tape.byte();
    if traits & 1 != 0 {
        *text += "#EXT-X-DISCONTINUITY\n";
    }
    if traits & 2 != 0 {
        let _ = writeln!(text, "#EXT-X-MAP:URI=\"init-{}.mp4\"", tape.below(40));
    }
    if traits & 4 != 0 {
        let date = playlist::ProgramDateTime::from_millis((tape.long() >> tape.below(64)) as i64);
        let _ = writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{date}");
    }
    if traits & 8 != 0 {
        for part in 0..tape.below(6) {
            let rest = ["", ",INDEPENDENT=YES", ",GAP=YES", ",BYTERANGE=\"9@3\""][tape.below(4)];
            let _ =
                writeln!(text, "#EXT-X-PART:DURATION={},URI=\"p{number}-{part}.m4s\"{rest}", seconds(tape));
        }
    }
    if traits & 16 != 0 {
        *text += [
            "#EXT-X-GAP\n",
            "#EXT-X-BYTERANGE:9@3\n",
            "#EXT-X-BYTERANGE:18446744073709551615@1\n",
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n",
        ][tape.below(4)];
    }
    if traits & 32 != 0 {
        let _ = writeln!(
            text,
            "#EXT-X-DATERANGE:ID=\"{}\",START-DATE=\"2026-11-18T09:{:02}:00Z\",DURATION={}",
            tape.below(4),
            tape.below(60),
            seconds(tape)
        );
    }
    if traits & 64 == 0 {
        let _ = writeln!(text, "#EXTINF:{},\ns{number}.m4s", seconds(tape));
    }
}

/// x264, High 3.0, 640x360.
const AVCC: &[u8] = b"\x01\x64\x00\x1e\xff\xe1\x00\x1a\x67\x64\x00\x1e\xac\xd9\x40\xa0\x2f\xf9\x70\x11\x00\x00\x03\x00\x01\x00\x00\
\x03\x00\x32\x0f\x16\x2d\x96\x01\x00\x06\x68\xeb\xe3\xcb\x22\xc0\xfd\xf8\xf8\x00";

fn init(tape: &mut Tape<'_>) -> Vec<u8> {
    let config = avc::DecoderConfig::read(AVCC).expect("x264 wrote it");
    let dimensions = config.dimensions().expect("x264 wrote it");
    let audio = aac::AudioConfig::read(&[0x11, 0x90]).expect("two bytes are enough");
    let scale = [90_000, 1, u32::MAX][tape.below(3)];
    let tracks = tape.below(3);
    let init = InitSegment {
        video: (tracks != 1).then_some(VideoTrack { track_id: 1, timescale: scale, config, dimensions }),
        audio: (tracks != 2).then_some(AudioTrack { track_id: 2, timescale: 48_000, config: audio }),
    };
    init.to_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default()
}

fn fragments(tape: &mut Tape<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..=tape.below(3) {
        let time = if tape.below(8) == 7 { tape.long() } else { u64::from(tape.word()) * 9_000 };
        let track = |track_id, tape: &mut Tape<'_>| {
            let sample = |tape: &mut Tape<'_>| Sample {
                duration: u32::from(tape.word()) << tape.below(17),
                composition_offset: i32::from(tape.word() as i16),
                sync: !tape.chance(),
                data: vec![0; 9].into(),
            };
            let samples = (0..tape.below(4)).map(|_| sample(tape)).collect();
            TrackFragment { track_id, base_decode_time: time, samples }
        };
        let tracks = vec![track(1, tape), track(2, tape)];
        let fragment = Fragment { sequence: 1, tracks };
        bytes.extend(fragment.to_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default());
    }
    bytes
}
