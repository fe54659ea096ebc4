//! One low-latency playlist with every tag of its kind: what it says, and that it prints as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::time::Duration;

use playlist::{HintKind, Media, Playlist, ProgramDateTime, parse};

const TEXT: &str = include_str!("support/low_latency.m3u8");

fn media(text: &str) -> Media {
    match parse(text) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_prints_as_it_was() {
    assert_eq!(media(TEXT).to_string(), TEXT);
}

#[test]
fn the_live_edge_is_a_segment_without_a_uri() {
    let media = media(TEXT);
    assert_eq!(media.segments.len(), 4);
    let edge = media.segments.last().unwrap();
    assert_eq!((edge.uri.as_deref(), edge.duration), (None, Duration::from_millis(400)));
    assert_eq!(edge.parts.len(), 2);
    let parts: Vec<_> = edge.parts.iter().map(|part| (part.independent, part.gap)).collect();
    assert_eq!(parts, [(true, false), (false, true)]);
    let hint = media.preload_hints.first().unwrap();
    assert_eq!((hint.kind, hint.start, hint.length), (HintKind::Part, 1500, None));
}

#[test]
fn segments_are_numbered_and_found_by_number() {
    let media = media(TEXT);
    assert_eq!(media.segment_number(3), 1_795_408_149);
    assert_eq!(media.next_number(), 1_795_408_150);
    assert_eq!(media.index_of(1_795_408_147), Some(1));
    assert_eq!(media.index_of(1_795_408_145), None);
    assert_eq!(media.index_of(1_795_408_150), None);
}

#[test]
fn maps_hold_until_the_next_and_discontinuities_are_counted() {
    let media = media(TEXT);
    let maps: Vec<_> =
        media.segments.iter().map(|segment| segment.map.as_ref().unwrap().uri.as_str()).collect();
    assert_eq!(maps, ["init-1.mp4", "init-1.mp4", "init-2.mp4", "init-2.mp4"]);
    let numbers: Vec<_> = (0..4).map(|index| media.discontinuity_number(index)).collect();
    assert_eq!(numbers, [3, 3, 4, 4]);
}

#[test]
fn every_segment_has_its_place_on_the_programme_clock() {
    let media = media(TEXT);
    let start = "2026-11-23T04:29:06.123Z".parse::<ProgramDateTime>().unwrap().millis();
    let second = "2026-11-23T04:29:20.000Z".parse::<ProgramDateTime>().unwrap().millis();
    let times: Vec<_> =
        (0..5).map(|index| media.program_date_time(index).map(ProgramDateTime::millis)).collect();
    assert_eq!(times, [Some(start), Some(start + 2000), Some(second), Some(second + 366), None]);
}

#[test]
fn segments_before_the_first_date_are_placed_by_it_too() {
    let mut media = media(TEXT);
    media.segments.first_mut().unwrap().program_date_time = None;
    let second = "2026-11-23T04:29:20.000Z".parse::<ProgramDateTime>().unwrap().millis();
    assert_eq!(media.program_date_time(0).map(ProgramDateTime::millis), Some(second - 4000));
}

#[test]
fn ranges_without_an_offset_follow_on() {
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n#EXT-X-BYTERANGE:100@50\na\n#EXTINF:4,\n\
                #EXT-X-BYTERANGE:30\na\n#EXTINF:4,\n#EXT-X-BYTERANGE:7\nb\n\
                #EXT-X-PART:DURATION=1,URI=\"c\",BYTERANGE=\"9@3\"\n#EXT-X-PART:DURATION=1,URI=\"c\",BYTERANGE=\"8\"\n";
    let media = media(text);
    let ranges: Vec<_> =
        media.segments.iter().filter_map(|s| s.byte_range).map(|r| (r.offset, r.length)).collect();
    assert_eq!(ranges, [(50, 100), (150, 30), (0, 7)]);
    let part = media.segments.last().unwrap().parts.last().unwrap();
    assert_eq!(part.byte_range.map(|range| (range.offset, range.length)), Some((12, 8)));
}
