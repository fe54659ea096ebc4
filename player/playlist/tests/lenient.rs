//! What players forgive, and what they cannot.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use playlist::{Error, KeyMethod, Media, Playlist, Problem, Variables, parse, parse_with};

fn media(text: &str) -> Media {
    match parse(text) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}"),
    }
}

const PLAIN: &str = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n";

#[test]
fn line_ends_marks_comments_and_unknown_tags_do_not_matter() {
    let expected = media(PLAIN);
    let variants = [
        PLAIN.replace('\n', "\r\n"),
        format!("\u{feff}{PLAIN}"),
        PLAIN.trim_end().to_owned(),
        PLAIN.replace('\n', "\n\n# comment\n#EXT-X-NOBODY-KNOWS:A=1\n#EXTERNAL\n"),
        PLAIN.replace('\n', "  \n"),
        PLAIN.replace("#EXTINF:4,", "#EXTINF:4"),
        PLAIN.replace("a.ts", "a.ts\nno-duration-no-segment.ts"),
        PLAIN.replace("#EXT-X-ENDLIST", "#EXT-X-ENDLIST\n#EXT-X-PLAYLIST-TYPE:NOBODY-KNOWS"),
        PLAIN.replace("#EXTINF", "#EXT-X-PROGRAM-DATE-TIME:yesterday\n#EXTINF"),
        PLAIN.replace("#EXTINF", "#EXT-X-DATERANGE:START-DATE=\"2026-11-23T04:00:00Z\"\n#EXTINF"),
        PLAIN.replace("#EXTINF", "#EXT-X-PRELOAD-HINT:TYPE=LATER,URI=\"x\"\n#EXTINF"),
    ];
    for text in variants {
        assert_eq!(media(&text), expected, "{text}");
    }
}

#[test]
fn any_version_will_do() {
    assert_eq!(media(&PLAIN.replace("#EXTINF", "#EXT-X-VERSION:99\n#EXTINF")).version, 99);
}

#[test]
fn a_target_duration_of_nothing_counts_as_a_second() {
    let playlist = media(&PLAIN.replace("DURATION:4", "DURATION:0"));
    assert_eq!(playlist.target_duration.as_secs(), 1);
}

#[test]
fn keys_of_unknown_methods_are_kept_under_their_names() {
    let text =
        PLAIN.replace("#EXTINF", "#EXT-X-KEY:METHOD=NEW-THING,URI=\"skd://x\",KEYFORMAT=\"com.x\"\n#EXTINF");
    let playlist = media(&text);
    let key = playlist.segments.first().unwrap().keys.first().unwrap().clone();
    assert_eq!(key.method, KeyMethod::Other("NEW-THING".to_owned()));
}

