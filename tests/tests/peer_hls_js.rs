//! hls.js reads playlists as ours does: the same text through its parser in Node, and through `playlist`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use playlist::{HintKind, Media, Playlist};
use serde_json::{Value, json};
use std::{io::Write, path::Path, process::Command, process::Stdio};

const LOW_LATENCY: &str = include_str!("../../player/playlist/tests/support/low_latency.m3u8");

const VOD: &str = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n\
    #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"800@0\"\n\
    #EXTINF:5.005,first\n#EXT-X-BYTERANGE:1000@800\nall.mp4\n#EXTINF:4.95,\n#EXT-X-BYTERANGE:500\nall.mp4\n\
    #EXT-X-ENDLIST\n";

const BROKEN_UP: &str = "#EXTM3U\r\n#EXT-X-VERSION:8\r\n#EXT-X-TARGETDURATION:4\r\n#EXT-X-MEDIA-SEQUENCE:4294967296\r\n\
    #EXT-X-DISCONTINUITY-SEQUENCE:7\r\n#EXT-X-MAP:URI=\"init-1.mp4\"\r\n\
    #EXT-X-PROGRAM-DATE-TIME:2026-11-23T12:10:40.250+08:00\r\n#EXTINF:4,\r\na.m4s\r\n\
    #EXT-X-DISCONTINUITY\r\n#EXT-X-MAP:URI=\"init-2.mp4\"\r\n\
    #EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:11:00.5Z\r\n#EXTINF:3.5,\r\nb.m4s?x=1\r\n\
    #EXT-X-GAP\r\n#EXTINF:4.000,\r\nc.m4s\r\n#EXT-X-NOBODY-KNOWS:1\r\n#EXTINF:2,\r\nhttps://cdn.example/d.m4s\r\n";

/// Reads each text of a JSON array on its standard input, and says what hls.js makes of it.
const SCRIPT: &str = r"
globalThis.self = globalThis.window = globalThis;
const { M3U8Parser } = await import(process.argv[1]);
let input = '';
for await (const chunk of process.stdin) input += chunk;
const facts = JSON.parse(input).map((text) => {
  const list = M3U8Parser.parseLevelPlaylist(text, 'https://x.example/live/', 0, 'main', 0, null);
  if (list.playlistParsingError) throw list.playlistParsingError;
  const range = (it) => it.byteRange?.length ? [it.byteRangeStartOffset, it.byteRangeEndOffset] : null;
  const micros = (seconds) => seconds === undefined ? null : Math.round(seconds * 1e6);
  return {
    target: list.targetduration, live: list.live, part_target: micros(list.partTarget || undefined),
    part_hold_back: micros(list.partHoldBack || undefined), blocks: list.canBlockReload,
    segments: list.fragments.map((it) => ({ number: it.sn, uri: it.relurl, micros: micros(it.duration), turn: it.cc,
      map: it.initSegment?.relurl ?? null, gap: it.gap ?? false, range: range(it),
      date: it.rawProgramDateTime ? it.programDateTime : null })),
    parts: (list.partList ?? []).map((it) => ({ uri: it.relurl, micros: micros(it.duration),
      independent: it.independent, segment: it.fragment.sn })),
    hint: list.preloadHint?.URI ?? null,
  };
});
process.stdout.write(JSON.stringify(facts));
";

fn micros(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap()
}

/// The same facts from our reader.
fn facts(media: &Media) -> Value {
    let numbered = || media.segments.iter().enumerate().map(|(at, it)| (at, media.segment_number(at), it));
    let range = |range: &playlist::ByteRange| json!([range.offset, range.offset + range.length]);
    let segments: Vec<Value> = numbered()
        .filter(|(_, _, it)| it.uri.is_some())
        .map(|(at, number, it)| {
            json!({ "number": number, "uri": it.uri, "micros": micros(it.duration),
                "turn": media.discontinuity_number(at), "map": it.map.as_ref().map(|map| &map.uri), "gap": it.gap,
                "range": it.byte_range.as_ref().map(range),
                "date": it.program_date_time.map(playlist::ProgramDateTime::millis) })
        })
        .collect();
    let parts: Vec<Value> = numbered()
        .flat_map(|(_, number, it)| it.parts.iter().map(move |part| (number, part)))
        .map(|(number, it)| {
            json!({ "uri": it.uri, "micros": micros(it.duration), "independent": it.independent, "segment": number })
        })
        .collect();
    let control = media.server_control.as_ref();
    json!({
        "target": media.target_duration.as_secs(), "live": !media.end_list, "part_target": media.part_target.map(micros),
        "part_hold_back": control.and_then(|it| it.part_hold_back).map(micros),
        "blocks": control.is_some_and(|it| it.can_block_reload),
        "segments": segments, "parts": parts,
        "hint": media.preload_hints.iter().find(|it| it.kind == HintKind::Part).map(|it| &it.uri),
    })
}

#[test]
fn hls_js_finds_the_same_segments_parts_dates_and_hints() {
    let folder = std::env::var("LIVESTALL_HLS_JS")
        .expect("LIVESTALL_HLS_JS names the folder of hls.js's builds: `cargo xtask test` sets it");
    let texts = [LOW_LATENCY, VOD, BROKEN_UP];
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", SCRIPT])
        .arg(Path::new(&folder).join("hls.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    node.stdin.take().unwrap().write_all(json!(texts).to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "hls.js could not read them");
    let theirs: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs.len(), texts.len());
    for (text, theirs) in texts.iter().zip(theirs) {
        let Playlist::Media(media) = playlist::parse(text).unwrap() else {
            panic!("not a media playlist: {text}")
        };
        assert_eq!(facts(&media), theirs, "{text}");
    }
}