#[test]
fn what_playback_needs_is_an_error_with_line_and_tag() {
    let cases = [
        ("", "line 1: EXTM3U: not a playlist: expected #EXTM3U first"),
        ("<html>", "line 1: EXTM3U: not a playlist: expected #EXTM3U first"),
        ("#EXTM3U\n#EXTINF:4,\na.ts\n", "line 3: EXT-X-TARGETDURATION: tag is missing"),
        (
            "#EXTM3U\n#EXT-X-TARGETDURATION:long",
            "line 2: EXT-X-TARGETDURATION: duration: expected seconds, found `long`",
        ),
        ("#EXTM3U\n\n#EXTINF:-1,\na.ts\n", "line 3: EXTINF: duration: expected seconds, found `-1`"),
        ("#EXTM3U\n#EXTINF:inf,\na.ts\n", "line 2: EXTINF: duration: expected seconds, found `inf`"),
        ("#EXTM3U\n#EXT-X-PART:DURATION=1\n", "line 2: EXT-X-PART: attribute URI is missing"),
        ("#EXTM3U\n#EXT-X-MAP:URI=\"\"\n", "line 2: EXT-X-MAP: attribute URI is missing"),
        (
            "#EXTM3U\n#EXT-X-MAP:URI=\"a\",BYTERANGE=\"1@18446744073709551615\"\n",
            "line 2: EXT-X-MAP: BYTERANGE: expected a range that ends, found `1@18446744073709551615`",
        ),
        (
            "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x12\n",
            "line 2: EXT-X-KEY: IV: expected 0x and 32 hexadecimal digits, found `0x12`",
        ),
        (
            "#EXTM3U\n#EXT-X-SKIP:SKIPPED-SEGMENTS=4294967296\n",
            "line 2: EXT-X-SKIP: more than 100000 skipped segments",
        ),
        (
            "#EXTM3U\n#EXTINF:1,\na\n#EXT-X-STREAM-INF:BANDWIDTH=1\nb\n",
            "line 1: EXTM3U: tags of a media playlist and of a multivariant playlist in one text",
        ),
        (
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{$a}.ts\n",
            "line 4: URI: variable `a` is not defined",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(parse(text).unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn more_than_the_limits_is_refused() {
    let limit = |text: &str| match parse(text) {
        Err(Error { problem: Problem::TooMany { what, .. }, .. }) => what,
        other => panic!("{other:?}"),
    };
    let head = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n";
    assert_eq!(limit(&format!("{head}{}", "#EXTINF:1,\na\n".repeat(100_001))), "segments");
    assert_eq!(
        limit(&format!("{head}{}", "#EXT-X-PART:DURATION=1,URI=\"a\"\n".repeat(2_001))),
        "parts in a segment"
    );
    assert_eq!(limit(&format!("{head}#EXTINF:1,\n{}\n", "a".repeat(65_537))), "bytes in a line");
    assert_eq!(limit(&format!("{head}#EXTINF:1,{}é\n", "é".repeat(40_000))), "bytes in a line");
    assert_eq!(limit(&format!("{head}{}", " ".repeat(16 << 20))), "bytes of text");
    let report = "#EXT-X-RENDITION-REPORT:URI=\"a\"\n";
    assert_eq!(limit(&format!("{head}{}", report.repeat(2_001))), "rendition reports");
    let keys = (0..9).map(|n| format!("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",KEYFORMAT=\"{n}\"\n"));
    assert_eq!(limit(&format!("{head}{}", keys.collect::<String>())), "key formats");
}

#[test]
fn variables_from_outside_reach_uris_and_attributes() {
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-DEFINE:QUERYPARAM=\"token\"\n\
                #EXT-X-MAP:URI=\"init.mp4?t={$token}\"\n#EXTINF:4,\na.m4s?t={$token}\n";
    let outer = Variables { query: vec![("token".to_owned(), "s3".to_owned())], ..Variables::default() };
    let Ok(Playlist::Media(media)) = parse_with(text, &outer) else { panic!() };
    let segment = media.segments.first().unwrap();
    assert_eq!(segment.uri.as_deref(), Some("a.m4s?t=s3"));
    assert_eq!(segment.map.as_ref().unwrap().uri, "init.mp4?t=s3");
}

#[test]
fn a_uri_stays_a_uri_whatever_is_in_it() {
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-DEFINE:NAME=\"a\",VALUE=\" #EXT-X-ENDLIST\"\n\
                #EXTINF:4,\n\"#EXT-X-ENDLIST\n#EXTINF:4,\n{$a}\n";
    let read = media(text);
    let uris: Vec<_> = read.segments.iter().filter_map(|segment| segment.uri.as_deref()).collect();
    assert_eq!(uris, ["\"#EXT-X-ENDLIST", "#EXT-X-ENDLIST"]);
    let again = media(&read.to_string());
    let uris: Vec<_> = again.segments.iter().filter_map(|segment| segment.uri.as_deref()).collect();
    assert_eq!(uris, ["\"#EXT-X-ENDLIST", "%23EXT-X-ENDLIST"]);
    assert!(!read.end_list && !again.end_list);
}
